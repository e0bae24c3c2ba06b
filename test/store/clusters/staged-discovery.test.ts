import { cpSync } from "node:fs";
import { setImmediate as nextTick } from "node:timers/promises";
import { expect, test } from "vitest";
import type { DiscoveryResult } from "../../../src/store/port/clusters.ts";
import type { Store } from "../../../src/store/port.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { checkInvariants } from "../invariants.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { assignment, makeScene, PAGE } from "../scene.ts";

/** Enough for several chunks. */
const FACES = 960;
const EACH = 40;

async function makeStaged() {
  const scene = await makeScene(openSqlite);
  const ids = await scene.add(...Array.from({ length: FACES }, () => ({})));
  const mean = (await scene.store.encodingOf(ids[0] as number)) as Float32Array;
  const result = (id: string, of: readonly number[], prefix = id): DiscoveryResult => {
    const groups = Array.from({ length: Math.ceil(of.length / EACH) }, (_, i) => of.slice(i * EACH, (i + 1) * EACH));
    const clusters = groups.map((faceIds, i) => ({ id: `${prefix}${i}`, faceIds, model: "dlib", mean }));
    scene.clock.advance(1_000);
    return { id, startedAt: scene.clock.now(), finishedAt: scene.clock.now(), faces: of.length, clusters };
  };
  return { ...scene, ids, result };
}

/** Runs `each` after every chunk of the save. */
async function saving(store: Store, result: DiscoveryResult, each: (chunk: number) => unknown): Promise<number> {
  let isDone = false;
  const saved = store.saveDiscovery(result).finally(() => {
    isDone = true;
  });
  let chunks = 0;
  while (!isDone) {
    await nextTick();
    if (!isDone) await each(chunks++);
  }
  await saved;
  return chunks;
}

const membersOf = (result: DiscoveryResult) =>
  new Map(result.clusters.map((one) => [one.id, [...one.faceIds].sort((a, b) => a - b)]));

const unseen = (folder: string) =>
  lookInto(folder, (db) =>
    db
      .prepare(
        `SELECT (SELECT count(*) FROM cluster_rows) - (SELECT count(*) FROM clusters) AS clusters,
         (SELECT count(*) FROM cluster_face_rows) - (SELECT count(*) FROM cluster_faces) AS faces`,
      )
      .get(),
  );

test("a save that is killed after any of its chunks shows the former result as a whole, and leaves nothing", async () => {
  const { store, folder, clock, ids, result } = await makeStaged();
  const former = result("former", ids);
  const next = result("next", [...ids].reverse());
  await store.saveDiscovery(former);
  await store.dropFormerClusters();
  const copies: string[] = [];
  await saving(store, next, () => {
    const copy = tempFolder();
    cpSync(folder, copy, { recursive: true });
    copies.push(copy);
  });
  expect(await store.clusterMembers()).toEqual(membersOf(next));
  expect(copies.length).toBeGreaterThan(4);
  let staged = 0;
  for (const copy of copies) {
    const after = await openSqlite(copy, clock);
    const id = (await after.lastDiscovery())?.id;
    expect(await after.clusterMembers()).toEqual(membersOf(id === "former" ? former : next));
    if (JSON.stringify(unseen(copy)) !== JSON.stringify({ clusters: 0, faces: 0 }) && id === "former") staged++;
    await after.dropFormerClusters();
    expect(unseen(copy)).toEqual({ clusters: 0, faces: 0 });
    await checkInvariants(after, copy);
  }
  expect(staged).toBeGreaterThan(2);
});

test("what users do between the chunks wins over what is saved", async () => {
  const { store, folder, ids, result, clock } = await makeStaged();
  await store.saveDiscovery(result("former", ids));
  await store.ignore("former7", null);
  const next = result("next", [...ids].reverse());
  const at = (group: number) => ids.slice(group * EACH, (group + 1) * EACH);
  const steps: (() => unknown)[] = [
    () => store.assign(assignment("former23", "Anna")),
    () => store.ignore("former22", null),
    () => store.purge([...at(21).slice(0, 3)]),
    () => store.unignore("former7"),
    () => store.assign(assignment("former1", "Berta", at(1).slice(0, 10))),
    () => store.undo(),
    () => store.ignore("former0", null),
  ];
  const chunks = await saving(store, next, async (chunk) => {
    clock.advance(1);
    await steps[chunk]?.();
  });
  expect(chunks).toBeGreaterThanOrEqual(steps.length);

  expect((await store.cluster("former22"))?.ignored).toBe(true);
  expect((await store.cluster("former0"))?.ignored).toBe(true);
  expect((await store.cluster("former7"))?.ignored).toBe(false);
  for (const id of at(23)) expect((await store.face(id))?.person).toBe("Anna");
  const seen = await store.faces({ state: "unassigned" }, { ...PAGE, limit: 1_000 });
  const free = new Set([...ids.slice(EACH, 21 * EACH), ...at(21).slice(3)]);
  expect(new Set(seen.items.map((face) => face.id))).toEqual(free);
  for (const { id, cluster } of seen.items) {
    // Assigned and given back while it was saved: they wait for the next discovery.
    if (cluster === null) expect(at(1)).toContain(id);
    else expect(cluster).toMatch(at(7).includes(id) ? /^former7$/ : /^next/);
  }
  await store.dropFormerClusters();
  await checkInvariants(store, folder);
});

test("a cluster keeps its id from one result to the next, and those that were ignored stay whatever comes", async () => {
  const { store, folder, ids, result } = await makeStaged();
  await store.saveDiscovery(result("a", ids, "c"));
  await store.ignore("c3", null);
  for (const again of ["b", "d"]) {
    await store.saveDiscovery(result(again, ids, "c"));
    expect((await store.cluster("c3"))?.ignored).toBe(true);
    expect((await store.cluster("c4"))?.size).toBe(EACH);
    expect((await store.lastDiscovery())?.clusters).toBe(FACES / EACH - 1);
  }
  await store.dropFormerClusters();
  expect(unseen(folder)).toEqual({ clusters: 0, faces: 0 });
  await checkInvariants(store, folder);
});
