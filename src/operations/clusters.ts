import { Type } from "typebox";
import { CompareAnswerSchema, toCompareAnswer } from "../wire/out/clusters/cluster-changes.ts";
import {
  ClusterAnswerSchema,
  ClusterCandidatesAnswerSchema,
  type ClustersAnswer,
  ClustersAnswerSchema,
  toClusterAnswer,
  toClusterCandidatesAnswer,
  toClustersAnswer,
} from "../wire/out/clusters/clusters.ts";
import { MapAnswerSchema, toMapAnswer } from "../wire/out/study/map.ts";
import { type ClusterFilterInput, clusterFilter, pageInput, toFilter, toTimes } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";
import { findCluster, listClusters, type WantedClusters } from "./reads/clusters/list-clusters.ts";
import type { System } from "./system/system.ts";

const path = "/api/faces/clusters";
const cluster = Type.String();
const at = { cluster: "path.id" } as const;

/** Clusters: list, show, compare. */
export const clusterOperations = {
  clusters: defineOperation({
    tag: "clusters",
    summary: "Clusters of the last discovery, or those that are ignored",
    description: "`camera`, `from` and `to` are of one face that the cluster must have.",
    access: "home",
    command: "clusters",
    http: { method: "GET", path },
    input: {
      ...pageInput,
      state: Type.Optional(
        Type.Enum(["waiting", "known", "ignored"], {
          description: "waiting: for a name; known: more of a person who has one; without it all but the ignored ones",
        }),
      ),
      ...clusterFilter,
      sort: Type.Optional(
        Type.Enum(["size", "last_seen"], { description: "size: largest first, the default; last_seen: newest first" }),
      ),
    },
    answer: ClustersAnswerSchema,
    async run({ state, sort, limit, cursor, ...filter }, system) {
      const wanted = toFilter<WantedClusters>({ ...toWanted(filter), state, sort });
      return await answerClusters(system, wanted, { limit, cursor });
    },
  }),

  cluster: defineOperation({
    tag: "clusters",
    summary: "A cluster with its faces",
    access: "admin",
    http: { method: "GET", path: `${path}/:id`, at },
    input: {
      ...pageInput,
      cluster,
      sort: Type.Optional(
        Type.Enum(["newest", "least_alike"], {
          description: "newest first, the default; or least like the others first",
        }),
      ),
    },
    answer: ClusterAnswerSchema,
    async run({ cluster: id, sort = "newest", ...input }, system) {
      const found = await system.suggestions.of(await findCluster(system.store, id));
      return toClusterAnswer(found, await system.readClusterFaces(found, sort, toPage(input)));
    },
  }),

  candidates: defineOperation({
    tag: "clusters",
    summary: "Who the cluster could be: people, nearest first",
    access: "admin",
    http: { method: "GET", path: `${path}/:id/candidates`, at },
    slow: true,
    input: { limit: pageInput.limit, cluster },
    answer: ClusterCandidatesAnswerSchema,
    async run({ cluster: id, ...input }, system) {
      const candidates = await system.findCandidates([await findCluster(system.store, id)], toPage(input).limit);
      return toClusterCandidatesAnswer(candidates);
    },
  }),

  map: defineOperation({
    tag: "clusters",
    summary: "All people and the 500 largest clusters by likeness, in two dimensions",
    description: "Of one model: by default that of most clusters. The same people and clusters give the same map.",
    access: "admin",
    http: { method: "GET", path: "/api/map" },
    slow: true,
    input: { model: Type.Optional(Type.String()) },
    answer: MapAnswerSchema,
    async run({ model }, { readMap, toModel }) {
      return toMapAnswer(await readMap(model === undefined ? null : toModel(model).name));
    },
  }),

  compare: defineOperation({
    tag: "clusters",
    summary: "How clusters fit one another, and who all together could be",
    access: "admin",
    http: { method: "POST", path: `${path}/compare` },
    slow: true,
    input: { clusters: Type.Array(cluster, { minItems: 2, maxItems: 50 }) },
    answer: CompareAnswerSchema,
    async run({ clusters: ids }, { store, compareClusters }) {
      const clusters = await Promise.all([...new Set(ids)].map((id) => findCluster(store, id)));
      return toCompareAnswer(await compareClusters(clusters));
    },
  }),
};

/** Which clusters a filter asks for. @throws `INVALID_INPUT` for times that are none */
export function toWanted({ camera, from, to, min_size, max_size, came_back, q }: ClusterFilterInput): WantedClusters {
  return toFilter<WantedClusters>({
    camera,
    ...toTimes({ from, to }),
    minSize: min_size,
    maxSize: max_size,
    cameBack: came_back,
    text: q,
  });
}

/** The discovery, and a page of the wanted clusters. */
export async function answerClusters(
  { store, suggestions, discover }: Pick<System, "store" | "suggestions" | "discover">,
  wanted: WantedClusters,
  { limit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<ClustersAnswer> {
  const found = await listClusters(store, suggestions, wanted, toPage({ limit, cursor }));
  return toClustersAnswer(discover.current(), found, await suggestions.overview());
}
