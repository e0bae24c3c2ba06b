import type { DiscoveryResult } from "../../src/store/port/clusters.ts";

/** What a discovery found: one cluster, of these faces. */
export function makeDiscovery(cluster: string, faceIds: readonly number[], mean: Float32Array): DiscoveryResult {
  const at = new Date("2026-02-18T11:00:00Z");
  const found = { id: cluster, faceIds, representativeIds: faceIds.slice(0, 5), mean, model: "dlib" };
  return { id: "d1", startedAt: at, finishedAt: at, faces: faceIds.length, clusters: [found] };
}
