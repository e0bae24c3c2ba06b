import type { Cluster, Discovery, FoundCluster } from "../../domain/cluster.ts";
import type { Page, PageOf } from "../../domain/page.ts";

/** What a discovery found. */
export interface DiscoveryResult {
  readonly id: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly faces: number;
  readonly clusters: readonly FoundCluster[];
}

/** The last discovery, as it is kept; `clusters` counts those that were kept. */
export type StoredDiscovery = Pick<Discovery, "id" | "faces" | "clusters" | "startedAt" | "finishedAt">;

/** The clusters' part of the store. */
export interface ClusterStore {
  /** Members of the last discovery's clusters, so that the next one keeps their ids: cluster id → face ids. */
  clusterMembers(): Promise<ReadonlyMap<string, readonly number[]>>;
  /**
   * Replaces the last result and answers it as stored. Faces assigned, ignored or deleted meanwhile are left out of their
   * clusters.
   */
  saveDiscovery(result: DiscoveryResult): Promise<StoredDiscovery>;
  lastDiscovery(): Promise<StoredDiscovery | null>;
  /** Largest first, then by id. */
  clusters(options: { ignored: boolean }, page: Page): Promise<PageOf<Cluster>>;
  cluster(id: string): Promise<Cluster | null>;
  /** Encodings of a cluster's faces, `limit` at most, evenly spread in the order they came; none of one that does not exist. */
  clusterEncodings(id: string, limit: number): Promise<readonly Float32Array[]>;
  /** @throws `CLUSTER_NOT_FOUND`, or `CLUSTER_CHANGED` when its version is another; null: not checked */
  ignore(cluster: string, version: string | null): Promise<Cluster>;
  /** @throws `CLUSTER_NOT_FOUND` when no ignored cluster has the id */
  unignore(cluster: string): Promise<{ readonly cluster: string; readonly faceIds: readonly number[] }>;
}
