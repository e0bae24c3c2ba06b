import type { ClusterJson, ClustersAnswer } from "../../src/wire/out/schemas.ts";
import type { Overview } from "../../ui/src/api/clusters.ts";

/** A group of the grid; `n` makes its id and its face. */
export function makeGroupJson(n: number, over: Partial<ClusterJson> = {}): ClusterJson {
  const at = new Date(Date.UTC(2026, 1, 20) - n * 97_000).toISOString();
  return {
    id: `c${n}`,
    version: "1",
    size: 2,
    cameras: ["garden"],
    first_seen: at,
    last_seen: at,
    representatives: [
      { face_id: n, visit_id: null, thumbnail: null, source: null, camera: "garden", timestamp: at, box: null },
    ],
    suggestion: null,
    state: "waiting",
    model: "dlib",
    visits: 1,
    stranger_id: null,
    stranger: null,
    tightness: null,
    worst: null,
    split: null,
    ...over,
  };
}

/** Figures that fit so many groups that wait. */
export const makeOverviewJson = (waiting: number, over: Partial<Overview> = {}): Overview => ({
  waiting,
  many: 0,
  few: waiting,
  once: 0,
  came_back: 0,
  known: { clusters: 0, faces: 0 },
  ignored: { clusters: 0, faces: 0 },
  ...over,
});

/** The page of `groups` that is asked for; the cursor is the position of its first. */
export function makeGroupsAnswer(
  groups: readonly ClusterJson[],
  { limit = 100, cursor = "0" }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): ClustersAnswer {
  const end = Number(cursor) + limit;
  return {
    discovery: {
      state: "idle",
      id: null,
      progress: 0,
      faces: 0,
      clusters: 0,
      started_at: null,
      finished_at: null,
      error: null,
    },
    clusters: groups.slice(Number(cursor), end),
    next_cursor: end < groups.length ? String(end) : null,
    total: groups.length,
    overview: makeOverviewJson(groups.length),
  };
}
