import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import type { Stats } from "../../../src/domain/stats.ts";
import { watchStats } from "../../../src/flow/watch/stats.ts";
import { makeClock } from "../../make/clock.ts";

const COUNTS = {
  people: 1,
  faces: 1,
  unassigned: 0,
  assigned: 1,
  ignored: 0,
  clusters: 0,
  thumbnails: 0,
  encodings: 1,
  counterExamples: 0,
};

/** `emitted` has how many faces each emission counted; `moveOn` lets what was read arrive. */
function open() {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const emitted: number[] = [];
  let faces = 1;
  bus.on("stats", (stats) => emitted.push(stats.counts.faces));
  const read = async (): Promise<Stats> => ({
    counts: { ...COUNTS, faces, databaseBytes: 0 },
    rejected: 0,
    lastDiscovery: null,
    problem: null,
    facesPerMinute: 0,
  });
  const stop = watchStats({ bus, clock, read, log: { error: (fields) => expect(fields).toBeNull() } });
  async function moveOn(ms: number): Promise<void> {
    clock.advance(ms);
    await new Promise(setImmediate);
  }
  function change(): void {
    faces++;
    bus.emit("clusters", {});
  }
  return { emitted, change, moveOn, stop };
}

it("emits the figures at once, then after changes, at most once a second", async () => {
  const { emitted, change, moveOn, stop } = open();
  await moveOn(0);
  expect(emitted).toEqual([1]);
  for (let i = 0; i < 200; i++) change();
  await moveOn(999);
  expect(emitted).toEqual([1]);
  await moveOn(1);
  expect(emitted).toEqual([1, 201]);
  await moveOn(5_000);
  expect(emitted).toEqual([1, 201]);
  change();
  await moveOn(0);
  expect(emitted).toEqual([1, 201, 202]);
  stop();
  change();
  await moveOn(5_000);
  expect(emitted).toEqual([1, 201, 202]);
});

it("never emits figures that are older than those before", async () => {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const emitted: number[] = [];
  bus.on("stats", (stats) => emitted.push(stats.counts.faces));
  const answers: ((faces: number) => void)[] = [];
  const read = async (): Promise<Stats> => {
    const faces = await new Promise<number>((resolve) => answers.push(resolve));
    const counts = { ...COUNTS, faces, databaseBytes: 0 };
    return { counts, rejected: 0, lastDiscovery: null, problem: null, facesPerMinute: 0 };
  };
  const stop = watchStats({ bus, clock, read, log: { error: (fields) => expect(fields).toBeNull() } });
  clock.advance(0);
  bus.emit("settings", {});
  clock.advance(5_000);
  expect(answers).toHaveLength(1);
  answers[0]?.(1);
  await new Promise(setImmediate);
  clock.advance(0);
  answers[1]?.(2);
  await new Promise(setImmediate);
  expect(emitted).toEqual([1, 2]);
  stop();
});
