import { describe, expect, it } from "vitest";
import { silentLog } from "../../../src/domain/log.ts";
import type { Snapshot } from "../../../src/domain/pictures/snapshot.ts";
import { FetchFailed, type FetchFailure } from "../../../src/sources/fetch/fetch-failed.ts";
import { createPulledCamera, type PulledCameraDeps } from "../../../src/sources/pull/pulled-camera.ts";
import { makeClock } from "../../make/clock.ts";

/** A camera under the test's hands: it says when a picture comes, and what time it is. */
function setUp(options: Partial<Pick<PulledCameraDeps, "intervalMs" | "on">> = {}) {
  const clock = makeClock();
  const waiting: { resolve: (picture: Uint8Array) => void; reject: (error: Error) => void }[] = [];
  const taken: Snapshot[] = [];
  const states: { ok: boolean; sentence: string }[] = [];
  const triggers = new Set<(message: { retain: boolean }) => void>();
  let asked = 0;
  const camera = createPulledCamera({
    camera: "door",
    source: "pull:door",
    origin: "camera.local",
    intervalMs: null,
    on: null,
    ...options,
    fetchPicture() {
      asked += 1;
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    take(snapshot) {
      taken.push(snapshot);
      return { snapshotId: `s${taken.length}`, outcome: "queued" };
    },
    report: (_, state) => states.push(state),
    subscribe(_, listener) {
      triggers.add(listener);
      return () => triggers.delete(listener);
    },
    clock,
    random: () => 0.5,
    log: silentLog,
  });
  const settle = () => new Promise((done) => setImmediate(done));
  return {
    camera,
    clock,
    taken,
    states,
    triggers,
    asked: () => asked,
    trigger(retain = false) {
      for (const listener of triggers) listener({ retain });
    },
    async sends(mark: number) {
      waiting.shift()?.resolve(Uint8Array.of(mark));
      await settle();
    },
    async fails(kind: FetchFailure = "unreachable") {
      waiting.shift()?.reject(new FetchFailed(kind, "camera.local cannot be reached: ECONNREFUSED"));
      await settle();
    },
    async pass(ms: number) {
      clock.advance(ms);
      await settle();
    },
  };
}

describe("createPulledCamera", () => {
  it("does nothing before it starts, nor after it stops", async () => {
    const { camera, asked, trigger, triggers, pass } = setUp({ intervalMs: 1_000, on: "door/bell" });
    trigger();
    await pass(10_000);
    expect(asked()).toBe(0);
    camera.start();
    camera.stop();
    await pass(10_000);
    expect([asked(), triggers.size]).toEqual([0, 0]);
  });

  it("hands a picture over as it came, with no time but that of its arrival", async () => {
    const { camera, taken, sends } = setUp();
    const fetching = camera.fetchNow();
    await sends(7);
    expect(await fetching).toEqual({ snapshotId: "s1", outcome: "queued" });
    expect(taken).toEqual([
      {
        camera: "door",
        picture: Uint8Array.of(7),
        capturedAt: null,
        history: false,
        eventId: null,
        zones: [],
        subLabel: null,
      },
    ]);
  });

  describe("at an interval", () => {
    it("asks first within the interval, then once in each, counted from request to request", async () => {
      const { camera, asked, pass, sends } = setUp({ intervalMs: 10_000 });
      camera.start();
      await pass(4_999);
      expect(asked()).toBe(0);
      await pass(1);
      expect(asked()).toBe(1);
      await pass(3_000);
      await sends(1);
      await pass(6_999);
      expect(asked()).toBe(1);
      await pass(1);
      expect(asked()).toBe(2);
    });

    it("never asks twice at once, however long a picture takes", async () => {
      const { camera, asked, pass, sends, taken } = setUp({ intervalMs: 1_000 });
      camera.start();
      for (let s = 0; s < 20; s++) await pass(1_000);
      expect(asked()).toBe(1);
      await sends(1);
      await pass(0);
      expect([asked(), taken.length]).toEqual([2, 1]);
    });

    it("asks ever later while the camera fails, a minute at most, and says so once", async () => {
      const { camera, asked, clock, pass, fails, sends, states } = setUp({ intervalMs: 10_000 });
      camera.start();
      await pass(5_000);
      const gaps: number[] = [];
      for (let failed = 0; failed < 5; failed++) {
        await fails();
        const [before, atMs] = [asked(), clock.monotonicMs()];
        while (asked() === before) await pass(1_000);
        gaps.push((clock.monotonicMs() - atMs) / 1_000);
      }
      expect(gaps).toEqual([20, 40, 60, 60, 60]);
      expect(new Set(states.slice(1).map((state) => state.sentence))).toEqual(
        new Set(["no picture of door can be fetched: camera.local cannot be reached: ECONNREFUSED"]),
      );
      await sends(1);
      expect(states.at(-1)).toEqual({ ok: true, sentence: "pictures of door come from camera.local every 10 s" });
      await pass(10_000);
      expect(asked()).toBe(7);
    });

    it("one that is asked seldom is not asked more often because it fails", async () => {
      const { camera, asked, pass, fails } = setUp({ intervalMs: 600_000 });
      camera.start();
      await pass(300_000);
      await fails();
      await pass(599_000);
      expect(asked()).toBe(1);
      await pass(1_000);
      expect(asked()).toBe(2);
    });
  });

  describe("on a trigger", () => {
    it("asks at once, and not for what the broker had retained", async () => {
      const { camera, asked, trigger, states } = setUp({ on: "door/bell" });
      camera.start();
      expect(states).toEqual([
        { ok: true, sentence: "pictures of door come from camera.local when a message comes on door/bell" },
      ]);
      trigger(true);
      expect(asked()).toBe(0);
      trigger();
      expect(asked()).toBe(1);
    });

    it("of many meanwhile, asks once more when the picture is there", async () => {
      const { camera, asked, trigger, sends, taken } = setUp({ on: "door/bell" });
      camera.start();
      for (let i = 0; i < 50; i++) trigger();
      expect(asked()).toBe(1);
      await sends(1);
      expect(asked()).toBe(2);
      await sends(2);
      expect(asked()).toBe(2);
      expect(taken.map(({ picture }) => picture[0])).toEqual([1, 2]);
    });

    it.each<[FetchFailure, number]>([
      ["unreachable", 1_000],
      ["login", 60_000],
    ])("after a failure (%s) waits %i ms, and loses no trigger", async (kind, waitMs) => {
      const { camera, asked, trigger, pass, fails, sends } = setUp({ on: "door/bell" });
      camera.start();
      trigger();
      await fails(kind);
      for (let i = 0; i < 50; i++) trigger();
      await pass(waitMs - 1);
      expect(asked()).toBe(1);
      await pass(1);
      expect(asked()).toBe(2);
      await sends(1);
      trigger();
      expect(asked()).toBe(3);
    });
  });

  it("a command gets a picture that is taken after it was given", async () => {
    const { camera, asked, trigger, sends, fails } = setUp({ on: "door/bell" });
    camera.start();
    trigger();
    const commands = [camera.fetchNow(), camera.fetchNow()];
    // The picture before it fails: not theirs.
    await fails();
    expect(asked()).toBe(2);
    await sends(1);
    expect(await Promise.all(commands)).toEqual([
      { snapshotId: "s1", outcome: "queued" },
      { snapshotId: "s1", outcome: "queued" },
    ]);
    const failing = camera.fetchNow();
    void fails();
    await expect(failing).rejects.toThrow("camera.local cannot be reached: ECONNREFUSED");
  });
});
