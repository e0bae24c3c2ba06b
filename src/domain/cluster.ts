import type { Face } from "./face.ts";
import type { Stranger } from "./visits/stranger.ts";

/** A proposal of discovery: unassigned faces that look alike; or a group that a user chose to ignore. */
export interface Cluster {
  /** Kept by later discoveries as long as most members stay together. */
  readonly id: string;
  /** Changes whenever its faces change. */
  readonly version: string;
  readonly ignored: boolean;
  readonly size: number;
  readonly cameras: readonly string[];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** What stands for its faces' encodings, see `meanOf`. */
  readonly mean: Float32Array;
  /** At most 5: the most central one with a picture first, then of other visits, as unlike as possible. */
  readonly representatives: readonly Face[];
  /** Ids of people that a user said a member is not. */
  readonly notPeople: readonly string[];
  /** See `measureTightness`; null for one face, and until the discovery after the upgrade from version 1. */
  readonly tightness: number | null;
  /** The face that fits worst, and its distance to the mean of the others. */
  readonly worst: { readonly faceId: number; readonly distance: number } | null;
  /** Where the cluster shows two people: the faces of each, ascending. Together they may be fewer than its faces. */
  readonly split: SplitSides | null;
  /** What made its faces' encodings. */
  readonly model: string;
  /** Of how many visits its faces are, at least one. */
  readonly visits: number;
  /** The stranger to whose visits most of its faces belong; null: there is none. */
  readonly stranger: Pick<Stranger, "strangerId" | "number" | "visits"> | null;
}

/**
 * Whether a cluster waits for a name. `known`: it is more of a person who has one; a suggestion says of whom.
 * `ignored`: a user chose to ignore it.
 */
export type ClusterState = "waiting" | "known" | "ignored";

/** Two people's faces. */
export type SplitSides = readonly [readonly number[], readonly number[]];

/** A face of a group, with what decides whether it represents the group. */
export interface GroupedFace {
  readonly faceId: number;
  readonly encoding: Float32Array;
  readonly visitId: string | null;
  readonly hasThumbnail: boolean;
}

/** What a user said of faces: that they are one person, or different ones. Later discoveries follow it. */
export interface Grouping {
  /** true: they are one person; false: those of different sides are different people. */
  readonly together: boolean;
  /** Face id → side: the cluster that it was in, or the part of it. */
  readonly sides: ReadonlyMap<number, number>;
}

/** One group that discovery found, as it is stored. */
export interface FoundCluster {
  readonly id: string;
  /** Members, those first that represent it best. */
  readonly faceIds: readonly number[];
  readonly model: string;
  readonly mean: Float32Array;
  /** See `Mean`. */
  readonly plainLength?: number | null;
  readonly tightness?: number | null;
  readonly worst?: Cluster["worst"];
  /** Without it no split is proposed. */
  readonly split?: SplitSides | null;
}

/** `idle`: the last discovery succeeded, or there was none. */
export type DiscoveryState = "idle" | "running" | "cancelled" | "failed";

/** The current or last discovery. */
export interface Discovery {
  readonly state: DiscoveryState;
  readonly id: string | null;
  /** 0 to 1. */
  readonly progress: number;
  /** Faces it clusters. */
  readonly faces: number;
  /** Clusters it found. */
  readonly clusters: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: string | null;
}
