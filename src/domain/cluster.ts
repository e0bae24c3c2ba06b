import type { Face } from "./face.ts";

/** A proposal: unassigned faces that look alike, or a group somebody chose to ignore. */
export interface Cluster {
  /** Stable over discoveries as long as most members stay. */
  readonly id: string;
  /** Changes whenever its faces change. */
  readonly version: string;
  readonly ignored: boolean;
  readonly size: number;
  readonly cameras: readonly string[];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** Mean of its faces' encodings, float32, length 128. */
  readonly mean: Float32Array;
  /** At most 5: the one nearest to the mean first, then as different as possible. */
  readonly representatives: readonly Face[];
  /** Ids of people of whom a member was said to be somebody else. */
  readonly notPeople: readonly string[];
}

/** One group that discovery found, largest first, as it is kept. */
export interface FoundCluster {
  readonly id: string;
  /** Members, best representatives first (the first up to 5), then by id. */
  readonly faceIds: readonly number[];
  readonly representativeIds: readonly number[];
  readonly mean: Float32Array;
}

export type DiscoveryState = "idle" | "running" | "cancelled" | "failed";

/** The current or last discovery. */
export interface Discovery {
  readonly state: DiscoveryState;
  readonly id: string | null;
  /** 0 to 1. */
  readonly progress: number;
  /** Faces it looked at. */
  readonly faces: number;
  /** Clusters it found. */
  readonly clusters: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: string | null;
}
