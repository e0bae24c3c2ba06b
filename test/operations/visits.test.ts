import { expect, it } from "vitest";
import { changeOperations } from "../../src/operations/changes.ts";
import { clusterChangeOperations } from "../../src/operations/cluster-changes.ts";
import { clusterOperations } from "../../src/operations/clusters.ts";
import { visitOperations } from "../../src/operations/visits.ts";
import { openSystem } from "../helpers/open-system.ts";
import { makeDiscovery } from "../make/discovery.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave } from "../make/face.ts";
import { makeVisitToSave } from "../make/visit.ts";
import { assignment } from "../store/scene.ts";

const ANNA = makeEncoding(1);

/** Anna has one look; `v_1` was recognized as her, far from that look. */
async function open() {
  const running = await openSystem();
  const { store, people, system, bus } = running;
  const seen: string[] = [];
  bus.on("visit", ({ visitId, state }) => seen.push(`${visitId} ${state}`));
  await store.saveFaces([makeFaceToSave({ encoding: ANNA })]);
  await store.saveDiscovery(makeDiscovery("c1", [1], ANNA));
  await people.assign(assignment("c1", "Anna"));
  const addVisit = async (visitId: string, encodings: readonly Float32Array[], personId: string | null) => {
    const matched = personId === null ? null : { person: "Anna", personId, distance: 0.5, score: 0.5 };
    const faces = encodings.map((encoding) => makeFaceToSave({ visitId, encoding, matched }));
    const state = personId === null ? "unknown" : "recognized";
    const distance = personId === null ? null : 0.5;
    const bestFace = faces[0]?.uid ?? "";
    await store.saveFaces(faces, [
      makeVisitToSave({ visitId, faces: faces.length, state, personId, distance, bestFace }),
    ]);
  };
  const far = makeNear(ANNA, 0.55, 1);
  await addVisit("v_1", [far, makeNear(far, 0.05, 2)], "anna");
  return {
    ...running,
    addVisit,
    seen,
    correct: (input: Parameters<typeof visitOperations.correct.run>[0]) => visitOperations.correct.run(input, system),
  };
}

it("lists visits by the name of a person, and refuses one whom it does not know", async () => {
  const { system } = await open();
  const { visits } = await visitOperations.visits.run({ person: "Anna" }, system);
  expect(visits).toMatchObject([
    {
      visit_id: "v_1",
      person: "Anna",
      person_id: "anna",
      score: 0.5,
      distance: 0.5,
      state: "recognized",
      stranger: null,
    },
  ]);
  expect(visits[0]?.representative).toMatchObject({ camera: "front_door", thumbnail: null });
  await expect(visitOperations.visits.run({ person: "Bob" }, system)).rejects.toMatchObject({
    code: "PERSON_NOT_FOUND",
  });
  await expect(visitOperations.visit.run({ visit: "v_2" }, system)).rejects.toMatchObject({ code: "VISIT_NOT_FOUND" });
});

it.each([{}, { person: "Bob", not: "Anna" }, { person: "Bob", ignore: true as const }])(
  "refuses a correction that is not exactly one: %j",
  async (said) => {
    const { correct } = await open();
    await expect(correct({ visit: "v_1", ...said })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  },
);

it("a correction is answered with the visit, and emitted; the very next face is decided by it", async () => {
  const { correct, people, seen } = await open();
  expect(await correct({ visit: "v_1", not: "anna" })).toMatchObject({ state: "corrected", person: null });
  expect(people.gallery("dlib").doubted).toBe(1);
  expect(await correct({ visit: "v_1", person: " Zoe " })).toMatchObject({ state: "corrected", person: "Zoe" });
  expect(people.gallery("dlib").people).toBe(2);
  expect(await correct({ visit: "v_1", ignore: true })).toMatchObject({ state: "ignored", person: null });
  expect(seen).toEqual(["v_1 corrected", "v_1 corrected", "v_1 ignored"]);
});

it("yes, Anna adds a look where it differs from those that she has, and only then", async () => {
  const { correct, people, addVisit } = await open();
  await addVisit("v_2", [makeNear(ANNA, 0.1, 3)], null);
  await correct({ visit: "v_2", person: "Anna" });
  expect(people.gallery("dlib").encodings).toBe(1);
  await correct({ visit: "v_1", person: "anna" });
  expect(people.gallery("dlib").encodings).toBe(2);
});

it("undoing a correction is undoing one change", async () => {
  const { system, correct } = await open();
  await correct({ visit: "v_1", person: "Bob" });
  expect(await changeOperations.undo.run({}, system)).toEqual({
    undone: "taken back: a visit at front_door was corrected: it was Bob",
    action: "correct",
    facts: { form: "is", names: ["Bob"], camera: "front_door" },
    change: 2,
  });
  expect(await visitOperations.visit.run({ visit: "v_1" }, system)).toMatchObject({
    person: "Anna",
    state: "recognized",
  });
});

it("a group that is not Anna is suggested for her no more", async () => {
  const { system, store } = await open();
  const { items } = await store.faces({ visit: "v_1" }, { limit: 9, cursor: null });
  const faceIds = items.map((face) => face.id);
  const mean = (await store.encodingOf(faceIds[0] as number)) as Float32Array;
  await store.saveDiscovery(makeDiscovery("c2", faceIds, mean));
  expect(await clusterChangeOperations.reject.run({ cluster: "c2", person: "Anna" }, system)).toEqual({
    change: 2,
    cluster: "c2",
    person: "Anna",
    person_id: "anna",
    faces: 2,
  });
  expect((await clusterOperations.cluster.run({ cluster: "c2" }, system)).suggestion).toBeNull();
  await expect(clusterChangeOperations.reject.run({ cluster: "c2", person: "Bob" }, system)).rejects.toMatchObject({
    code: "PERSON_NOT_FOUND",
  });
});
