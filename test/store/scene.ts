import { expect } from "vitest";
import type { FoundCluster } from "../../src/domain/cluster.ts";
import type { PageOf } from "../../src/domain/page.ts";
import { meanEncoding } from "../../src/domain/vectors/encoding.ts";
import { measureTightness } from "../../src/domain/vectors/tightness.ts";
import type { FaceToSave } from "../../src/store/port/faces.ts";
import type { Store } from "../../src/store/port.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type HeldClock, makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";

/** Opens the store under test; twice on one folder means again after a stop. */
export type OpenStore = (folder: string, clock: HeldClock) => Promise<Store>;

/** A store in a folder of its own, and short ways to fill it. */
export interface Scene {
  store: Store;
  readonly folder: string;
  readonly clock: HeldClock;
  /** Stores faces, answers their ids. */
  add(...faces: Partial<FaceToSave>[]): Promise<number[]>;
  /** Saves a discovery that found these groups, each id → members. */
  discover(
    groups: Readonly<Record<string, readonly number[]>>,
    more?: Readonly<Record<string, Partial<FoundCluster>>>,
  ): Promise<void>;
  /** A person with faces: added, discovered, assigned. */
  enrol(name: string, ...faces: Partial<FaceToSave>[]): Promise<{ personId: string; ids: number[] }>;
  reopen(): Promise<void>;
}

export const PAGE = { limit: 1_000, cursor: null };

/** Reads a list to its end; answers the items of each page. */
export async function readPages<T>(read: (cursor: string | null, at: number) => Promise<PageOf<T>>): Promise<T[][]> {
  const pages: T[][] = [];
  for (let cursor: string | null = null; ; ) {
    const page: PageOf<T> = await read(cursor, pages.length);
    pages.push([...page.items]);
    cursor = page.nextCursor;
    if (cursor === null) return pages;
  }
}

export async function makeScene(open: OpenStore): Promise<Scene> {
  const folder = tempFolder();
  const clock = makeClock();
  let discoveries = 0;
  const scene: Scene = {
    store: await open(folder, clock),
    folder,
    clock,
    async add(...faces) {
      const saved = await scene.store.saveFaces(faces.map((face) => makeFaceToSave(face)));
      return saved.map((one) => one.face.id);
    },
    async discover(groups, more = {}) {
      discoveries++;
      clock.advance(1_000);
      const startedAt = clock.now();
      clock.advance(1_000);
      const clusters = await Promise.all(
        Object.entries(groups).map(async ([id, faceIds]) => ({
          id,
          ...(await tightnessOf(scene.store, faceIds)),
          faceIds,
          model: "dlib",
          mean: (await scene.store.encodingOf(faceIds[0] as number)) as Float32Array,
          ...more[id],
        })),
      );
      const faces = Object.values(groups).flat().length;
      const result = { id: `d${discoveries}`, startedAt, finishedAt: clock.now(), faces, clusters };
      expect(await scene.store.saveDiscovery(result)).toEqual(await scene.store.lastDiscovery());
    },
    async enrol(name, ...faces) {
      const ids = await scene.add(...faces);
      await scene.discover({ [`c_${name}`]: ids });
      const { person } = await scene.store.assign(assignment(`c_${name}`, name));
      return { personId: person.personId, ids };
    },
    async reopen() {
      await scene.store.close();
      scene.store = await open(folder, clock);
    },
  };
  return scene;
}

/** As discovery would measure it. */
async function tightnessOf(store: Store, faceIds: readonly number[]) {
  const ids = [...faceIds].sort((a, b) => a - b);
  const encodings = await Promise.all(ids.map(async (id) => (await store.encodingOf(id)) ?? new Float32Array(0)));
  const { tightness, worst } = measureTightness(encodings, meanEncoding(encodings));
  return { tightness, worst: worst && { faceId: ids[worst.index] ?? 0, distance: worst.distance } };
}

export function assignment(cluster: string, name: string, excludeFaces: readonly number[] = []) {
  return { cluster, name, excludeFaces, version: null, allowSameFrame: true };
}

/** All that can be seen of people, faces and clusters, to compare states with. */
export async function snapshot(store: Store) {
  const { people } = await store.gallery();
  const clusters = [
    ...(await store.clusters({ ignored: false }, PAGE)).items,
    ...(await store.clusters({ ignored: true }, PAGE)).items,
  ];
  return {
    people: (await store.people(PAGE)).items,
    states: await store.personStates(),
    faces: (await store.faces({}, PAGE)).items,
    registry: (await store.registry()).map((person) => ({
      ...person,
      encodings: person.encodings.map((one) => ({ ...one, encoding: [...one.encoding] })),
    })),
    not: people.map(({ personId, notEncodings }) => [
      personId,
      notEncodings.map((one) => ({ ...one, encoding: [...one.encoding] })),
    ]),
    groupings: (await store.groupings()).map(({ together, sides }) => ({ together, sides: [...sides] })),
    clusters: clusters.map(({ mean: _, ...cluster }) => cluster),
  };
}
