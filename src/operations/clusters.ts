import { Type } from "typebox";
import {
  ClusterAnswerSchema,
  ClusterCandidatesAnswerSchema,
  type ClustersAnswer,
  ClustersAnswerSchema,
  IgnoreAnswerSchema,
  RejectAnswerSchema,
  SplitAnswerSchema,
  toClusterAnswer,
  toClusterCandidatesAnswer,
  toClustersAnswer,
  toRejectAnswer,
  toSplitAnswer,
} from "../wire/out/clusters.ts";
import { AssignAnswerSchema, toAssignAnswer } from "../wire/out/people.ts";
import { clusterVersion, faceId, pageInput, timeRange, toFilter, toTimes } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";
import { findCluster, listClusters, type WantedClusters } from "./reads/clusters/list-clusters.ts";
import type { System } from "./system/system.ts";

const path = "/api/faces/clusters";
const cluster = Type.String();
const at = { cluster: "path.id" } as const;

/** Clusters: list, show, name, ignore. */
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
      camera: Type.Optional(Type.String()),
      ...timeRange,
      min_size: Type.Optional(Type.Integer({ minimum: 1, description: "faces" })),
      sort: Type.Optional(
        Type.Enum(["size", "last_seen"], { description: "size: largest first, the default; last_seen: newest first" }),
      ),
      q: Type.Optional(Type.String({ description: "words in the suggested name, the cameras or the id" })),
    },
    answer: ClustersAnswerSchema,
    async run({ state, camera, from, to, min_size: minSize, sort, q, ...input }, system) {
      const times = toTimes({ from, to });
      const wanted = toFilter<WantedClusters>({ state, camera, ...times, minSize, sort, text: q });
      return await answerClusters(system, wanted, input);
    },
  }),

  cluster: defineOperation({
    tag: "clusters",
    summary: "A cluster with its faces",
    access: "admin",
    http: { method: "GET", path: `${path}/:id`, at },
    input: { ...pageInput, cluster },
    answer: ClusterAnswerSchema,
    async run({ cluster: id, ...input }, system) {
      const found = await system.suggestions.of(await findCluster(system.store, id));
      return toClusterAnswer(found, await system.store.faces({ cluster: id }, toPage(input)));
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
      const candidates = await system.findCandidates(await findCluster(system.store, id), toPage(input).limit);
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
      return { cluster: ignored.id, faces: ignored.size, change: ignored.change };
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
      const { faceIds, change } = await people.unignore(id);
      return { cluster: id, faces: faceIds.length, change };
    },
  }),

  split: defineOperation({
    tag: "clusters",
    summary: "Make two of a cluster that shows two people",
    description:
      "By the split that it proposes, or by the faces given; the larger part keeps the id. Later discoveries keep the two apart. Both may propose a further split.",
    access: "admin",
    command: "split",
    http: { method: "POST", path: `${path}/:id/split`, at },
    input: {
      cluster,
      faces: Type.Optional(Type.Array(faceId, { description: "another person's; without them, as proposed" })),
      version: clusterVersion,
    },
    answer: SplitAnswerSchema,
    async run({ cluster: id, faces = null, version = null }, { people, store, suggestions }) {
      const { clusters: ids, change } = await people.split({ cluster: id, faces, version });
      return toSplitAnswer(
        await Promise.all(ids.map(async (part) => await suggestions.of(await findCluster(store, part)))),
        change,
      );
    },
  }),

  reject: defineOperation({
    tag: "clusters",
    summary: "Say that a cluster is not a person",
    description:
      "It stays said until the person is deleted: as one counter-example, the mean of the faces. What is nearer to it than to every look of the person is not recognized as them.",
    access: "home",
    command: "reject",
    http: { method: "POST", path: `${path}/:id/reject`, at },
    input: { cluster, person: Type.String({ description: "name or person_id" }), version: clusterVersion },
    answer: RejectAnswerSchema,
    async run({ cluster: id, person, version = null }, { people }) {
      const { person: who, faceIds, change } = await people.reject(id, version, person);
      return toRejectAnswer(id, who, faceIds.length, change);
    },
  }),
};

/** The discovery, and a page of the wanted clusters. */
export async function answerClusters(
  { store, suggestions, discover }: Pick<System, "store" | "suggestions" | "discover">,
  wanted: WantedClusters,
  page: { limit?: number; cursor?: string },
): Promise<ClustersAnswer> {
  const found = await listClusters(store, suggestions, wanted, toPage(page));
  return toClustersAnswer(discover.current(), found);
}
