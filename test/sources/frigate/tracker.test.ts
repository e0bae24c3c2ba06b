import { describe, expect, it } from "vitest";
import type { PersonMessage } from "../../../src/sources/frigate/messages.ts";
import { createTracker } from "../../../src/sources/frigate/tracker.ts";
import { type HeldClock, makeClock } from "../../make/clock.ts";

function makePerson(clock: HeldClock, overrides: Partial<PersonMessage> = {}): PersonMessage {
  const best = { takenAt: clock.now(), box: null, area: 10_000, score: 0.7 };
  return {
    type: "update",
    id: "1.5-abc",
    camera: "front",
    seenAt: clock.now(),
    isStationary: false,
    zones: [],
    subLabel: null,
    box: [0, 0, 10, 10],
    hasSnapshot: true,
    best,
    ...overrides,
  };
}

const grown = (clock: HeldClock, area: number, score = 0.7) =>
  makePerson(clock, { best: { takenAt: clock.now(), box: null, area, score } });

describe("pictures of someone whom Frigate tracks", () => {
  it("are wanted when they appear, when Frigate has a clearly better one, and at the end", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    expect(tracker.onPerson(makePerson(clock, { type: "new" }))).toMatchObject({ reason: "new", isLive: true });
    clock.advance(3_000);
    expect(tracker.onPerson(grown(clock, 11_000))).toBeNull();
    expect(tracker.onPerson(grown(clock, 20_000))).toMatchObject({ reason: "better", isLive: true });
    clock.advance(3_000);
    expect(tracker.onPerson(grown(clock, 20_000, 0.9))).toMatchObject({ reason: "better" });
    expect(tracker.onPerson(makePerson(clock, { type: "end" }))).toMatchObject({ reason: "end", isLive: false });
  });

  it("are wanted when Frigate sees a face, sooner than otherwise", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    const face = { id: "1.5-abc", camera: "front" };
    expect(tracker.onFace({ ...face, seenAt: clock.now() })).toBeNull();
    tracker.onPerson(makePerson(clock, { type: "new" }));
    expect(tracker.onFace({ ...face, seenAt: clock.now() })).toBeNull();
    clock.advance(1_000);
    expect(tracker.onPerson(grown(clock, 20_000))).toBeNull();
    expect(tracker.onFace({ ...face, seenAt: clock.now() })).toMatchObject({ reason: "face", isLive: true });
  });

  it("are few, however long someone is about", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    let wanted = 0;
    for (let second = 0; second < 600; second++) {
      if (tracker.onPerson(grown(clock, 10_000 * 1.3 ** second))) wanted += 1;
      if (tracker.onFace({ id: "1.5-abc", camera: "front", seenAt: clock.now() })) wanted += 1;
      clock.advance(1_000);
    }
    expect(wanted).toBe(6);
    expect(tracker.onPerson(makePerson(clock, { type: "end" }))).toMatchObject({ reason: "end" });
  });

  it("are not wanted of what stands still, until it moves", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    expect(tracker.onPerson(makePerson(clock, { isStationary: true }))).toBeNull();
    expect(tracker.onFace({ id: "1.5-abc", camera: "front", seenAt: clock.now() })).toBeNull();
    expect(tracker.present("front")).toHaveLength(1);
    expect(tracker.onPerson(makePerson(clock))).toMatchObject({ reason: "new" });
  });

  it("are not of now when the message is old", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    const seenAt = new Date(clock.now().getTime() - 60_000);
    expect(tracker.onPerson(makePerson(clock, { type: "new", seenAt }))).toMatchObject({ isLive: false });
  });

  it("are not wanted at the end without a snapshot of Frigate's", () => {
    const clock = makeClock();
    expect(createTracker(clock).onPerson(makePerson(clock, { type: "end", hasSnapshot: false }))).toBeNull();
  });
});

describe("those whom a camera sees", () => {
  it("are all that have not gone, at that camera", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    for (const [id, camera] of [
      ["1-a", "front"],
      ["2-b", "front"],
      ["3-c", "back"],
    ] as const) {
      tracker.onPerson(makePerson(clock, { type: "new", id, camera }));
    }
    tracker.onPerson(makePerson(clock, { type: "end", id: "1-a" }));
    expect(tracker.present("front").map(({ id }) => id)).toEqual(["2-b"]);
    clock.advance(11 * 60_000);
    expect(tracker.present("front")).toEqual([]);
  });

  it("are known for ten minutes after their last message", () => {
    const clock = makeClock();
    const tracker = createTracker(clock);
    tracker.onPerson(makePerson(clock, { type: "end" }));
    clock.advance(9 * 60_000);
    tracker.onPerson(makePerson(clock, { id: "2-b" }));
    expect(tracker.find("1.5-abc")).not.toBeNull();
    clock.advance(2 * 60_000);
    tracker.onPerson(makePerson(clock, { id: "2-b" }));
    expect(tracker.find("1.5-abc")).toBeNull();
    expect(tracker.find("2-b")).not.toBeNull();
  });
});
