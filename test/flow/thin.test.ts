import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import { createPurge } from "../../src/flow/purge.ts";
import { createFrames } from "../../src/frames/locate.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave } from "../make/face.ts";
import { makeSettings } from "../make/settings.ts";
import { makeVisitToSave } from "../make/visit.ts";

const HOUR = 3_600_000;
const START = new Date("2026-03-01T00:00:00Z");

/** An ended visit of 12 faces of one person, a second apart, each with a frame. */
async function open(thin: number | null) {
  const clock = makeClock(START);
  const framesDir = tempFolder();
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const thinned: number[] = [];
  const erased: number[] = [];
  bus.on("thinned", ({ faces }) => thinned.push(faces));
  bus.on("erased", ({ faceIds }) => erased.push(...faceIds));
  const purge = createPurge({
    store,
    frames: createFrames([framesDir]),
    reloadPeople: async () => undefined,
    thin,
    settings: () => makeSettings(),
    bus,
    clock,
    log: { error: () => undefined },
  });
  onTestFinished(async () => {
    await purge.stop();
    await store.close();
  });
  const faces = Array.from({ length: 12 }, (_, i) => {
    const capturedAt = new Date(START.getTime() + i * 1_000);
    writeFileSync(join(framesDir, `${i}.jpg`), "frame");
    const encoding = makeNear(makeEncoding(1), 0.05, i + 1);
    return makeFaceToSave({ uid: `f-${i}`, visitId: "v_1", source: `${i}.jpg`, capturedAt, encoding });
  });
  const visit = makeVisitToSave({ state: "unknown", faces: 12, to: faces[11]?.capturedAt as Date, bestFace: "f-6" });
  await store.saveFaces(faces, [visit]);
  await purge.start();
  const left = async () => (await store.faces({}, { limit: 100, cursor: null })).items;
  const frames = () => Promise.all(faces.map((_, i) => createFrames([framesDir]).locate(`${i}.jpg`)));
  return { clock, purge, left, frames, thinned, erased };
}

it("thins with the hourly purge, frames too, and counts it once", async () => {
  const { clock, purge, left, frames, thinned, erased } = await open(0.2);
  await purge.run(true);
  expect(await left()).toHaveLength(12);
  clock.advance(HOUR);
  await expect.poll(() => thinned).toEqual([9]);
  const kept = await left();
  expect(kept.map((face) => face.uid)).toContain("f-6");
  expect(kept).toHaveLength(3);
  expect(erased).toHaveLength(9);
  expect((await frames()).filter((file) => file !== null)).toHaveLength(3);
  expect(await purge.thinning()).toEqual({ thin: 0.2, thinned: { total: 9, lastRun: 9 } });
  await purge.run(false);
  expect(await left()).toHaveLength(3);
  expect(await purge.thinning()).toEqual({ thin: 0.2, thinned: { total: 9, lastRun: 0 } });
});

it("never thins where it is off, or while the clock is doubtful", async () => {
  const off = await open(null);
  off.clock.advance(HOUR);
  await off.purge.run(false);
  expect(await off.left()).toHaveLength(12);

  const held = await open(0.2);
  held.clock.jump(48 * HOUR);
  await held.purge.run(false);
  expect(held.purge.heldUntil()).not.toBeNull();
  expect(await held.left()).toHaveLength(12);
});

it("leaves a visit that may still grow", async () => {
  const { clock, purge, left } = await open(0.2);
  clock.advance(9 * 60_000);
  await purge.run(false);
  expect(await left()).toHaveLength(12);
});
