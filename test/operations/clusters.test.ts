import { expect, it } from "vitest";
import { clusterChangeOperations } from "../../src/operations/cluster-changes.ts";
import { clusterOperations } from "../../src/operations/clusters.ts";
import { openSystem } from "../helpers/open-system.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { makeFaceToSave } from "../make/face.ts";

const anna = makeEncoding(1);
const eve = makeEncoding(5_000);
const zoe = makeEncoding(9_000);

/** Twelve faces of Anna, two of Eve, and one of Zoe in the garden; discovered. */
async function open() {
  const running = await openSystem({ env: { DISCOVERY_THRESHOLD: "0.7" } });
  const { system, store } = running;
  const day = (n: number) => new Date(Date.UTC(2026, 1, n, 12));
  const faces = [
    ...Array.from({ length: 12 }, (_, i) => ({ encoding: makeNear(anna, 0.25, i + 1), capturedAt: day(i + 1) })),
    ...[20, 21].map((n) => ({ encoding: makeNear(eve, 0.1, n), capturedAt: day(n) })),
    { encoding: zoe, capturedAt: day(22), camera: "garden" },
  ];
  const saved = await store.saveFaces(faces.map((face) => makeFaceToSave(face)));
  await system.discover.start().done;
  const list = (input: Parameters<typeof clusterOperations.clusters.run>[0] = {}) =>
    clusterOperations.clusters.run(input, system);
  const [ofAnna, ofEve, ofZoe] = (await list()).clusters.map((one) => one.id) as [string, string, string];
  return { ...running, list, ids: saved.map((one) => one.face.id), ofAnna, ofEve, ofZoe };
}

it("lists a page, how many match, and how many there are of each kind", async () => {
  const { system, list, ofAnna, ofEve, ofZoe } = await open();
  const first = await list({ limit: 2 });
  expect(first.clusters.map((one) => [one.id, one.size])).toEqual([
    [ofAnna, 12],
    [ofEve, 2],
  ]);
  expect(first.total).toBe(3);
  expect(first.overview).toEqual({
    waiting: 3,
    many: 1,
    few: 1,
    once: 1,
    came_back: 0,
    known: { clusters: 0, faces: 0 },
    ignored: { clusters: 0, faces: 0 },
  });
  const second = await list({ limit: 2, ...(first.next_cursor === null ? {} : { cursor: first.next_cursor }) });
  expect(second).toMatchObject({ clusters: [{ id: ofZoe, visits: 1, stranger: null }], next_cursor: null, total: 3 });
  expect(await list({ max_size: 2, min_size: 2 })).toMatchObject({ clusters: [{ id: ofEve }], total: 1 });
  expect(await list({ came_back: true })).toMatchObject({ clusters: [], total: 0, overview: { waiting: 3 } });
  await clusterChangeOperations.ignore.run({ cluster: ofZoe }, system);
  expect(await list()).toMatchObject({ total: 2, overview: { once: 0, ignored: { clusters: 1, faces: 1 } } });
  expect(await list({ state: "ignored" })).toMatchObject({ total: 1, clusters: [{ id: ofZoe }] });
});

it("shows a group's faces newest first, or least alike first, page by page, each with how it fits", async () => {
  const { system, store, ids, ofAnna, ofZoe } = await open();
  const odd = await store.saveFaces([makeFaceToSave({ encoding: makeNear(anna, 0.58, 77) })]);
  await system.discover.start().done;
  const read = (input: { sort?: "newest" | "least_alike"; limit?: number; cursor?: string }) =>
    clusterOperations.cluster.run({ cluster: ofAnna, ...input }, system);
  const newest = await read({ limit: 20 });
  expect(newest.faces).toHaveLength(13);
  const times = newest.faces.map((face) => face.timestamp);
  expect(times).toEqual([...times].sort().reverse());
  const oddId = odd[0]?.face.id;
  expect(newest.faces.filter((face) => face.different).map((face) => face.face_id)).toEqual([oddId]);
  const pages = await read({ sort: "least_alike", limit: 5 });
  expect(pages.faces[0]).toMatchObject({ face_id: oddId, different: true });
  const next = await read({ sort: "least_alike", limit: 20, cursor: pages.next_cursor ?? "" });
  const both = [...pages.faces, ...next.faces];
  expect(next.next_cursor).toBeNull();
  expect(both.map((face) => face.face_id).sort((a, b) => a - b)).toEqual([...ids.slice(0, 12), oddId]);
  const distances = both.map((face) => face.distance ?? 0);
  expect(distances).toEqual([...distances].sort((a, b) => b - a));
  const [alone] = (await clusterOperations.cluster.run({ cluster: ofZoe }, system)).faces;
  expect(alone).toMatchObject({ distance: null, different: false });
});

it("ignores what a filter matches of those that wait, and undoes it at once", async () => {
  const { system, list, ofAnna } = await open();
  await clusterChangeOperations.assign.run({ cluster: ofAnna, name: "Anna" }, system);
  const more = await system.store.counts();
  expect(more.unassigned).toBe(3);
  expect(await clusterChangeOperations.ignoreAll.run({ filter: { max_size: 1 } }, system)).toEqual({
    clusters: 1,
    faces: 1,
    change: 2,
  });
  expect(await clusterChangeOperations.ignoreAll.run({ filter: { camera: "nowhere" } }, system)).toEqual({
    clusters: 0,
    faces: 0,
    change: null,
  });
  expect(await clusterChangeOperations.ignoreAll.run({ filter: {} }, system)).toMatchObject({ clusters: 1, faces: 2 });
  expect((await list()).overview).toMatchObject({ waiting: 0, ignored: { clusters: 2, faces: 3 } });
  await system.people.undo(2);
  expect((await list()).overview).toMatchObject({ waiting: 1, ignored: { clusters: 1, faces: 2 } });
});

it("wants either clusters or a filter to ignore", async () => {
  const { system, ofAnna } = await open();
  for (const input of [{}, { clusters: [{ id: ofAnna }], filter: {} }]) {
    await expect(clusterChangeOperations.ignoreAll.run(input, system)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
});

it("names several groups at once, each once", async () => {
  const { system, list, ofEve, ofZoe } = await open();
  const clusters = [{ id: ofEve }, { id: ofZoe }, { id: ofEve }];
  expect(await clusterChangeOperations.assignAll.run({ clusters, name: "Eve" }, system)).toMatchObject({
    person: "Eve",
    assigned: 3,
    encoding_count: 2,
    change: 1,
  });
  expect((await list()).total).toBe(1);
});

it("compares groups all with all, says which does not belong, and who all together may be", async () => {
  const { system, store, ofAnna, ofZoe } = await open();
  const saved = await store.saveFaces(
    [0.1, 0.1, 0.12].map((away, i) => makeFaceToSave({ encoding: makeNear(anna, away, 300 + i) })),
  );
  // Three groups of Anna beside Zoe: as a stricter discovery would leave them.
  const mean = makeNear(anna, 0.1, 4);
  const found = saved.map(({ face }, i) => ({
    id: `a${i}`,
    faceIds: [face.id],
    mean,
    model: "dlib",
  }));
  const zoe = await store.faces({ cluster: ofZoe }, { limit: 1, cursor: null });
  const zoeId = zoe.items[0]?.id ?? 0;
  const at = new Date();
  await clusterChangeOperations.assign.run({ cluster: ofAnna, name: "Anna" }, system);
  await store.saveDiscovery({
    id: "d",
    startedAt: at,
    finishedAt: at,
    faces: 4,
    clusters: [...found, { id: "z", faceIds: [zoeId], mean: makeEncoding(9_000), model: "dlib" }],
  });
  const answer = await clusterOperations.compare.run({ clusters: ["a0", "z", "a1", "a2"] }, system);
  expect(answer.odd).toBe("z");
  expect(answer.clusters.map((one) => one.id)).toEqual(["a0", "z", "a1", "a2"]);
  expect(answer.clusters[1]?.distance).toBeGreaterThan(answer.clusters[0]?.distance ?? 9);
  expect(answer.candidates[0]).toMatchObject({ person: "Anna" });
  const two = await clusterOperations.compare.run({ clusters: ["a0", "a1"] }, system);
  expect(two).toMatchObject({ odd: null, candidates: [{ person: "Anna", level: "sure" }] });
  await expect(clusterOperations.compare.run({ clusters: ["a0", "c_none"] }, system)).rejects.toMatchObject({
    code: "CLUSTER_NOT_FOUND",
  });
});

it("merges groups into one without a name, says others are different people, and one that it is one person", async () => {
  const { system, list, ofAnna, ofEve, ofZoe } = await open();
  const run = clusterChangeOperations;
  const merged = await run.mergeClusters.run({ clusters: [ofEve, ofAnna] }, system);
  expect(merged).toMatchObject({ cluster: { id: ofAnna, size: 14, state: "waiting", split: null }, change: 1 });
  // The most central face of both, not that of the smaller one.
  expect(merged.cluster.representatives).toHaveLength(5);
  expect((await list()).total).toBe(2);
  await system.discover.start().done;
  expect((await list()).clusters.map((one) => [one.id, one.size])).toEqual([
    [ofAnna, 14],
    [ofZoe, 1],
  ]);
  expect(await run.keepApart.run({ clusters: [ofAnna, ofZoe] }, system)).toEqual({ change: 2 });
  expect(await run.keepTogether.run({ cluster: ofAnna }, system)).toEqual({ change: 3 });
  await expect(run.keepApart.run({ clusters: [ofAnna, ofAnna] }, system)).rejects.toMatchObject({
    code: "EMPTY_SELECTION",
  });
  await system.people.undo(3);
  await system.people.undo(2);
  await system.people.undo(1);
  await system.discover.start().done;
  expect((await list()).total).toBe(3);
});

it("draws people and groups by likeness, the same way until they change", { timeout: 30_000 }, async () => {
  const { system, store, ofAnna, ofEve, ofZoe } = await open();
  const near = await store.saveFaces([makeFaceToSave({ encoding: makeNear(eve, 0.45, 70) })]);
  const mean = makeNear(eve, 0.45, 70);
  await clusterChangeOperations.assign.run({ cluster: ofAnna, name: "Anna" }, system);
  const map = await clusterOperations.map.run({}, system);
  expect(map.points.map(({ kind, id, name, size }) => [kind, id, name, size])).toEqual([
    ["cluster", ofEve, null, 2],
    ["cluster", ofZoe, null, 1],
    ["person", "anna", "Anna", 12],
  ]);
  expect(map).toMatchObject({ clusters: { shown: 2, total: 2 }, people: { shown: 1, total: 1 }, model: "dlib" });
  expect(await clusterOperations.map.run({}, system)).toEqual(map);
  expect(await clusterOperations.map.run({ model: "sface" }, system)).toMatchObject({
    points: [],
    people: { shown: 0, total: 1 },
  });
  await expect(clusterOperations.map.run({ model: "none" }, system)).rejects.toMatchObject({ code: "INVALID_INPUT" });

  // Beside Eve's group there is one that may be her, as a stricter discovery leaves it; and then it is not.
  const at = new Date();
  const eves = (await store.faces({ cluster: ofEve }, { limit: 9, cursor: null })).items.map((face) => face.id);
  await store.saveDiscovery({
    id: "strict",
    startedAt: at,
    finishedAt: at,
    faces: 3,
    clusters: [
      { id: "c_eve", faceIds: eves, mean: eve, model: "dlib" },
      { id: "c_near", faceIds: near.map(({ face }) => face.id), mean, model: "dlib" },
    ],
  });
  await system.people.undo();
  const confused = async () =>
    (await clusterOperations.map.run({}, system)).points.map(({ id, confused_with }) => [id, confused_with]);
  expect(await confused()).toEqual(
    expect.arrayContaining([
      ["c_eve", ["c_near"]],
      ["c_near", ["c_eve"]],
    ]),
  );
  await clusterChangeOperations.keepApart.run({ clusters: ["c_eve", "c_near"] }, system);
  expect(await confused()).toEqual(
    expect.arrayContaining([
      ["c_eve", []],
      ["c_near", []],
    ]),
  );
});
