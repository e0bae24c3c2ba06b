import { expect, it, onTestFinished } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createSortOldFaces } from "../../../src/flow/visits/sort-old-faces.ts";
import { buildGalleries } from "../../../src/recognize/galleries.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeDiscovery } from "../../make/discovery.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeSettings } from "../../make/settings.ts";
import { assignment } from "../../store/scene.ts";

it("faces of a version without visits are sorted into visits by their own time, also after a stop in between", async () => {
  const store = await openStore({ folder: tempFolder(), clock: makeClock() });
  onTestFinished(() => store.close());
  const [anna, eve] = [makeEncoding(1), makeEncoding(2_000)];
  const at = (seconds: number) => new Date(Date.UTC(2026, 1, 1, 10, 0, seconds));
  const enrolled = makeFaceToSave({ encoding: anna, capturedAt: at(-3600), camera: "attic" });
  const [first] = await store.saveFaces([enrolled]);
  await store.saveDiscovery(makeDiscovery("c_1", [first?.face.id as number], anna));
  await store.assign(assignment("c_1", "Anna"));
  const match = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };
  // 150 minutes: each with a visit of Anna, and at the same time one of Eve; stored in no order.
  const faces = Array.from({ length: 150 }, (_, minute) =>
    [0, 2, 4].flatMap((second, i) => [
      makeFaceToSave({
        encoding: makeNear(anna, 0.2, minute * 3 + i),
        capturedAt: at(minute * 60 + second),
        matched: match,
      }),
      makeFaceToSave({ encoding: makeNear(eve, 0.2, minute * 3 + i), capturedAt: at(minute * 60 + second) }),
    ]),
  ).flat();
  await store.saveFaces(faces.reverse());

  const log = { info: () => undefined, error: (fields: object) => expect(fields).toBeNull() };
  const bus = createBus((error) => {
    throw error;
  });
  const clock = makeClock();
  const deps = { galleries: buildGalleries([], [], []), settings: () => makeSettings(), bus, clock, log };
  const interrupted = createSortOldFaces({ ...deps, store });
  interrupted.start();
  await interrupted.stop();
  const page = { limit: 1_000, cursor: null };
  const left = (await store.faces({}, page)).items.filter((face) => face.visitId === null).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(faces.length);
  const sort = createSortOldFaces({ ...deps, store });
  sort.start();
  await expect.poll(async () => (await store.oldFaces(null, 1)).length).toBe(0);
  await sort.stop();

  const visits = (await store.visits({}, page)).items;
  expect(visits).toHaveLength(301);
  expect(visits.filter(({ faces }) => faces === 3)).toHaveLength(300);
  expect(visits.filter(({ state, person }) => state === "recognized" && person?.name === "Anna")).toHaveLength(150);
  expect(visits.filter(({ state }) => state === "unknown")).toHaveLength(150);
  expect(visits.at(-1)).toMatchObject({ camera: "attic", state: "corrected", person: { name: "Anna" }, faces: 1 });
});

it("a visit of faces of the past is shown by one with a picture, of them by the best quality, whatever its scale", async () => {
  const store = await openStore({ folder: tempFolder(), clock: makeClock() });
  onTestFinished(() => store.close());
  const encoding = makeEncoding(1);
  const at = (second: number) => new Date(Date.UTC(2026, 1, 1, 10, 0, second));
  const saved = await store.saveFaces([
    makeFaceToSave({ encoding, capturedAt: at(0), quality: 5_000, wantsThumbnail: false }),
    makeFaceToSave({ encoding, capturedAt: at(1), quality: -2, detectionScore: 0.9, wantsThumbnail: true }),
    makeFaceToSave({ encoding, capturedAt: at(2), quality: -1, detectionScore: 0.8, wantsThumbnail: true }),
    makeFaceToSave({ encoding, capturedAt: at(3), quality: null, detectionScore: 0.99, wantsThumbnail: true }),
  ]);
  for (const { face } of saved.slice(1)) await store.saveThumbnail(face.id, Buffer.from("a picture"));
  const sort = createSortOldFaces({
    store,
    galleries: buildGalleries([], [], []),
    settings: () => makeSettings(),
    bus: createBus((error) => {
      throw error;
    }),
    clock: makeClock(),
    log: { info: () => undefined, error: (fields: object) => expect(fields).toBeNull() },
  });
  sort.start();
  await expect.poll(async () => (await store.oldFaces(null, 1)).length).toBe(0);
  await sort.stop();
  const { items } = await store.visits({}, { limit: 10, cursor: null });
  expect(items.map(({ representative }) => representative?.quality)).toEqual([-1]);
});
