import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import {
  ChangedAnswerSchema,
  IgnoreAllAnswerSchema,
  IgnoreAnswerSchema,
  MergeClustersAnswerSchema,
  RejectAnswerSchema,
  SplitAnswerSchema,
  toMergeClustersAnswer,
  toRejectAnswer,
  toSplitAnswer,
} from "../wire/out/clusters/cluster-changes.ts";
import { AssignAnswerSchema, toAssignAnswer } from "../wire/out/people/people.ts";
import { toWanted } from "./clusters.ts";
import { allowSameFrame, clusterFilter, clusterVersion, faceId } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { findCluster, findClusters } from "./reads/clusters/list-clusters.ts";
import type { ShownCluster } from "./reads/store.ts";

const path = "/api/faces/clusters";
const cluster = Type.String();
const at = { cluster: "path.id" } as const;

const shownClusters = Type.Array(
  Type.Object({ id: cluster, version: clusterVersion }, { additionalProperties: false }),
  {
    minItems: 1,
    maxItems: 10_000,
  },
);

const someClusters = Type.Array(cluster, { minItems: 2, maxItems: 1_000 });

/** Name clusters, ignore them, split them, say who they are not. */
export const clusterChangeOperations = {
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
      allow_same_frame: allowSameFrame,
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

  mergeClusters: defineOperation({
    tag: "clusters",
    summary: "Make one cluster of several that show one person",
    description:
      "It has no name yet, and the id of the largest. Later discoveries keep the faces together, and a split of them is not proposed again.",
    access: "admin",
    http: { method: "POST", path: `${path}/merge` },
    input: { clusters: someClusters, allow_same_frame: allowSameFrame },
    answer: MergeClustersAnswerSchema,
    async run({ clusters, ...input }, { people, store, suggestions, rules }) {
      const allowed = input.allow_same_frame ?? !rules.cannotLink;
      const { cluster: id, change } = await people.mergeClusters({ clusters, allowSameFrame: allowed });
      return toMergeClustersAnswer(await suggestions.of(await findCluster(store, id)), change);
    },
  }),

  keepApart: defineOperation({
    tag: "clusters",
    summary: "Say that clusters are different people",
    description:
      "It is kept: later discoveries never make one cluster of their faces, and the map does not confuse them.",
    access: "admin",
    http: { method: "POST", path: `${path}/apart` },
    input: { clusters: someClusters },
    answer: ChangedAnswerSchema,
    run: async ({ clusters }, { people }) => await people.keepApart(clusters),
  }),

  keepTogether: defineOperation({
    tag: "clusters",
    summary: "Say that a cluster is one person",
    description:
      "It is kept: the split that it proposes is not proposed again, and later discoveries keep its faces together.",
    access: "admin",
    http: { method: "POST", path: `${path}/:id/keep-together`, at },
    input: { cluster, version: clusterVersion },
    answer: ChangedAnswerSchema,
    run: async ({ cluster: id, version = null }, { people }) => await people.keepTogether({ cluster: id, version }),
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

  assignAll: defineOperation({
    tag: "clusters",
    summary: "Give clusters one name, as one change",
    description:
      "All of them or none: 409 `CLUSTER_CHANGED` when one is not what was shown. The largest few become looks.",
    access: "admin",
    http: { method: "POST", path: `${path}/assign` },
    input: {
      clusters: shownClusters,
      name: Type.String({ description: "of a new person, or of one that exists" }),
      allow_same_frame: allowSameFrame,
    },
    answer: AssignAnswerSchema,
    async run({ clusters, name, ...input }, { people, similar, rules }) {
      const outcome = await people.assignClusters({
        clusters: toShown(clusters),
        name,
        allowSameFrame: input.allow_same_frame ?? !rules.cannotLink,
      });
      return toAssignAnswer(outcome, (await similar.claimable(outcome.person.personId)).length);
    },
  }),

  ignoreAll: defineOperation({
    tag: "clusters",
    summary: "Ignore clusters, as one change",
    description:
      "Those that are given, all or none: 409 `CLUSTER_CHANGED` when one is not what was shown. Or those that wait for a name and that the filter matches.",
    access: "admin",
    http: { method: "POST", path: `${path}/ignore` },
    input: {
      clusters: Type.Optional(shownClusters),
      filter: Type.Optional(Type.Object(clusterFilter, { additionalProperties: false })),
    },
    answer: IgnoreAllAnswerSchema,
    async run({ clusters, filter }, system) {
      if ((clusters === undefined) === (filter === undefined)) {
        throw new FacesError("INVALID_INPUT", 'either "clusters" or "filter" must be given');
      }
      if (clusters) return await system.people.ignoreAll(toShown(clusters));
      const found = await findClusters(system, { ...toWanted(filter ?? {}), state: "waiting" });
      return await system.people.ignoreAll(found.map(({ id, version }) => ({ cluster: id, version })));
    },
  }),
};

/** Each once. */
function toShown(clusters: readonly { readonly id: string; readonly version?: string }[]): ShownCluster[] {
  const shown = new Map(clusters.map(({ id, version = null }) => [id, { cluster: id, version }]));
  return [...shown.values()];
}
