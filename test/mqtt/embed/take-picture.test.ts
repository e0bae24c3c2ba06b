import type { IPublishPacket } from "mqtt";
import { describe, expect, it } from "vitest";
import { takePicture } from "../../../src/mqtt/embed/take-picture.ts";
import { makePicture } from "../../make/picture.ts";

const receivedAt = new Date("2026-02-18T10:00:00.000Z");
const rules = { topics: { toPicture: () => ({ topicCamera: "door" }) }, maxPictureBytes: 1_000_000, maxAgeMs: 60_000 };

function take(timestamp: string | undefined) {
  const packet: IPublishPacket = {
    cmd: "publish",
    topic: "faces2mqtt/snapshot/door",
    payload: makePicture(),
    qos: 1,
    dup: false,
    retain: false,
    properties: timestamp === undefined ? {} : { userProperties: { timestamp } },
  };
  return takePicture(packet, receivedAt, 120_000, rules);
}

describe("the user property timestamp of a picture", () => {
  it.each(["2026-02-18T09:58:30.500Z", "1771408710.5"])("%s is when it was taken", (timestamp) => {
    expect(take(timestamp)).toMatchObject({ capturedAt: new Date("2026-02-18T09:58:30.500Z"), history: false });
  });

  it("may be missing: then a picture that may be old is of the past", () => {
    expect(take(undefined)).toMatchObject({ capturedAt: receivedAt, history: true });
  });

  it("in the future says as little: a camera's clock ahead must not make an old picture one of now", () => {
    expect(take("2026-02-18T11:00:00Z")).toMatchObject({ capturedAt: receivedAt, history: true });
  });

  it("is rejected if it is no time", () => {
    expect(() => take("tomorrow")).toThrow('"timestamp" must be ISO 8601');
  });
});
