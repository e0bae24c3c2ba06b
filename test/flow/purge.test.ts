import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import { createPurge } from "../../src/flow/purge.ts";
import { createFrames } from "../../src/frames/locate.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";
import { makeSettings } from "../make/settings.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Options {
  readonly folder?: string;
  readonly framesDir?: string;
}

async function open(days: number, { folder = tempFolder(), framesDir }: Options = {}) {
  const clock = makeClock(new Date("2026-03-01T00:00:00Z"));
  const store = await openStore({ folder, clock });
  onTestFinished(() => store.close());
  let reloads = 0;
  const bus = createBus((error) => {
    throw error;
  });
  const problems: (string | null)[] = [];
  bus.on("problem", ({ message }) => problems.push(message));
  const settings = () => makeSettings({ "storage.retention_days": days });
  const log = { info: () => undefined, error: () => undefined };
  const purge = createPurge({
    store,
    frames: createFrames(framesDir === undefined ? [] : [framesDir]),
    reloadPeople: async () => void reloads++,
    thin: null,
    settings,
    bus,
    clock,
    log,
  });
  const at = (iso: string) => ({ capturedAt: new Date(iso), receivedAt: new Date(iso) });
  await store.saveFaces([
    makeFaceToSave({ uid: "old", ...at("2026-01-01T00:00:00Z") }),
    makeFaceToSave({
      uid: "replayed",
      capturedAt: new Date("2026-01-01T00:00:00Z"),
      receivedAt: new Date("2026-02-20T00:00:00Z"),
    }),
    makeFaceToSave({ uid: "new", ...at("2026-02-28T00:00:00Z") }),
  ]);
  const left = async () => (await store.faces({}, { limit: 10, cursor: null })).items.map((face) => face.uid).sort();
  return { bus, clock, store, purge, left, problems, reloads: () => reloads };
}

it("deletes faces by the later of their own time and their arrival", async () => {
  const { purge, left } = await open(30);
  expect(await purge.run(true)).toMatchObject({ faces: 1, dryRun: true, wouldDelete: [{ uid: "old" }] });
  expect(await left()).toEqual(["new", "old", "replayed"]);
  expect(await purge.run(false)).toMatchObject({ faces: 1, dryRun: false });
  expect(await left()).toEqual(["new", "replayed"]);
});

it("has the gallery read again after faces were deleted", async () => {
  const { purge, reloads } = await open(30);
  await purge.run(true);
  expect(reloads()).toBe(0);
  await purge.run(false);
  expect(reloads()).toBe(1);
});

it("deletes no frame that a remaining face needs, in whatever spelling or through a link", async () => {
  const framesDir = join(tempFolder(), "frames");
  mkdirSync(framesDir);
  for (const name of ["same", "spelt", "linked", "link-of", "gone"])
    writeFileSync(join(framesDir, `${name}.jpg`), name);
  symlinkSync(join(framesDir, "linked.jpg"), join(framesDir, "to-linked.jpg"));
  symlinkSync(join(framesDir, "link-of.jpg"), join(framesDir, "to-link-of.jpg"));
  const { store, purge } = await open(30, { framesDir });
  const old = { capturedAt: new Date("2026-01-01T00:00:00Z"), receivedAt: new Date("2026-01-01T00:00:00Z") };
  const pairs = [
    ["same.jpg", "same.jpg"],
    ["spelt.jpg", join(framesDir, "spelt.jpg")],
    ["linked.jpg", "to-linked.jpg"],
    ["to-link-of.jpg", "frames/link-of.jpg"],
    ["gone.jpg", "elsewhere.jpg"],
  ] as const;
  for (const [goes, stays] of pairs) {
    await store.saveFaces([makeFaceToSave({ source: goes, ...old }), makeFaceToSave({ source: stays })]);
  }
  const preview = await purge.run(true);
  expect(preview.wouldDelete.flatMap((one) => one.frame ?? [])).toEqual([join(framesDir, "gone.jpg")]);
  expect(await purge.run(false)).toMatchObject({ faces: 6, frames: 1 });
  expect(readdirSync(framesDir)).not.toContain("gone.jpg");
  expect(readdirSync(framesDir)).toHaveLength(6);
});

it("keeps everything with 0 days", async () => {
  const { purge, left } = await open(0);
  expect((await purge.run(false)).faces).toBe(0);
  expect(await left()).toHaveLength(3);
});

it("runs hourly by itself", async () => {
  const { bus, clock, purge, left } = await open(30);
  const purged = new Promise<void>((done) => bus.on("purged", () => done()));
  await purge.start();
  clock.advance(HOUR - 1);
  expect(await left()).toHaveLength(3);
  clock.advance(1);
  await purged;
  expect(await left()).toEqual(["new", "replayed"]);
  await purge.stop();
});

it.each([
  ["forwards", 10 * 365 * DAY],
  ["backwards", -3 * HOUR],
])("deletes nothing for 24 hours after the clock jumped %s, and reports it", async (_, jump) => {
  const { clock, purge, left, problems } = await open(30);
  await purge.start();
  clock.advance(60_000);
  clock.jump(jump);
  expect((await purge.run(false)).faces).toBe(0);
  expect(problems.at(-1)).toContain("clock");
  expect(purge.heldUntil()).not.toBeNull();
  clock.advance(23 * HOUR);
  expect(await left()).toHaveLength(3);
  clock.advance(HOUR);
  expect(purge.heldUntil()).toBeNull();
  expect(problems.at(-1)).toBeNull();
  expect((await purge.run(false)).faces).toBeGreaterThan(0);
  await purge.stop();
});

it("is held back after a restart, too, for the rest of the 24 hours of running", async () => {
  const folder = tempFolder();
  const first = await open(30, { folder });
  await first.purge.start();
  first.clock.jump(10 * 365 * DAY);
  first.clock.advance(20 * HOUR);
  await first.purge.stop();
  await first.store.close();

  const second = await open(30, { folder });
  await second.purge.start();
  expect(second.purge.heldUntil()).not.toBeNull();
  second.clock.advance(3 * HOUR);
  expect((await second.purge.run(false)).faces).toBe(0);
  second.clock.advance(HOUR + 2 * 60_000);
  expect(second.purge.heldUntil()).toBeNull();
  expect(second.problems.at(-1)).toBeNull();
  await second.purge.stop();
  await second.store.close();

  const third = await open(30, { folder });
  await third.purge.start();
  expect(third.purge.heldUntil()).toBeNull();
});

it("is not held back by a clock that drifts a little", async () => {
  const { clock, purge } = await open(30);
  await purge.start();
  for (let i = 0; i < 10; i++) {
    clock.advance(60_000);
    clock.jump(HOUR / 2);
  }
  expect(purge.heldUntil()).toBeNull();
  await purge.stop();
});
