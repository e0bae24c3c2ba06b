import { expect, it } from "vitest";
import { makeEncoding } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeVisitToSave } from "../../make/visit.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { assignment, makeScene, type Scene } from "../scene.ts";

const rowOf = ({ folder }: Scene, visitId = "v_1") =>
  lookInto(folder, (db) =>
    db
      .prepare<[string], Record<string, unknown>>(
        `SELECT v.camera, v.model, v.event_id, v.started_at, v.ended_at, v.faces, v.state, v.distance, p.person_id AS person,
           f.uid AS best FROM visits v LEFT JOIN people p ON p.id = v.person_ref
         LEFT JOIN face_embeddings f ON f.id = v.best_face WHERE v.visit_id = ?`,
      )
      .get(visitId),
  );

it("a visit is stored with its faces, grows with each batch, and ends", async () => {
  const scene = await makeScene(openSqlite);
  const { store, enrol } = scene;
  await enrol("Anna", {});
  const [first, second] = [makeFaceToSave({ visitId: "v_1" }), makeFaceToSave({ visitId: "v_1" })];
  const [saved] = await store.saveFaces([first], [makeVisitToSave({ faces: 1, bestFace: first.uid })]);
  expect(saved?.face.visitId).toBe("v_1");
  const to = new Date("2026-02-18T10:00:05Z");
  await store.saveFaces([second], [makeVisitToSave({ to, faces: 2, eventId: "e", bestFace: second.uid })]);
  const stored = {
    camera: "front_door",
    model: "dlib",
    event_id: "e",
    started_at: "2026-02-18T10:00:00.000Z",
    ended_at: "2026-02-18T10:00:05.000Z",
    faces: 2,
    state: "open",
    distance: null,
    person: null,
    best: second.uid,
  };
  expect(rowOf(scene)).toEqual(stored);
  const outcome = { visitId: "v_1", state: "recognized", personId: "anna", distance: 0.25, strangerId: null } as const;
  await store.endVisits([outcome, { ...outcome, visitId: "gone" }]);
  expect(rowOf(scene)).toEqual({ ...stored, state: "recognized", person: "anna", distance: 0.25 });
});

it("faces and visits are stored together or not at all", async () => {
  const scene = await makeScene(openSqlite);
  const visit = makeVisitToSave({ state: "nonsense" as "open" });
  await expect(scene.store.saveFaces([makeFaceToSave({ visitId: "v_1" })], [visit])).rejects.toThrow("CHECK");
  expect((await scene.store.counts()).faces).toBe(0);
  await scene.store.saveFaces([makeFaceToSave({ uid: "known" })]);
  expect(await scene.store.knownUids(["unknown", "known"])).toEqual(new Set(["known"]));
});

it("a person recognized later becomes the match of all faces of the visit, and whoever it was before was not seen", async () => {
  const scene = await makeScene(openSqlite);
  const { store, enrol } = scene;
  await enrol("Anna", {});
  await enrol("Bob", {});
  const person = (personId: string, distance: number) => ({ personId, distance, rematch: true });
  const match = { person: "Anna", personId: "anna", distance: 0.4, score: 0.6 };
  await store.saveFaces([makeFaceToSave({ visitId: "v_1" })], [makeVisitToSave()]);
  const [second] = await store.saveFaces(
    [makeFaceToSave({ visitId: "v_1", matched: match })],
    [makeVisitToSave({ faces: 2, ...person("anna", 0.4) })],
  );
  const matches = async () =>
    (await store.faces({ seenAs: "anna", recognized: true }, { limit: 9, cursor: null })).items.map(
      (one) => one.matched,
    );
  expect(await matches()).toEqual([
    { person: "Anna", personId: "anna", distance: 0.4 },
    { person: "Anna", personId: "anna", distance: 0.4 },
  ]);
  expect((await store.personStates(new Set(["anna"])))[0]).toMatchObject({ faceId: second?.face.id, distance: 0.4 });
  await store.saveFaces([makeFaceToSave({ visitId: "v_1" })], [makeVisitToSave({ faces: 3, ...person("bob", 0.2) })]);
  expect(await matches()).toEqual([]);
  expect((await store.personStates(new Set(["anna"])))[0]?.distance).toBeNull();
  expect(rowOf(scene)).toMatchObject({ person: "bob", distance: 0.2, faces: 3 });
});

it("somebody who was removed meanwhile was not recognized", async () => {
  const scene = await makeScene(openSqlite);
  await scene.store.saveFaces(
    [makeFaceToSave({ visitId: "v_1" })],
    [makeVisitToSave({ state: "recognized", personId: "anna", distance: 0.2 })],
  );
  expect(rowOf(scene)).toMatchObject({ state: "unknown", person: null, distance: null });
});

it("what a user corrected while it goes on stays", async () => {
  const scene = await makeScene(openSqlite);
  const { store, folder, enrol } = scene;
  await enrol("Anna", {});
  await store.saveFaces([makeFaceToSave({ visitId: "v_1" })], [makeVisitToSave()]);
  lookInto(folder, (db) => db.exec("UPDATE visits SET state = 'corrected', person_ref = 1"));
  await store.saveFaces([makeFaceToSave({ visitId: "v_1" })], [makeVisitToSave({ faces: 2 })]);
  await store.endVisits([{ visitId: "v_1", state: "unknown", personId: null, distance: null, strangerId: null }]);
  expect(rowOf(scene)).toMatchObject({ state: "corrected", person: "anna", faces: 2 });
});

it.each([
  ["it was Zoe", { kind: "is", name: "Zoe", addLook: false }],
  ["it was not Anna", { kind: "not", personId: "anna" }],
  ["it does not matter", { kind: "ignore" }],
] as const)(
  "a correction of an open visit (%s) that is undone after its end does not open it again",
  async (_, said) => {
    const scene = await makeScene(openSqlite);
    const { store, enrol } = scene;
    await enrol("Anna", {});
    const visits = [makeVisitToSave({ personId: "anna", distance: 0.3 }), makeVisitToSave({ visitId: "v_2" })];
    await store.saveFaces(
      visits.map(({ visitId }) => makeFaceToSave({ visitId })),
      visits,
    );
    const states = () => ["v_1", "v_2"].map((id) => rowOf(scene, id)?.state);
    await store.correctVisit("v_1", said);
    await store.undo();
    expect(states()).toEqual(["open", "open"]);
    await store.correctVisit("v_1", said);
    await store.correctVisit("v_2", said);
    await store.endVisits([{ visitId: "v_1", state: "recognized", personId: "anna", distance: 0.3, strangerId: null }]);
    await scene.reopen();
    await scene.store.endOpenVisits();
    await scene.store.undo();
    await scene.store.undo();
    expect(states()).toEqual(["recognized", "unknown"]);
  },
);

it("visits that an earlier run left open end as what is stored of them", async () => {
  const scene = await makeScene(openSqlite);
  const { store, enrol, discover } = scene;
  await enrol("Anna", {});
  const [postman] = await scene.add({ encoding: makeEncoding(9) });
  await discover({ c1: [postman as number] });
  await store.ignore("c1", null);
  await store.saveFaces(
    ["v_1", "v_2", "v_3"].map((visitId) =>
      makeFaceToSave({ visitId, ignoredCluster: visitId === "v_3" ? "c1" : null }),
    ),
    [
      makeVisitToSave({ personId: "anna", distance: 0.3 }),
      makeVisitToSave({ visitId: "v_2" }),
      makeVisitToSave({ visitId: "v_3" }),
    ],
  );
  await scene.reopen();
  await scene.store.endOpenVisits();
  expect(["v_1", "v_2", "v_3"].map((id) => rowOf(scene, id)?.state)).toEqual(["recognized", "unknown", "ignored"]);
});

it("a visit goes with its last face, and is made of those that are left", async () => {
  const scene = await makeScene(openSqlite);
  const { store, enrol } = scene;
  const faces = [1, 2].map((seed) => makeFaceToSave({ visitId: "v_1", encoding: makeEncoding(seed) }));
  await store.saveFaces(faces, [makeVisitToSave({ faces: 2, bestFace: faces[1]?.uid ?? "" })]);
  const ids = (await store.faces({}, { limit: 9, cursor: null })).items.map((face) => face.id).sort();
  await store.purge([ids[1] as number]);
  expect(rowOf(scene)).toMatchObject({ faces: 1, best: faces[0]?.uid });
  await scene.discover({ c1: [ids[0] as number] });
  await store.assign(assignment("c1", "Anna"));
  await enrol("Bob", {});
  await store.remove("anna", "erase");
  expect(rowOf(scene)).toBeUndefined();
});
