import type { ChangeOrigin } from "../../domain/change.ts";
import type { Cluster, Discovery, FoundCluster, GroupedFace, Grouping, SplitSides } from "../../domain/cluster.ts";
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

/** Conditions on clusters; all that are given must hold. */
export interface ClusterFilter {
  readonly ignored: boolean;
  /** one of these */
  readonly ids?: readonly string[];
  /** `size`: largest first, the default; `last_seen`: newest first. Then by id. */
  readonly sort?: ClusterSort;
}

/** Conditions on one face that a cluster must have. */
export interface SeenFilter {
  readonly camera?: string;
  /** captured at or after */
  readonly from?: Date;
  /** captured before */
  readonly to?: Date;
}

export type ClusterSort = "size" | "last_seen";

/** A cluster without what has to be read from its faces, or is shown only with them. */
export type ClusterOutline = Omit<Cluster, "representatives" | "tightness" | "worst" | "visits">;

/** A face and its encoding. */
export interface EncodedFace {
  readonly faceId: number;
  readonly encoding: Float32Array;
}

/** A cluster as it was shown. */
export interface ShownCluster {
  readonly cluster: string;
  /** `CLUSTER_CHANGED` when the cluster's version is another; null: not checked. */
  readonly version: string | null;
}

/** Clusters that are ignored now; `change` null: all were before. */
export interface IgnoreAllOutcome {
  readonly clusters: number;
  readonly faces: number;
  readonly change: number | null;
}

export interface SplitChange {
  readonly cluster: string;
  /** `CLUSTER_CHANGED` when the cluster's version is another; null: not checked. */
  readonly version: string | null;
  /** The faces that are another person's; null: as proposed. */
  readonly faces: readonly number[] | null;
}

/** Clusters of one person. */
export interface MergeClustersChange {
  readonly clusters: readonly string[];
  /** Allow two faces of one frame in one cluster; otherwise `SAME_FRAME`. */
  readonly allowSameFrame: boolean;
}

/** The ids of both parts, the larger one's first. */
export interface SplitOutcome {
  readonly clusters: readonly [string, string];
  readonly change: number;
}

/** A cluster that is ignored now; `change` is the change's id, null: it was before. */
export interface IgnoreOutcome extends Cluster {
  readonly change: number | null;
}

/** A cluster that is ignored no longer; `change` is the change's id. */
export interface UnignoreOutcome {
  readonly cluster: string;
  readonly faceIds: readonly number[];
  readonly change: number;
}

/** A cluster as it was shown, and who it may be. */
export interface ClusterAsPerson {
  readonly cluster: string;
  readonly version: string;
  readonly personId: string;
}

/** The clusters' part of the store. */
export interface ClusterStore {
  /** Members of the last discovery's clusters, so that the next one keeps their ids: cluster id → face ids. */
  clusterMembers(): Promise<ReadonlyMap<string, readonly number[]>>;
  /**
   * Replaces the last result, as a whole or not at all, and answers it as stored. Faces assigned, ignored or deleted meanwhile
   * are left out of their clusters. In chunks; until it is done, the last result is shown and can be changed. One at a time.
   */
  saveDiscovery(result: DiscoveryResult): Promise<StoredDiscovery>;
  /**
   * Deletes the rows of what is shown no longer: former results, and one whose saving did not end. In chunks; ends early when
   * the store is closed. {@link saveDiscovery} does it first.
   */
  dropFormerClusters(): Promise<void>;
  lastDiscovery(): Promise<StoredDiscovery | null>;
  clusters(filter: ClusterFilter, page: Page): Promise<PageOf<Cluster>>;
  /** All that are ignored, or all that are not. Yields between chunks. */
  clusterOutlines(options: { ignored: boolean }): Promise<readonly ClusterOutline[]>;
  /** How many of a cluster's faces were recognized as a person (person_id) on arrival. */
  countRecognized(cluster: string, personId: string): Promise<number>;
  /** Ids of those, ignored or not, with a face that the filter matches. */
  clustersSeen(filter: SeenFilter): Promise<ReadonlySet<string>>;
  cluster(id: string): Promise<Cluster | null>;
  /** Encodings of a cluster's faces, `limit` at most, evenly spread in the order they came; none of one that does not exist. Yields between chunks. */
  clusterEncodings(id: string, limit: number): Promise<readonly EncodedFace[]>;
  /**
   * Makes two of a cluster, the larger under its id, and answers both ids, that one first. The two are kept apart by
   * {@link groupings}. One undoable step.
   * @throws `CLUSTER_NOT_FOUND` (also of one that is ignored), `CLUSTER_CHANGED`, `FACE_NOT_FOUND`, `INVALID_INPUT` for faces
   * of other clusters, `EMPTY_SELECTION` when a part would have no faces, or no split is proposed and none was given
   */
  split(change: SplitChange, by?: ChangeOrigin): Promise<SplitOutcome>;
  /**
   * Makes one of clusters, under the id of the largest, and answers that. The faces are kept together by {@link groupings}.
   * One undoable step.
   * @throws `EMPTY_SELECTION` for fewer than two, `CLUSTER_NOT_FOUND` (also of one that is ignored), `INVALID_INPUT` for
   * different models, `SAME_FRAME`
   */
  mergeClusters(
    change: MergeClustersChange,
    by?: ChangeOrigin,
  ): Promise<{ readonly cluster: string; readonly change: number }>;
  /**
   * Keeps what is said: that clusters are different people. One undoable step.
   * @throws `EMPTY_SELECTION` for fewer than two, `CLUSTER_NOT_FOUND`
   */
  keepApart(clusters: readonly string[], by?: ChangeOrigin): Promise<{ readonly change: number }>;
  /**
   * Keeps what is said: that a cluster is one person; its proposed split goes. One undoable step.
   * @throws `CLUSTER_NOT_FOUND`, `CLUSTER_CHANGED`
   */
  keepTogether(shown: ShownCluster, by?: ChangeOrigin): Promise<{ readonly change: number }>;
  /** What users said of faces and did not undo. Later words last. */
  groupings(): Promise<readonly Grouping[]>;
  /**
   * Looks at a cluster's faces, ascending by id, and keeps their order, best representatives first, and the split that they
   * show; without `split` that stays as it is. One that is gone is passed over.
   * @returns whether others represent it now
   */
  saveClusterView(
    cluster: string,
    view: (
      faces: readonly GroupedFace[],
      model: string,
    ) => { readonly faceIds: readonly number[]; readonly split?: SplitSides | null },
  ): Promise<boolean>;
  /** @throws `CLUSTER_NOT_FOUND`, or `CLUSTER_CHANGED` when its version is another; null: not checked */
  ignore(cluster: string, version: string | null, by?: ChangeOrigin): Promise<IgnoreOutcome>;
  /** Ignores all of them or none, in one change. @throws as {@link ignore} does, of the first that cannot be */
  ignoreAll(clusters: readonly ShownCluster[], by?: ChangeOrigin): Promise<IgnoreAllOutcome>;
  /** @throws `CLUSTER_NOT_FOUND` when no ignored cluster has the id */
  unignore(cluster: string, by?: ChangeOrigin): Promise<UnignoreOutcome>;
  /** Of which clusters a user could not say whether they are the person. They may have changed since, or be gone. */
  unsure(): Promise<readonly ClusterAsPerson[]>;
  /** @throws `CLUSTER_NOT_FOUND`, `CLUSTER_CHANGED`, `PERSON_NOT_FOUND` */
  saveUnsure(answer: ClusterAsPerson): Promise<void>;
  /** Takes it back. @throws `PERSON_NOT_FOUND` */
  dropUnsure(answer: ClusterAsPerson): Promise<void>;
}
