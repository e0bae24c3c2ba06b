import { describe, expect, it } from "vitest";
import { createSseReader, type SentEvent } from "../../../ui/src/api/sse.ts";

function read(...pieces: string[]): SentEvent[] {
  const events: SentEvent[] = [];
  const feed = createSseReader((event) => events.push(event));
  for (const piece of pieces) feed(piece);
  return events;
}

describe("server-sent events", () => {
  it("are read whole however they are torn apart", () => {
    const text = 'event: face\ndata: {"face_id":7}\n\n: still here\n\nevent: stats\ndata: {}\n\n';
    const whole = read(text);
    expect(whole).toEqual([
      { name: "face", data: '{"face_id":7}' },
      { name: "stats", data: "{}" },
    ]);
    expect(read(...text)).toEqual(whole);
  });

  it("may end lines with CR LF, also torn in two", () => {
    expect(read("event: a\r", "\ndata: 1\r\n", "\r\n")).toEqual([{ name: "a", data: "1" }]);
  });

  it("join several lines of data", () => {
    expect(read("data: one\ndata: two\n\n")).toEqual([{ name: "message", data: "one\ntwo" }]);
  });

  it("without data are none, and one that is not finished is not handed over", () => {
    expect(read("event: a\n\n", "data: half")).toEqual([]);
  });
});
