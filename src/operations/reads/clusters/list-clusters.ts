import type { Cluster, ClusterState } from "../../../domain/cluster.ts";
import { readCursor, toPageOf } from "../../../domain/cursors.ts";
import { FacesError } from "../../../domain/errors.ts";
import type { Page } from "../../../domain/page.ts";
import type { ListedClusters } from "../../../wire/out/clusters/clusters.ts";
import type { ClusterSort, SeenFilter, StoreReads } from "../store.ts";
import type { ClusterSuggestions, JudgedOutline } from "./cluster-suggestions.ts";

/** Which clusters are wanted; camera and times are of one face that a cluster must have. */
export interface WantedClusters extends SeenFilter {
  /** All but the ignored ones by default. */
  readonly state?: ClusterState;
  /**
   * Words that must all be in the suggested name or the cameras, or be the id, the stranger's number or the word "stranger"; case
   * does not matter.
   */
  readonly text?: string;
  /** faces */
  readonly minSize?: number;
  /** faces */
  readonly maxSize?: number;
  /** true: only those of a stranger. */
  readonly cameBack?: boolean;
  /** `size`: largest first, the default; `last_seen`: newest first. Then by id. */
  readonly sort?: ClusterSort;
}

type FindDeps = {
  readonly store: Pick<StoreReads, "clustersSeen">;
  readonly suggestions: Pick<ClusterSuggestions, "all" | "ignored">;
};

/** All wanted clusters, in the wanted order. */
export async function findClusters(
  { store, suggestions }: FindDeps,
  { state, text = "", minSize = 1, maxSize = Infinity, cameBack = false, sort = "size", ...seen }: WantedClusters,
): Promise<JudgedOutline[]> {
  const words = toWords(text);
  const { camera, from, to } = seen;
  // The cameras of a cluster are those of its faces; at what times they were there, only the faces say.
  const among = from || to ? await store.clustersSeen(seen) : null;
  const all = state === "ignored" ? await suggestions.ignored() : await suggestions.all();
  const wanted = all.filter(
    (one) =>
      (state === undefined || one.state === state) &&
      one.size >= minSize &&
      one.size <= maxSize &&
      (!cameBack || one.stranger !== null) &&
      (camera === undefined || one.cameras.includes(camera)) &&
      (among === null || among.has(one.id)) &&
      hasWords(one, words),
  );
  const key = KEYS[sort];
  return wanted.sort((a, b) => key(b) - key(a) || (a.id < b.id ? -1 : 1));
}

/** A page of the wanted clusters, each with the person it might be. What was read for all is not read again. */
export async function listClusters(
  store: Pick<StoreReads, "clusters" | "clustersSeen">,
  suggestions: ClusterSuggestions,
  wanted: WantedClusters,
  page: Page,
): Promise<ListedClusters> {
  const after = readCursor(page, [0, ""] as [number, string]);
  const all = await findClusters({ store, suggestions }, wanted);
  const key = KEYS[wanted.sort ?? "size"];
  const start = after ? all.findIndex((one) => isAfter([key(one), one.id], after)) : 0;
  const rows = start === -1 ? [] : all.slice(start, start + page.limit + 1);
  const { items, nextCursor } = toPageOf(
    rows,
    page.limit,
    (one) => one.id,
    (one) => [key(one), one.id],
  );
  const ignored = wanted.state === "ignored";
  const found = await store.clusters({ ignored, ids: items }, { limit: Math.max(1, items.length), cursor: null });
  const byId = new Map(found.items.map((cluster) => [cluster.id, cluster]));
  const clusters = items.flatMap((id) => byId.get(id) ?? []);
  return { items: await Promise.all(clusters.map(suggestions.of)), nextCursor, total: all.length };
}

/** @throws `CLUSTER_NOT_FOUND` */
export async function findCluster(store: Pick<StoreReads, "cluster">, id: string): Promise<Cluster> {
  const found = await store.cluster(id);
  if (!found) throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${id}" does not exist`);
  return found;
}

/** What is sorted by, descending. */
const KEYS: Readonly<Record<ClusterSort, (one: JudgedOutline) => number>> = {
  size: (one) => one.size,
  last_seen: (one) => one.lastSeen.getTime(),
};

const isAfter = ([key, id]: [number, string], [last, lastId]: [number, string]): boolean =>
  key < last || (key === last && id > lastId);

const fold = (text: string): string => text.normalize("NFC").toLowerCase();

const toWords = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");

function hasWords({ id, cameras, suggestion, stranger }: JudgedOutline, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const texts = [...cameras, suggestion?.person ?? ""].map(fold);
  // As a whole: "7" is not stranger 17, nor one of the many ids with a 7 in them.
  const whole = [fold(id), ...(stranger ? [String(stranger.number), "stranger"] : [])];
  return words.every((word) => whole.includes(word) || texts.some((text) => text.includes(word)));
}
