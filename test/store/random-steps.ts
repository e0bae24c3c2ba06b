import fc from "fast-check";
import { FacesError } from "../../src/domain/errors.ts";
import type { Store } from "../../src/store/port.ts";
import { makeEncoding, makeSface } from "../make/encoding.ts";
import { openSqlite } from "./open-sqlite.ts";
import { assignment, makeScene, PAGE, type Scene } from "./scene.ts";

const NAMES = ["Anna", "Łukasz", "Bob", "anna", "Zoe", "bob_2"];

/** What may happen; the numbers choose who and what. */
export type Step = readonly [kind: (typeof KINDS)[number], a: number, b: number];

const CHANGES = [
  "assign",
  "assignSome",
  "assignAll",
  "claim",
  "move",
  "portrait",
  "unassign",
  "rename",
  "merge",
  "delete",
  "ignore",
  "unignore",
  "reject",
  "split",
  "mergeGroups",
  "keepApart",
  "keepTogether",
  "ignoreAll",
  "assignGroups",
  "registry",
  "reEncode",
] as const;
const OTHERS = [
  "add",
  "addMatched",
  "join",
  "discover",
  "purge",
  "thumbnail",
  "reopen",
  "undo",
  "undo",
  "undoAny",
  "redoAny",
  "erase",
] as const;
const KINDS = [...CHANGES, ...OTHERS] as const;

/** The changes in the history, newest first. */
export const changesOf = async (store: Store) => (await store.changes(PAGE)).items;
const standing = async (store: Store) => (await changesOf(store)).filter((one) => one.undoneAt === null);
const undone = async (store: Store) => (await changesOf(store)).filter((one) => one.undoneAt !== null);

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

const sfaceFace = (seed: number) => ({ encoding: makeSface(seed), model: "sface" });

async function take(scene: Scene, [kind, a, b]: Step): Promise<void> {
  const { store } = scene;
  const people = (await store.people(PAGE)).items;
  const person = pick(people, a)?.personId ?? "no_one";
  const faces = (await store.faces({}, PAGE)).items;
  const waiting = (await store.clusters({ ignored: false }, PAGE)).items;
  const ignored = (await store.clusters({ ignored: true }, PAGE)).items;
  const name = pick(NAMES, b) as string;
  const some = faces.filter((face) => (face.id + a) % 3 === 0).map((face) => face.id);
  const steps: Record<Step[0], () => Promise<unknown>> = {
    assign: () => store.assign(assignment(pick([...waiting, ...ignored], a)?.id ?? "none", name)),
    assignSome: async () => {
      const cluster = pick(waiting, a);
      const members = (await store.faces({ cluster: cluster?.id ?? "" }, PAGE)).items.map((face) => face.id);
      await store.assign(assignment(cluster?.id ?? "none", name, members.slice(1)));
    },
    assignAll: () =>
      store.assignAll(
        waiting.slice(a % 2).map(({ id: cluster, version }, at) => ({
          cluster,
          version,
          personId: pick(people, b + at)?.personId ?? "no_one",
          enrol: at % 2 === 0,
        })),
        a % 3 !== 0,
      ),
    split: async () => {
      const cluster = pick(waiting, a);
      const members = (await store.faces({ cluster: cluster?.id ?? "" }, PAGE)).items.map((face) => face.id);
      await store.split({ cluster: cluster?.id ?? "none", version: null, faces: members.slice(1) });
    },
    mergeGroups: () =>
      store.mergeClusters({
        clusters: waiting.filter((_, at) => (at + a) % 2 === 0).map((one) => one.id),
        allowSameFrame: b % 3 !== 0,
      }),
    keepApart: () => store.keepApart(waiting.slice(a % 2).map((one) => one.id)),
    keepTogether: () => store.keepTogether({ cluster: pick(waiting, a)?.id ?? "none", version: null }),
    ignoreAll: () => store.ignoreAll(waiting.slice(a % 3).map((one) => ({ cluster: one.id, version: one.version }))),
    assignGroups: () =>
      store.assignClusters({
        clusters: waiting.slice(a % 2).map((one) => ({ cluster: one.id, version: null })),
        name,
        allowSameFrame: b % 2 === 0,
      }),
    claim: () => store.claim(person, some),
    portrait: () =>
      store.setPortrait(
        person,
        b % 4 === 0
          ? null
          : (pick(
              faces.filter((face) => face.personId === person && face.hasThumbnail),
              b,
            )?.id ?? null),
      ),
    move: () =>
      store.move({ faceIds: some, name, addLooks: a % 2 === 0 ? ["dlib"] : ["sface"], allowSameFrame: b % 2 === 0 }),
    unassign: () => store.unassign(faces.filter((face) => face.person && face.id % 2 === a % 2).map((face) => face.id)),
    rename: () => store.rename(person, name, b % 2 === 0),
    merge: () => store.merge([person], pick(people, b)?.personId ?? "no_one"),
    delete: () => store.remove(person, "unassign"),
    erase: () => (a % 4 === 0 ? store.remove(person, "erase") : Promise.resolve()),
    ignore: () => store.ignore(pick(waiting, a)?.id ?? "none", null),
    unignore: () => store.unignore(pick(ignored, a)?.id ?? "none"),
    reject: () =>
      store.reject(pick([...waiting, ...ignored], a)?.id ?? "none", null, pick(people, b)?.personId ?? "no_one"),
    registry: async () =>
      store.applyRegistryEdit({
        addedPeople: [
          { name, encodings: [{ encoding: makeEncoding(b), source: "f", sources: [], count: 1, model: "dlib" }] },
        ],
        removedPeople: a % 3 === 0 ? [person] : [],
        renamedPeople: [],
        addedEncodings: [],
        removedEncodings: (await store.registry()).flatMap((one) => one.encodings.slice(0, b % 2)).map((one) => one.id),
      }),
    reEncode: async () => {
      for (const one of await store.peopleToReEncode("sface")) {
        for (const { id } of one.faces.filter((face) => (face.id + a) % 4 !== 0)) {
          await store.saveFurtherEncoding({ faceId: id, model: "sface", encoding: makeSface(id), quality: 10 });
        }
      }
      await store.enrolAgain("sface");
    },
    add: () => scene.add({ source: `f${a % 5}` }, {}, {}, sfaceFace(a), sfaceFace(b)),
    addMatched: () => scene.add({ matched: { person: "?", personId: person, distance: 0.25, score: 0.75 } }),
    join: () => {
      const { id, model } = pick(ignored, a) ?? { id: "none", model: "dlib" };
      return scene.add({ ...(model === "sface" && sfaceFace(b)), ignoredCluster: id });
    },
    discover: async () => {
      const groups: Record<string, number[]> = {};
      const models: Record<string, { model: string }> = {};
      for (const { model, faceIds } of await store.collectUnassigned({ includeRecognized: true })) {
        for (const id of faceIds) {
          const group = `c_${model === "dlib" ? "" : model}${(id * (a + 1)) % (1 + (b % 4))}`;
          groups[group] = [...(groups[group] ?? []), id];
          models[group] = { model };
        }
      }
      await scene.discover(groups, models);
    },
    purge: async () => store.purge(some.slice(0, 2)),
    thumbnail: () => store.saveThumbnail(some[0] ?? 1, new Uint8Array(600)),
    reopen: () => scene.reopen(),
    undo: () => store.undo(),
    undoAny: async () => store.undo(pick(await standing(store), a)?.id ?? 0),
    redoAny: async () => store.redo(pick(await undone(store), a)?.id ?? 0),
  };
  await steps[kind]();
}

export const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...KINDS), fc.nat({ max: 60 }), fc.nat({ max: 60 }));
export const change: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(...CHANGES),
  fc.nat({ max: 60 }),
  fc.nat({ max: 60 }),
);

/** Refusals are part of life; anything else is a defect, and so is a reference that no rule has foreseen. */
export async function tryStep(scene: Scene, wanted: Step): Promise<boolean> {
  try {
    await take(scene, wanted);
    return true;
  } catch (error) {
    if (!(error instanceof FacesError) || error.code === "INTERNAL" || error.cause !== undefined) throw error;
    return false;
  }
}

export async function makeCrowd(): Promise<Scene> {
  const scene = await makeScene(openSqlite);
  await scene.enrol("Anna", {}, {}, {});
  await scene.enrol("Bob", {}, {});
  const ids = await scene.add({}, {}, {}, {}, {}, {});
  await scene.discover({ c_0: ids.slice(0, 3), c_1: ids.slice(3) });
  return scene;
}
