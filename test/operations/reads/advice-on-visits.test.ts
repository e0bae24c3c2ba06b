import { expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { adviseOnVisits } from "../../../src/operations/reads/advice-on-visits.ts";
import { buildGallery } from "../../../src/recognize/gallery.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeDiscovery } from "../../make/discovery.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makePeople } from "../../make/people.ts";
import { assignment } from "../../store/scene.ts";

const anna = makeEncoding(1);

/** Anna with one look of so many faces, and visits in which she was recognized, of three faces each, an hour apart. */
async function open(faces: number, visits: readonly number[]) {
  const clock = makeClock();
  const store = await openStore({ folder: tempFolder(), clock });
  const people = makePeople(
    store,
    createBus(() => undefined),
  );
  const saved = await store.saveFaces(
    Array.from({ length: faces }, (_, i) => makeFaceToSave({ encoding: makeNear(anna, 0.05, i + 1) })),
  );
  const faceIds = saved.map((one) => one.face.id);
  await store.saveDiscovery(makeDiscovery("c1", faceIds, anna));
  await people.assign(assignment("c1", "Anna"));
  for (const [visit, away] of visits.entries()) {
    // Another direction each time, the same for the faces of one visit.
    const centre = makeNear(anna, away, visit + 100);
    await store.saveFaces(
      [1, 2, 3].map((seed) =>
        makeFaceToSave({
          encoding: makeNear(centre, 0.1, visit * 10 + seed),
          capturedAt: new Date(Date.UTC(2026, 1, 1, visit)),
          visitId: `v${visit}`,
          matched: { person: "Anna", personId: "anna", distance: away, score: 1 - away },
        }),
      ),
    );
  }
  const contents = await store.gallery();
  const [person] = contents.people;
  if (!person) throw new Error("Anna is not there");
  return await adviseOnVisits(store, person, buildGallery(contents.people, []), 0.6);
}

const steady = Array.from({ length: 12 }, (_, i) => 0.25 + (i % 3) * 0.01);

it("is nothing for somebody who is known from many faces and looks as always", async () => {
  expect(await open(5, steady)).toEqual([]);
  expect(await open(5, [])).toEqual([]);
});

it("is a look of the newest visit that is surely theirs, for somebody who looks different lately", async () => {
  const later = Array.from({ length: 6 }, (_, i) => 0.38 + (i % 3) * 0.01);
  const [one, ...more] = await open(5, [...steady, ...later]);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    id: "drift-anna",
    action: { method: "POST", path: "api/visits/v17/correct", body: { person: "anna" } },
  });
  expect(one?.reason).toMatch(
    /^Anna looks different lately: the last 6 visits lie 0\.\d\d away, those before 0\.\d\d\.$/,
  );
  expect(one?.picture?.visitId).toBe("v17");
});

it("is a second look for somebody who is known from one face, once a visit was surely theirs", async () => {
  expect(await open(1, [0.2])).toMatchObject([
    { kind: "few_faces", reason: "Anna is known from one face only.", action: { path: "api/visits/v0/correct" } },
  ]);
  expect(await open(1, [0.58])).toEqual([]);
  expect(await open(1, [])).toEqual([]);
});
