import { Type } from "typebox";
import type { Cluster } from "../domain/cluster.ts";
import { FacesError } from "../domain/errors.ts";
import {
  ClusterAnswerSchema,
  ClusterCandidatesAnswerSchema,
  type ClustersAnswer,
  ClustersAnswerSchema,
  IgnoreAnswerSchema,
  type SuggestedCluster,
  toClusterAnswer,
  toClusterCandidatesAnswer,
  toClustersAnswer,
} from "../wire/out/clusters.ts";
import { AssignAnswerSchema, toAssignAnswer } from "../wire/out/people.ts";
import { clusterVersion, faceId, pageInput } from "./inputs.ts";
import { defineOperation } from "./operation.ts";
import { toPage } from "./pages.ts";
import type { System } from "./system.ts";

const path = "/api/faces/clusters";
const cluster = Type.String();
const at = { cluster: "path.id" } as const;

/** Clusters: list, show, name, ignore. */
export const clusterOperations = {
  clusters: defineOperation({
    tag: "clusters",
    summary: "Clusters of the last discovery, largest first; or those that are ignored",
    access: "home",
    command: "clusters",
    http: { method: "GET", path },
    input: { ...pageInput, state: Type.Optional(Type.Enum(["waiting", "ignored"])) },
    answer: ClustersAnswerSchema,
    run: (input, system) => listClusters(input, system),
  }),

  cluster: defineOperation({
    tag: "clusters",
    summary: "A cluster with its faces",
    access: "admin",
    http: { method: "GET", path: `${path}/:id`, at },
    input: { ...pageInput, cluster },
    answer: ClusterAnswerSchema,
    async run({ cluster: id, ...input }, system) {
      const found = await find(id, system);
      return toClusterAnswer(
        await withSuggestion(found, system),
        await system.store.faces({ cluster: id }, toPage(input)),
      );
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
      const candidates = await system.findCandidates(await find(id, system), toPage(input).limit);
      return toClusterCandidatesAnswer(candidates);
    },
  }),

  assign: defineOperation({
    tag: "clusters",
    summary: "Give a cluster, whole or without some of its faces, a name",
    description: "With a version, 409 `CLUSTER_CHANGED` when the cluster is not what was shown.",
    access: "home",
    command: "assign",
    http: { method: "POST", path: `${path}/:id/assign`, at },
    input: {
      cluster,
      name: Type.String({ description: "of a new person, or of one that exists" }),
      exclude_faces: Type.Optional(Type.Array(faceId)),
      version: clusterVersion,
      allow_same_frame: Type.Optional(
        Type.Boolean({ description: "two faces of one frame to one person, where that is asked about" }),
      ),
    },
    answer: AssignAnswerSchema,
    async run({ cluster: id, name, version = null, ...input }, { people, similar, rules }) {
      const outcome = await people.assign({
        cluster: id,
        name,
        version,
        excludeFaces: input.exclude_faces ?? [],
        allowSameFrame: input.allow_same_frame ?? !rules.cannotLink,
      });
      return toAssignAnswer(outcome, (await similar.claimable(outcome.person.personId)).length);
    },
  }),

  ignore: defineOperation({
    tag: "clusters",
    summary: "Ignore a cluster: its faces stay out of discovery",
    access: "admin",
    command: "ignore",
    http: { method: "POST", path: `${path}/:id/ignore`, at },
    input: { cluster, version: clusterVersion },
    answer: IgnoreAnswerSchema,
    async run({ cluster: id, version = null }, { people }) {
      const ignored = await people.ignore(id, version);
      return { cluster: ignored.id, faces: ignored.size };
    },
  }),

  unignore: defineOperation({
    tag: "clusters",
    summary: "Ignore a cluster no longer",
    access: "admin",
    command: "unignore",
    http: { method: "DELETE", path: `${path}/:id/ignore`, at },
    input: { cluster },
    answer: IgnoreAnswerSchema,
    async run({ cluster: id }, { people }) {
      const { faceIds } = await people.unignore(id);
      return { cluster: id, faces: faceIds.length };
    },
  }),
};

/** A page of the clusters, each with the person it might be. */
export async function listClusters(
  { state, ...input }: { limit?: number; cursor?: string; state?: "waiting" | "ignored" },
  system: System,
): Promise<ClustersAnswer> {
  const { items, nextCursor } = await system.store.clusters({ ignored: state === "ignored" }, toPage(input));
  const suggested = await Promise.all(items.map((one) => withSuggestion(one, system)));
  return toClustersAnswer(system.discover.current(), { items: suggested, nextCursor });
}

async function withSuggestion(found: Cluster, { findSuggestion }: System): Promise<SuggestedCluster> {
  return { ...found, suggestion: await findSuggestion(found) };
}

async function find(id: string, { store }: System): Promise<Cluster> {
  const found = await store.cluster(id);
  if (!found) throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${id}" does not exist`);
  return found;
}
