import type { Cluster, ClusterState } from "../../../domain/cluster.ts";
import { FacesError } from "../../../domain/errors.ts";
import type { Page, PageOf } from "../../../domain/page.ts";
import type { ClusterFilter, ClusterOutline, StoreReads } from "../store.ts";
import type { ClusterSuggestions, Judged } from "./cluster-suggestions.ts";

/** Which clusters are wanted. */
export interface WantedClusters extends Omit<ClusterFilter, "ignored" | "ids"> {
  /** All but the ignored ones by default. */
  readonly state?: ClusterState;
  /** Words that must all be in the suggested name, the cameras or the id; case does not matter. */
  readonly text?: string;
}

/** A page of the wanted clusters, each with the person it might be. */
export async function listClusters(
  store: Pick<StoreReads, "clusters" | "clusterOutlines">,
  suggestions: ClusterSuggestions,
  { state, text = "", ...filter }: WantedClusters,
  page: Page,
): Promise<PageOf<Cluster & Judged>> {
  const ignored = state === "ignored";
  const words = toWords(text);
  const byState = state !== undefined && !ignored;
  if (words.length === 0 && !byState) return await judged(store.clusters({ ...filter, ignored }, page));
  // Where the suggestion decides which are wanted, it is needed of all clusters.
  const all: readonly (ClusterOutline & Partial<Judged>)[] = ignored
    ? await store.clusterOutlines({ ignored })
    : await suggestions.all();
  const ids = all.filter((one) => (!byState || one.state === state) && hasWords(one, words)).map((one) => one.id);
  return await judged(store.clusters({ ...filter, ignored, ids }, page));

  async function judged(found: Promise<PageOf<Cluster>>): Promise<PageOf<Cluster & Judged>> {
    const { items, nextCursor } = await found;
    return { items: await Promise.all(items.map(suggestions.of)), nextCursor };
  }
}

/** @throws `CLUSTER_NOT_FOUND` */
export async function findCluster(store: Pick<StoreReads, "cluster">, id: string): Promise<Cluster> {
  const found = await store.cluster(id);
  if (!found) throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${id}" does not exist`);
  return found;
}

const fold = (text: string): string => text.normalize("NFC").toLowerCase();

const toWords = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");

function hasWords({ id, cameras, suggestion }: ClusterOutline & Partial<Judged>, words: readonly string[]): boolean {
  const texts = [id, ...cameras, suggestion?.person ?? ""].map(fold);
  return words.every((word) => texts.some((text) => text.includes(word)));
}
