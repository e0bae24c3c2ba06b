import type { Discovery } from "../../src/domain/cluster.ts";
import type { DiscoveryResult } from "../../src/store/port/clusters.ts";

/** What a discovery found: one cluster, of these faces. */
export function makeDiscovery(cluster: string, faceIds: readonly number[], mean: Float32Array): DiscoveryResult {
  const at = new Date("2026-02-18T11:00:00Z");
  const found = { id: cluster, faceIds, mean, model: "dlib" };
  return { id: "d1", startedAt: at, finishedAt: at, faces: faceIds.length, clusters: [found] };
}

/** A discovery that runs. */
export function makeRunning(): Discovery {
  const startedAt = new Date("2026-02-18T11:00:00Z");
  return {
    state: "running",
    id: "d2",
    progress: 0,
    faces: 0,
    clusters: 0,
    startedAt,
    finishedAt: null,
    error: null,
  };
}
