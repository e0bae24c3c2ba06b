import { describe, expect, it } from "vitest";
import { readFaceMessage, readPersonMessage, toSubLabel } from "../../../src/sources/frigate/messages.ts";

const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

/** As the documentation of Frigate 0.17 shows it. */
const after = {
  id: "1607123955.475377-mxklsc",
  camera: "front_door",
  frame_time: 1607123962.082975,
  snapshot: {
    frame_time: 1607123961.837752,
    box: [432, 496, 544, 854],
    area: 40096,
    region: [218, 440, 693, 915],
    score: 0.87890625,
    attributes: [],
  },
  label: "person",
  sub_label: ["John Smith", 0.79],
  top_score: 0.958984375,
  false_positive: false,
  start_time: 1607123955.475377,
  end_time: null,
  score: 0.87890625,
  box: [432, 496, 544, 854],
  area: 40096,
  current_zones: ["yard", "driveway"],
  entered_zones: ["street", "yard", "driveway"],
  has_snapshot: true,
  has_clip: false,
  active: true,
  stationary: false,
};

const message = (changes: object = {}, type = "update") =>
  bytes({ type, before: after, after: { ...after, ...changes } });

describe("a message on events", () => {
  it("is read in Frigate's words of 0.15 to 0.18", () => {
    expect(readPersonMessage(message())).toEqual({
      type: "update",
      id: "1607123955.475377-mxklsc",
      camera: "front_door",
      seenAt: new Date(1607123962082.975),
      isStationary: false,
      zones: ["yard", "driveway"],
      subLabel: "John Smith",
      box: [432, 496, 544, 854],
      hasSnapshot: true,
      best: { takenAt: new Date(1607123961837.752), box: [432, 496, 544, 854], area: 40096, score: 0.87890625 },
    });
  });

  it("has the older time of the best picture, if it has no more of it", () => {
    const read = readPersonMessage(message({ snapshot: undefined, snapshot_time: 1607123961.5 }));
    expect(read?.best).toEqual({ takenAt: new Date(1607123961500), box: null, area: 0, score: 0 });
    expect(readPersonMessage(message({ snapshot: null }))?.best).toBeNull();
  });

  it("has the zones that someone was in, once they have left them all", () => {
    expect(readPersonMessage(message({ current_zones: [] }, "end"))?.zones).toEqual(["street", "yard", "driveway"]);
  });

  it.each([
    ["another object", message({ label: "car" })],
    ["a false positive", message({ false_positive: true })],
    ["no id", message({ id: undefined })],
    ["an id of 10,000 characters", message({ id: "x".repeat(10_000) })],
    ["a camera that is a number", message({ camera: 7 })],
    ["a time that is none", message({ frame_time: "now" })],
    ["a time out of all calendars", message({ frame_time: 1e300 })],
    ["another type", message({}, "gone")],
    ["no after", bytes({ type: "new", before: after })],
    ["an after that is a list", bytes({ type: "new", after: [after] })],
    ["a list", bytes([1])],
    ["null", bytes("null")],
    ["no JSON", bytes("{type:new}")],
    ["no UTF-8", Uint8Array.of(0xff, 0xfe, 0x7b)],
    ["nothing", bytes("")],
  ])("is of no interest with %s", (_, payload) => {
    expect(readPersonMessage(payload)).toBeNull();
  });

  it("is read without what is broken in it", () => {
    const broken = {
      box: [5, 5, 5, 9],
      current_zones: ["yard", 7, "\u0000"],
      sub_label: 5,
      snapshot: { frame_time: -1 },
    };
    expect(readPersonMessage(message(broken))).toMatchObject({
      box: null,
      zones: ["yard"],
      subLabel: null,
      best: null,
    });
  });
});

describe("a sub-label", () => {
  it("is a name, alone or with its score", () => {
    expect(toSubLabel("Anna")).toBe("Anna");
    expect(toSubLabel(["Anna", 0.8])).toBe("Anna");
    expect([toSubLabel(null), toSubLabel(""), toSubLabel([]), toSubLabel({})]).toEqual([null, null, null, null]);
  });
});

describe("a message on tracked_object_update", () => {
  const face = {
    type: "face",
    id: "1607123955.475377-mxklsc",
    name: null,
    score: 0,
    camera: "front_door",
    timestamp: 1607123958.748393,
  };

  it("is read when it is about a face, named or not", () => {
    expect(readFaceMessage(bytes(face))).toEqual({
      id: "1607123955.475377-mxklsc",
      camera: "front_door",
      seenAt: new Date(1607123958748.393),
    });
    expect(readFaceMessage(bytes({ ...face, name: "John", score: 0.95 }))).not.toBeNull();
  });

  it.each([
    ["a description", { ...face, type: "description", description: "a man" }],
    ["a plate", { ...face, type: "lpr", plate: "123ABC" }],
    ["no time", { ...face, timestamp: undefined }],
    ["garbage", "garbage"],
  ])("is of no interest with %s", (_, value) => {
    expect(readFaceMessage(bytes(value))).toBeNull();
  });
});
