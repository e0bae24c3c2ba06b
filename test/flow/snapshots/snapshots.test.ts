import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import type { IncomingFace } from "../../../src/domain/face.ts";
import { SFACE } from "../../../src/domain/model.ts";
import { type Snapshot, toSnapshotId } from "../../../src/domain/pictures/snapshot.ts";
import { createSnapshots } from "../../../src/flow/snapshots/snapshots.ts";
import { makeClock } from "../../make/clock.ts";
import { makeEmbedder, makePicture, makeSnapshot } from "../../make/picture.ts";
import { makeSettings } from "../../make/settings.ts";

const until = async (fits: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 1_000 && !fits(); tries++) await new Promise(setImmediate);
  expect(fits()).toBe(true);
};

/** The flow, with what stands around it recorded. */
function open({ workers = 1 } = {}) {
  const clock = makeClock();
  const bus = createBus((error) => {
    throw error;
  });
  const embedder = makeEmbedder(workers);
  const batches: IncomingFace[][] = [];
  const files = new Map<string, boolean>();
  const problems = new Map<string, string>();
  bus.on("problem", ({ source, message }) => (message ? problems.set(source, message) : problems.delete(source)));
  const around = { settings: makeSettings(), storing: null as Error | null, keeping: null as Error | null };
  const snapshots = createSnapshots({
    embedder,
    model: SFACE,
    kept: {
      async keep({ camera, snapshotId }) {
        if (around.keeping) throw around.keeping;
        const source = `snapshots/${camera}/${snapshotId}.jpg`;
        files.set(source, false);
        return { source, needed: () => void files.set(source, true), drop: async () => void files.delete(source) };
      },
    },
    store: {
      knownUids: async (uids) => new Set(batches.flat().flatMap(({ uid }) => (uids.includes(uid) ? [uid] : []))),
    },
    ingest: {
      async faces(faces) {
        if (around.storing) throw around.storing;
        batches.push([...faces]);
      },
    },
    settings: () => around.settings,
    bus,
    clock,
    log: { warn: () => undefined, error: () => undefined },
  });
  const take = (overrides: Partial<Snapshot> = {}, whenFull: "newest" | "refuse" = "newest") =>
    snapshots.take(makeSnapshot(overrides), whenFull);
  const counts = (camera = "door") => snapshots.state().cameras.find((one) => one.camera === camera);
  return { clock, bus, embedder, batches, files, problems, around, snapshots, take, counts };
}

it("makes of the faces of a picture one batch, each with its number among all that were found", async () => {
  const { take, batches, clock, files, counts } = open();
  const picture = makePicture([
    { who: 1, score: 0.85 },
    { who: 2, score: 0.7 },
    { who: 3, score: 0.95, norm: 10.5 },
  ]);
  const capturedAt = new Date(clock.now().getTime() - 5_000);
  const id = toSnapshotId("door", picture);
  expect(take({ picture, capturedAt, eventId: "e1", zones: ["porch"], subLabel: "Anna" })).toEqual({
    snapshotId: id,
    outcome: "queued",
  });
  await until(() => batches.length === 1);
  expect(batches[0]?.map(({ encoding: _, thumbnail: __, ...face }) => face)).toEqual(
    [
      { uid: `${id}-0`, quality: 10.5, detectionScore: 0.95, box: { x: 410, y: 20, width: 80, height: 96 } },
      { uid: `${id}-1`, quality: 12, detectionScore: 0.85, box: { x: 10, y: 20, width: 80, height: 96 } },
    ].map((face) => ({
      ...face,
      camera: "door",
      source: `snapshots/door/${id}.jpg`,
      capturedAt,
      receivedAt: clock.now(),
      model: "sface",
      sourceEventId: "e1",
      history: false,
      zones: ["porch"],
      subLabel: "Anna",
    })),
  );
  expect([...files.values()]).toEqual([true]);
  expect(counts()).toEqual({
    camera: "door",
    pictures: 1,
    faces: 2,
    noFace: 0,
    refused: { score: 1, size: 0, norm: 0 },
    known: 0,
    dropped: 0,
    failed: 0,
    queue: 0,
  });
});

it("takes a picture of the future, or without a time, as of its arrival", async () => {
  const { take, batches, clock, embedder } = open();
  const arrived = clock.now();
  let resolve = (): void => {};
  embedder.hold = new Promise((done) => {
    resolve = done;
  });
  take({ capturedAt: new Date(arrived.getTime() + 60_000) });
  clock.advance(1_000);
  resolve();
  await until(() => batches.length === 1);
  expect(batches[0]?.[0]).toMatchObject({ capturedAt: arrived, receivedAt: clock.now() });
});

it("keeps no picture without a face that passed, and says why each was not taken", async () => {
  const { take, batches, files, counts, snapshots } = open();
  take({ picture: makePicture([]) });
  take({
    picture: makePicture([
      { who: 1, size: 20 },
      { who: 2, norm: 8 },
    ]),
  });
  await until(() => snapshots.refused.list().length === 2);
  expect(batches).toEqual([]);
  expect(files.size).toBe(0);
  expect(counts()).toMatchObject({ pictures: 2, noFace: 1, faces: 0, refused: { score: 0, size: 1, norm: 1 } });
  expect(snapshots.refused.list("door").map(({ gate, value }) => [gate, value])).toEqual([
    ["norm", 8],
    ["size", 20],
  ]);
});

it("looks at the very same picture of a camera once, unless the gates have changed, and stores each face once", async () => {
  const { take, batches, bus, around, embedder, counts } = open();
  const picture = makePicture([
    { who: 1, norm: 12 },
    { who: 2, norm: 8 },
  ]);
  take({ picture });
  expect(take({ picture }).outcome).toBe("known");
  await until(() => batches.length === 1);
  expect(take({ picture }).outcome).toBe("known");
  expect(embedder.given).toHaveLength(1);
  around.settings = makeSettings({ "snapshots.min_norm": 7 });
  bus.emit("settings", {});
  expect(take({ picture }).outcome).toBe("queued");
  await until(() => batches.length === 2);
  const id = toSnapshotId("door", picture);
  expect(batches.map((batch) => batch.map(({ uid }) => uid))).toEqual([[`${id}-0`], [`${id}-1`]]);
  bus.emit("settings", {});
  take({ picture });
  await until(() => counts()?.known === 3);
  expect(counts()).toMatchObject({ pictures: 5, faces: 2, known: 3 });
});

it("gives up old pictures for new ones, and counts them; or takes no more", async () => {
  const { take, batches, counts, embedder, snapshots } = open();
  let resolve = (): void => {};
  embedder.hold = new Promise((done) => {
    resolve = done;
  });
  const pictures = Array.from({ length: 7 }, (_, who) => makePicture([{ who }]));
  for (const picture of pictures) take({ picture });
  expect(snapshots.state()).toMatchObject({ model: "sface", runtime: "node", workers: 1, queue: 4 });
  expect(take({}, "refuse").outcome).toBe("full");
  // The one that was answered that there is no room is not lost, and not counted.
  expect(counts()).toMatchObject({ pictures: 7, dropped: 2, queue: 4 });
  // What was given up is not known: it may come again.
  resolve();
  await until(() => batches.length === 5);
  expect(take({ picture: pictures[1] as Buffer }).outcome).toBe("queued");
  expect(take({ picture: pictures[0] as Buffer }).outcome).toBe("known");
});

it("looks at as many pictures at once as there are workers, and stores those of a camera in their order", async () => {
  const { take, batches, embedder } = open({ workers: 2 });
  let resolve = (): void => {};
  embedder.hold = new Promise((done) => {
    resolve = done;
  });
  take({ picture: makePicture([{ who: 1 }]), eventId: "first" });
  embedder.hold = Promise.resolve();
  take({ picture: makePicture([{ who: 2 }]), eventId: "second" });
  take({ picture: makePicture([{ who: 3 }]), eventId: "other", camera: "garden" });
  expect(embedder.given).toHaveLength(2);
  await new Promise(setImmediate);
  expect(batches).toEqual([]);
  resolve();
  await until(() => batches.length === 3);
  expect(batches.flat().map(({ sourceEventId }) => sourceEventId)).toEqual(["first", "second", "other"]);
});

it("counts a picture that cannot be read, without a problem, and does not try it again", async () => {
  const { take, counts, problems } = open();
  const picture = makePicture("unreadable");
  take({ picture });
  await until(() => counts()?.failed === 1);
  expect(problems.size).toBe(0);
  expect(take({ picture }).outcome).toBe("known");
});

it("reports that pictures cannot be looked at, and closes that with the next one; the lost one may come again", async () => {
  const { take, counts, problems, embedder, batches } = open();
  const picture = makePicture([{ who: 1 }]);
  embedder.error = new Error("no thread starts");
  take({ picture });
  await until(() => counts()?.failed === 1);
  expect([...problems.values()]).toEqual(["pictures cannot be looked at: no thread starts"]);
  embedder.error = null;
  expect(take({ picture }).outcome).toBe("queued");
  await until(() => batches.length === 1);
  expect(problems.size).toBe(0);
});

it("deletes the picture whose faces could not be stored, reports that, and goes on with the next", async () => {
  const { take, counts, problems, around, files, batches } = open();
  around.storing = new Error("database or disk is full");
  const picture = makePicture([{ who: 1 }]);
  take({ picture });
  await until(() => counts()?.failed === 1);
  expect(files.size).toBe(0);
  expect([...problems.values()]).toEqual(["faces of pictures cannot be stored: database or disk is full"]);
  around.storing = null;
  take({ picture });
  await until(() => batches.length === 1);
  expect([problems.size, files.size]).toEqual([0, 1]);
});

it("stores the faces of a picture that cannot be kept: who is at the door matters more", async () => {
  const { take, problems, around, batches } = open();
  around.keeping = new Error("ENOSPC");
  take();
  await until(() => batches.length === 1);
  expect(batches[0]?.[0]?.source).toBeNull();
  expect([...problems.values()]).toEqual(["pictures cannot be kept: ENOSPC"]);
  around.keeping = null;
  take();
  await until(() => batches.length === 2);
  expect(problems.size).toBe(0);
});

it("stops with what waits: that is finished, or given up after two seconds; nothing more is taken", async () => {
  const { take, batches, snapshots } = open();
  take();
  take();
  const stopped = snapshots.stop();
  expect(take().outcome).toBe("full");
  await stopped;
  expect(batches).toHaveLength(2);

  const other = open();
  let release = (): void => undefined;
  other.embedder.hold = new Promise((done) => {
    release = done;
  });
  other.take();
  other.take();
  const late = other.snapshots.stop();
  other.clock.advance(2_000);
  await late;
  expect(other.counts()).toMatchObject({ pictures: 2, dropped: 1, queue: 0 });
  // As its threads are ended then, what is looked at is given up as well: nothing has gone wrong.
  other.embedder.error = new Error("it is being stopped");
  release();
  await until(() => other.counts()?.dropped === 2);
  expect([other.counts()?.failed, other.problems.size]).toEqual([0, 0]);
});
