import { expect, it } from "vitest";
import { createBus } from "../../src/domain/events.ts";
import { createPurge } from "../../src/flow/purge.ts";
import { createFrames } from "../../src/frames/locate.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function open(days: number) {
  const clock = makeClock(new Date("2026-03-01T00:00:00Z"));
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const problems: (string | null)[] = [];
  bus.on("problem", ({ message }) => problems.push(message));
  const settings = () => ({
    "recognition.threshold": 0.6,
    "recognition.margin": 0,
    "discovery.threshold": 0.6,
    "discovery.schedule": null,
    "storage.retention_days": days,
  });
  const log = { info: () => undefined, error: () => undefined };
  const purge = createPurge({ store, frames: createFrames(null), settings, bus, clock, log });
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
  return { clock, purge, left, problems };
}

it("takes faces by the later of their own time and their arrival", async () => {
  const { purge, left } = await open(30);
  expect(await purge.run(true)).toMatchObject({ faces: 1, dryRun: true, wouldDelete: [{ uid: "old" }] });
  expect(await left()).toEqual(["new", "old", "replayed"]);
  expect(await purge.run(false)).toMatchObject({ faces: 1, dryRun: false });
  expect(await left()).toEqual(["new", "replayed"]);
});

it("keeps everything with 0 days", async () => {
  const { purge, left } = await open(0);
  expect((await purge.run(false)).faces).toBe(0);
  expect(await left()).toHaveLength(3);
});

it("runs hourly by itself", async () => {
  const { clock, purge, left } = await open(30);
  purge.start();
  clock.advance(HOUR - 1);
  expect(await left()).toHaveLength(3);
  clock.advance(1);
  await new Promise((done) => setTimeout(done, 50));
  expect(await left()).toEqual(["new", "replayed"]);
  purge.stop();
});

it.each([
  ["forwards", 10 * 365 * DAY],
  ["backwards", -3 * HOUR],
])("takes nothing for 24 hours after the clock jumped %s, and says so", async (_, jump) => {
  const { clock, purge, left, problems } = await open(30);
  purge.start();
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
  purge.stop();
});

it("is not held back by a clock that drifts a little", async () => {
  const { clock, purge } = await open(30);
  purge.start();
  for (let i = 0; i < 10; i++) {
    clock.advance(60_000);
    clock.jump(HOUR / 2);
  }
  expect(purge.heldUntil()).toBeNull();
  purge.stop();
});
