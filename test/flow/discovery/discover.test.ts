import { expect, it } from "vitest";
import { createClusterer } from "../../../src/cluster/clusterer.ts";
import { createProposer } from "../../../src/cluster/propose/proposer.ts";
import { systemClock } from "../../../src/domain/clock.ts";
import type { Discovery } from "../../../src/domain/cluster.ts";
import { createBus } from "../../../src/domain/events.ts";
import { createDiscover, type DiscoverDeps } from "../../../src/flow/discovery/discover.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeSettings } from "../../make/settings.ts";
import { makeVisitToSave } from "../../make/visit.ts";

const rules = { minClusterSize: 1, cannotLink: false, engine: "auto", includeRecognized: true } as const;
const settings = () => makeSettings();

async function open(overrides: Partial<DiscoverDeps> = {}) {
  const store = await openStore({ folder: tempFolder(), clock: systemClock });
  const bus = createBus((error) => {
    throw error;
  });
  const states: Discovery[] = [];
  bus.on("discovery", (state) => states.push(state));
  const deps = {
    store,
    clusterer: createClusterer(),
    proposer: createProposer(),
    settings,
    rules,
    bus,
    clock: systemClock,
    ...overrides,
  };
  return { store, states, deps, discover: createDiscover(deps) };
}

const photos = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    makeFaceToSave({ encoding: makeNear(makeEncoding(seed * 1000), 0.15, seed * 50 + i) }),
  );

const idsBySize = async (store: Awaited<ReturnType<typeof open>>["store"]) =>
  (await store.clusters({ ignored: false }, { limit: 100, cursor: null })).items.map(({ id, size }) => ({ id, size }));

it("groups all unassigned faces, largest first, and emits its progress", async () => {
  const { store, states, discover } = await open();
  await store.saveFaces([...photos(1, 3), ...photos(2, 5), ...photos(3, 1)]);
  const ended = await discover.start().done;
  expect(ended).toMatchObject({ state: "idle", progress: 1, faces: 9, clusters: 3, error: null });
  expect((await idsBySize(store)).map((one) => one.size)).toEqual([5, 3, 1]);
  expect(states[0]?.state).toBe("running");
  expect(states.at(-1)).toEqual(ended);
});

it("proposes to split a group that shows two people, and says how tight each is", async () => {
  const { store, discover } = await open();
  const anna = makeEncoding(1000);
  const of = (centre: Float32Array, seed: number) =>
    Array.from({ length: 12 }, (_, i) => makeFaceToSave({ encoding: makeNear(centre, 0.3, seed + i) }));
  await store.saveFaces([...of(anna, 1), ...of(makeNear(anna, 0.4, 99), 50)]);
  await discover.start().done;
  const [group] = (await store.clusters({ ignored: false }, { limit: 100, cursor: null })).items;
  expect(group?.size).toBe(24);
  const ids = (await store.faces({}, { limit: 100, cursor: null })).items.map((face) => face.id).sort((a, b) => a - b);
  expect(group?.split).toEqual([ids.slice(0, 12), ids.slice(12)]);
  expect(group?.tightness).toBeCloseTo(Math.hypot(0.3, 0.2), 1);
  expect(ids).toContain(group?.worst?.faceId);
});

it("keeps apart whom a user took apart, each under the id it has, however often it is run", async () => {
  const { store, discover } = await open();
  await store.saveFaces(photos(1, 9));
  await discover.start().done;
  const ids = (await store.faces({}, { limit: 100, cursor: null })).items.map((face) => face.id).sort((a, b) => a - b);
  const [group] = await idsBySize(store);
  const {
    clusters: [kept, made],
  } = await store.split({ cluster: group?.id ?? "", version: null, faces: ids.slice(0, 3) });
  for (const more of [0, 4, 0]) {
    await store.saveFaces(photos(1, 9 + more).slice(9));
    await discover.start().done;
    const groups = await idsBySize(store);
    expect(groups.map(({ id }) => id).sort()).toEqual([kept, made].sort());
    expect((await store.facesById(ids.slice(0, 3))).map((face) => face.cluster)).toEqual([made, made, made]);
    expect((await store.facesById(ids.slice(3))).map((face) => face.cluster)).toEqual(ids.slice(3).map(() => kept));
  }
  expect((await idsBySize(store)).reduce((sum, { size }) => sum + size, 0)).toBe(13);
  await store.undo();
  await discover.start().done;
  expect(await idsBySize(store)).toEqual([{ id: kept, size: 13 }]);
});

it("keeps together what a user merged, with what joins it, and does not propose to split it again", async () => {
  const { store, discover } = await open();
  const anna = makeEncoding(1000);
  const of = (centre: Float32Array, seed: number, count: number) =>
    Array.from({ length: count }, (_, i) => makeFaceToSave({ encoding: makeNear(centre, 0.2, seed + i) }));
  const other = makeNear(anna, 0.75, 99);
  await store.saveFaces([...of(anna, 1, 6), ...of(other, 50, 5), ...photos(7, 2)]);
  await discover.start().done;
  const found = await idsBySize(store);
  expect(found.map((one) => one.size)).toEqual([6, 5, 2]);
  const [first, second, third] = found.map((one) => one.id) as [string, string, string];
  await store.mergeClusters({ clusters: [first, second], allowSameFrame: true });
  for (const more of [0, 3, 0]) {
    await store.saveFaces([...of(anna, 200, more), ...of(other, 300, more)]);
    await discover.start().done;
    const groups = (await store.clusters({ ignored: false }, { limit: 9, cursor: null })).items;
    expect(groups.map((one) => one.id)).toEqual([first, third]);
    expect(groups[0]?.split).toBeNull();
  }
  expect((await idsBySize(store)).map((one) => one.size)).toEqual([17, 2]);
  await store.undo();
  await discover.start().done;
  expect((await idsBySize(store)).map((one) => one.size)).toEqual([9, 8, 2]);
});

it("proposes no split that a user said is one person, and keeps groups apart that were said to be different", async () => {
  const { store, discover } = await open();
  const anna = makeEncoding(1000);
  const of = (centre: Float32Array, seed: number) =>
    Array.from({ length: 12 }, (_, i) => makeFaceToSave({ encoding: makeNear(centre, 0.3, seed + i) }));
  const ids = (await store.saveFaces([...of(anna, 1), ...of(makeNear(anna, 0.4, 99), 50)])).map(({ face }) => face.id);
  await discover.start().done;
  const shown = async () => (await store.clusters({ ignored: false }, { limit: 9, cursor: null })).items;
  const [group] = await shown();
  expect(group?.split).not.toBeNull();
  await store.keepTogether({ cluster: group?.id ?? "", version: group?.version ?? "" });
  await discover.start().done;
  expect(await shown()).toMatchObject([{ id: group?.id, size: 24, split: null }]);
  await store.undo();
  await discover.start().done;
  expect((await shown())[0]?.split).not.toBeNull();

  // As a stricter threshold had left them.
  const mean = anna;
  const at = new Date();
  const clusters = [ids.slice(0, 12), ids.slice(12)].map((faceIds, i) => ({
    id: `c_${i}`,
    faceIds,
    mean,
    model: "dlib",
  }));
  await store.saveDiscovery({ id: "strict", startedAt: at, finishedAt: at, faces: 24, clusters });
  await store.keepApart(["c_0", "c_1"]);
  await discover.start().done;
  expect((await shown()).map((one) => [one.id, one.size])).toEqual([
    ["c_0", 12],
    ["c_1", 12],
  ]);
});

it("shows each group by a central face with a picture, and by different visits", async () => {
  const { store, discover } = await open();
  const anna = makeEncoding(1000);
  const away = [0.02, 0.05, 0.1, 0.3, 0.28, 0.26];
  const visits = ["a", "a", "a", "a", "b", "c"];
  const faces = away.map((distance, i) =>
    makeFaceToSave({ encoding: makeNear(anna, distance, i + 1), visitId: visits[i] ?? null, wantsThumbnail: i > 0 }),
  );
  const ids = (
    await store.saveFaces(
      faces,
      ["a", "b", "c"].map((visitId) => makeVisitToSave({ visitId })),
    )
  ).map(({ face }) => face.id);
  for (const id of ids.slice(1)) await store.saveThumbnail(id, new Uint8Array(9));
  await discover.start().done;
  const [group] = (await store.clusters({ ignored: false }, { limit: 9, cursor: null })).items;
  const order = group?.representatives.map((face) => ids.indexOf(face.id));
  // The most central one has no picture.
  expect(order?.[0]).toBe(1);
  expect(order?.slice(1, 3).sort()).toEqual([4, 5]);
  expect(order?.slice(3).sort()).toEqual([2, 3]);
});

it("gives the same people the same ids again", async () => {
  const { store, discover } = await open();
  await store.saveFaces([...photos(1, 3), ...photos(2, 5)]);
  await discover.start().done;
  const before = await idsBySize(store);
  await store.saveFaces([...photos(1, 9).slice(3), ...photos(3, 2)]);
  await discover.start().done;
  const after = await idsBySize(store);
  expect(after.map((one) => one.size)).toEqual([9, 5, 2]);
  expect(after.slice(0, 2).map((one) => one.id)).toEqual([before[1]?.id, before[0]?.id]);
});

it("joins the one that runs", async () => {
  const { store, discover } = await open();
  await store.saveFaces(photos(1, 3));
  const first = discover.start();
  const second = discover.start();
  expect(second.discovery.id).toBe(first.discovery.id);
  expect(await second.done).toBe(await first.done);
  expect(discover.start().discovery.id).not.toBe(first.discovery.id);
});

it.each(["throws", "hangs", "eats-memory"])(
  "fails with a reason when its worker %s, keeps the last result, and goes on",
  async (name) => {
    const { store, deps, discover } = await open();
    await store.saveFaces(photos(1, 3));
    await discover.start().done;
    const script = new URL(`../cluster/workers/${name}.mjs`, import.meta.url);
    const broken = createClusterer({ script, silenceMs: 500, resourceLimits: { maxOldGenerationSizeMb: 24 } });
    const failing = createDiscover({ ...deps, clusterer: broken });
    await failing.restore();
    await store.saveFaces(photos(2, 2));
    const ended = await failing.start().done;
    expect(ended.state).toBe("failed");
    expect(ended.error?.length).toBeGreaterThan(10);
    expect((await idsBySize(store)).map((one) => one.size)).toEqual([3]);
    expect((await discover.start().done).state).toBe("idle");
    expect((await idsBySize(store)).map((one) => one.size)).toEqual([3, 2]);
  },
);

it("can be cancelled, and knows after a restart how the last one ended", async () => {
  const { store, deps, discover } = await open();
  await store.saveFaces(photos(1, 3));
  const ended = await discover.start().done;
  const later = createDiscover(deps);
  await later.restore();
  expect(later.current()).toMatchObject({ state: "idle", id: ended.id, faces: 3, clusters: 1 });
  const script = new URL("../../cluster/workers/hangs.mjs", import.meta.url);
  const endless = createDiscover({ ...deps, clusterer: createClusterer({ script }) });
  const { done } = endless.start();
  expect((await endless.cancel()).state).toBe("cancelled");
  expect((await done).state).toBe("cancelled");
  expect((await idsBySize(store)).map((one) => one.size)).toEqual([3]);
});

it("leaves out faces that match a known person, and small groups, when asked to", async () => {
  const { store, deps } = await open();
  await store.saveFaces(photos(1, 3));
  await createDiscover(deps).start().done;
  const [group] = await idsBySize(store);
  await store.assign({ cluster: group?.id ?? "", version: null, excludeFaces: [], name: "Anna", allowSameFrame: true });
  const matched = { person: "Anna", personId: "anna", distance: 0.2, score: 0.8 };
  await store.saveFaces([
    ...photos(1, 2).map((face, i) => ({ ...face, uid: `again-${i}`, matched })),
    ...photos(2, 2),
    ...photos(3, 1),
  ]);
  const choosy = createDiscover({ ...deps, rules: { ...rules, includeRecognized: false, minClusterSize: 2 } });
  expect(await choosy.start().done).toMatchObject({ faces: 3, clusters: 1 });
  expect((await idsBySize(store)).map((one) => one.size)).toEqual([2]);
});
