import type { Cluster } from "../../../domain/cluster.ts";
import type { Bus } from "../../../domain/events.ts";
import { DLIB } from "../../../domain/model.ts";
import type { PersonSummary } from "../../../domain/person.ts";
import type { Settings } from "../../../domain/settings.ts";
import { lengthOf, meanOfLook, putBack } from "../../../domain/vectors/mean.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { type Confusable, findConfused } from "../../../recognize/find-confused.ts";
import { independentFaces, type Spread, worthOf } from "../../../recognize/fit.ts";
import { withModel } from "../../../recognize/galleries.ts";
import type { LikenessMap, MapPoint } from "../../../wire/out/study/map.ts";
import { toThumbnailUrl } from "../../../wire/out/values.ts";
import { createKept } from "../kept.ts";
import type { GalleryContents, StoreReads } from "../store.ts";
import type { ClusterSuggestions, Judged } from "./cluster-suggestions.ts";

/** So many of the largest clusters are shown. */
const SHOWN = 500;
/** Clusters and people read at a time. */
const CHUNK = 50;

/** All people and the largest clusters by likeness; of a model, without it of that of most clusters. */
export type ReadMap = (model: string | null) => Promise<LikenessMap>;

export interface MapDeps {
  readonly store: Pick<StoreReads, "clusters" | "clusterMembers" | "gallery" | "groupings" | "people">;
  readonly suggestions: Pick<ClusterSuggestions, "all" | "of">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly bus: Bus;
  /** Lays out points in two dimensions, from 0 to 1, x and y of each; away from the event loop. */
  readonly project: (input: { data: Float32Array; count: number }) => Promise<Float32Array>;
}

/** What is shown, before it is laid out. */
type Shown = Confusable & Omit<MapPoint, "x" | "y" | "confusedWith">;

/** Made once and kept until clusters or people change. */
export function createReadMap({ store, suggestions, people, settings, bus, project }: MapDeps): ReadMap {
  let revision = 0;
  const changed = (): void => {
    revision++;
  };
  bus.on("clusters", changed);
  bus.on("people", changed);
  const kept = new Map<string, () => Promise<LikenessMap>>();

  async function readClusters(ids: readonly string[]): Promise<(Cluster & Judged)[]> {
    const found: Cluster[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      if (start > 0) await new Promise(setImmediate);
      const page = { limit: CHUNK, cursor: null };
      found.push(...(await store.clusters({ ignored: false, ids: ids.slice(start, start + CHUNK) }, page)).items);
    }
    return await Promise.all(found.map(suggestions.of));
  }

  async function readPeople(): Promise<PersonSummary[]> {
    const found: PersonSummary[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await store.people({ limit: CHUNK, cursor });
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
      await new Promise(setImmediate);
    }
  }

  /** Pairs of the shown clusters (ids) that users said are different people, both ways, as `a b`. */
  async function readApart(shown: ReadonlySet<string>): Promise<Set<string>> {
    const groupings = (await store.groupings()).filter((one) => !one.together);
    const pairs = new Set<string>();
    if (groupings.length === 0) return pairs;
    const members = await store.clusterMembers();
    const clusterOf = new Map<number, string>();
    for (const [id, faces] of members) for (const face of faces) clusterOf.set(face, id);
    const pause = createYielder();
    for (const { sides } of groupings) {
      await pause();
      const said = new Map<string, { readonly side: number; faces: number }>();
      for (const [face, side] of sides) {
        const id = clusterOf.get(face);
        if (id === undefined) continue;
        const found = said.get(id);
        if (found) found.faces++;
        else said.set(id, { side, faces: 1 });
      }
      const sideOf = new Map<string, number>();
      for (const [id, { side, faces }] of said) {
        if (shown.has(id) && faces * 2 > (members.get(id)?.length ?? 0)) sideOf.set(id, side);
      }
      for (const [a, sideA] of sideOf) for (const [b, sideB] of sideOf) if (sideA !== sideB) pairs.add(`${a} ${b}`);
    }
    return pairs;
  }

  async function draw(model: string): Promise<LikenessMap> {
    const { spread } = people.gallery(model);
    const all = (await suggestions.all()).filter((one) => one.model === model);
    const largest = [...all].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1)).slice(0, SHOWN);
    const clusters = await readClusters(largest.map((one) => one.id));
    const named = await readPeople();
    const shownPeople = toPeople(named, await store.gallery(), model, spread);
    const shown: Shown[] = [...clusters.map((cluster) => toCluster(cluster, spread)), ...shownPeople];
    const settled = await readApart(new Set(clusters.map((one) => one.id)));
    for (const { id, suggestion, notPeople } of clusters) {
      for (const person of notPeople) settled.add(`${id} ${person}`);
      if (suggestion?.level === "sure") settled.add(`${id} ${suggestion.personId}`);
    }
    const isSettled = (a: string, b: string): boolean => settled.has(`${a} ${b}`) || settled.has(`${b} ${a}`);
    const threshold = settings()["recognition.threshold"];
    const confused = await findConfused(shown, threshold, spread, isSettled, createYielder());
    const at = await project(pack(shown));
    return {
      points: shown.map(({ isPerson: _, mean: _m, faces: _f, ...point }, i) => ({
        ...point,
        x: at[2 * i] ?? 0,
        y: at[2 * i + 1] ?? 0,
        confusedWith: confused.get(point.id) ?? [],
      })),
      clusters: { shown: clusters.length, total: all.length },
      people: { shown: shownPeople.length, total: named.length },
      model,
    };
  }

  return async (wanted) => {
    const model = wanted ?? mostOf((await suggestions.all()).map((one) => one.model)) ?? DLIB;
    const read =
      kept.get(model) ??
      createKept(
        () => [revision, settings()["recognition.threshold"]],
        () => draw(model),
      );
    kept.set(model, read);
    return await read();
  };
}

function toCluster({ id, size, mean, tightness, representatives }: Cluster, spread: Spread): Shown {
  // The variance of its faces follows from how tight they are.
  const variance = tightness === null ? null : (tightness ** 2 * (size - 1)) / size;
  const [first] = representatives;
  return {
    kind: "cluster",
    id,
    name: null,
    size,
    thumbnail: toThumbnailUrl(first?.hasThumbnail ? first.id : null),
    isPerson: false,
    mean,
    faces: independentFaces(size, variance, spread),
  };
}

/** Those who have looks of the model. */
function toPeople(named: readonly PersonSummary[], gallery: GalleryContents, model: string, spread: Spread): Shown[] {
  const byId = new Map(named.map((person) => [person.personId, person]));
  return gallery.people.flatMap((one): Shown[] => {
    const person = byId.get(one.personId);
    const { encodings } = withModel(one, model);
    const [first] = encodings;
    if (!person || !first) return [];
    const count = encodings.reduce((sum, look) => sum + look.count, 0);
    const sums = new Float64Array(first.encoding.length);
    for (const look of encodings) {
      const { mean } = meanOfLook(look);
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (look.count / count) * (mean[i] as number);
    }
    return [
      {
        kind: "person",
        id: person.personId,
        name: person.name,
        size: person.faces,
        thumbnail: toThumbnailUrl(person.portraitFace ?? person.thumbnailFace),
        isPerson: true,
        mean: putBack(Float32Array.from(sums), lengthOf(first.encoding), model),
        faces: encodings.reduce((sum, look) => sum + worthOf(look, spread), 0),
      },
    ];
  });
}

function pack(shown: readonly Shown[]): { data: Float32Array; count: number } {
  const dimension = shown[0]?.mean.length ?? 0;
  const data = new Float32Array(new SharedArrayBuffer(shown.length * dimension * Float32Array.BYTES_PER_ELEMENT));
  for (const [row, { mean }] of shown.entries()) data.set(mean, row * dimension);
  return { data, count: shown.length };
}

/** The one there are most of; the first on a tie. */
function mostOf(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
