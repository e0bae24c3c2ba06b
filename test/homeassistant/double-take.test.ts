import { describe, expect, it } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import type { Candidate, RecognitionEvent } from "../../src/domain/recognition.ts";
import { publishDoubleTake, toDoubleTake } from "../../src/homeassistant/double-take.ts";
import type { OutMessage } from "../../src/mqtt/link/port.ts";
import { makeRecognition } from "../make/recognition.ts";

const anna: Candidate = { person: "Anna Maria", personId: "anna_maria", score: 0.6812, distance: 0.3188 };

function makeEvent(overrides: Partial<RecognitionEvent> = {}): RecognitionEvent {
  return makeRecognition({
    faceId: 123,
    who: anna,
    timestamp: new Date("2026-02-18T10:00:00.123Z"),
    box: { x: 412, y: 96, width: 118, height: 141 },
    sourceEventId: "1771408800.12-ab",
    candidates: [anna],
    ...overrides,
  });
}

const stranger: Partial<RecognitionEvent> = { type: "unknown", who: null };

describe("Double Take's topics", () => {
  it("publish a match with its confidence from 0 to 100 and the box by its corner", () => {
    expect(toDoubleTake(makeEvent())[0]).toEqual({
      topic: "double-take/matches/anna-maria",
      body: {
        id: "1771408800.12-ab",
        duration: 0,
        timestamp: "2026-02-18T10:00:00.123Z",
        attempts: 1,
        camera: "front_door",
        zones: [],
        match: {
          name: "anna maria",
          confidence: 68.12,
          match: true,
          box: { top: 96, left: 412, width: 118, height: 141 },
          type: "mqtt",
          duration: 0,
          detector: "faces2mqtt",
          filename: "123.jpg",
          base64: null,
        },
      },
    });
  });

  it.each<[string, Partial<RecognitionEvent>, string[], object]>([
    ["a match", {}, ["double-take/matches/anna-maria"], { person: 1, match: 1, miss: 0, unknown: 0 }],
    ["a stranger", stranger, ["double-take/matches/unknown"], { person: 1, match: 0, miss: 0, unknown: 1 }],
    ["one of two", { type: "ambiguous", who: null }, [], { person: 1, match: 0, miss: 1, unknown: 0 }],
  ])("count %s at its camera", (_what, overrides, matches, counts) => {
    const messages = toDoubleTake(makeEvent(overrides));
    expect(messages.map(({ topic }) => topic)).toEqual([...matches, "double-take/cameras/front_door"]);
    expect(messages.at(-1)?.body).toMatchObject({ personCount: 1, counts });
  });

  it("hold ids, so that no name gets into a topic and no two people share one", () => {
    const topicOf = (overrides: Partial<RecognitionEvent>) =>
      toDoubleTake(makeEvent(overrides)).map(({ topic }) => topic);
    const unknown = { ...anna, person: "Unknown", personId: "unknown" };
    expect(topicOf({ who: unknown })[0]).not.toBe(topicOf(stranger)[0]);
    expect(topicOf({ camera: "a/b #", cameraId: "a_b" }).at(-1)).toBe("double-take/cameras/a-b");
  });

  it("get nothing of faces that were late, and nothing after the end", () => {
    const published: OutMessage[] = [];
    const bus = createBus((error) => {
      throw error;
    });
    const stop = publishDoubleTake({ link: { publish: (message) => void published.push(message) }, bus });
    bus.emit("recognition", { event: makeEvent({ delayed: true }) });
    expect(published).toEqual([]);
    bus.emit("recognition", { event: makeEvent() });
    expect(published).toHaveLength(2);
    stop();
    bus.emit("recognition", { event: makeEvent() });
    expect(published).toHaveLength(2);
  });
});
