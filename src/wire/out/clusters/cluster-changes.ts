import { type Static, Type } from "typebox";
import type { Person } from "../../../domain/person.ts";
import { round4 } from "../../../domain/vectors/encoding.ts";
import { ChangeId, Nullable, NullableChangeId, named, toNamed } from "../values.ts";
import {
  type ClusterCandidate,
  ClusterCandidatesAnswerSchema,
  ClusterSchema,
  type SuggestedCluster,
  toClusterCandidateJson,
  toClusterJson,
} from "./clusters.ts";

export const SplitAnswerSchema = Type.Object({
  clusters: Type.Array(ClusterSchema, { minItems: 2, maxItems: 2, description: "the one that kept its id first" }),
  change: ChangeId,
});
export type SplitAnswer = Static<typeof SplitAnswerSchema>;

export function toSplitAnswer(clusters: readonly SuggestedCluster[], change: number): SplitAnswer {
  return { clusters: clusters.map(toClusterJson), change };
}

export const IgnoreAnswerSchema = Type.Object({
  cluster: Type.String(),
  faces: Type.Integer(),
  change: NullableChangeId,
});
export type IgnoreAnswer = Static<typeof IgnoreAnswerSchema>;

export const RejectAnswerSchema = Type.Object({
  cluster: Type.String(),
  ...named,
  faces: Type.Integer(),
  change: NullableChangeId,
});
export type RejectAnswer = Static<typeof RejectAnswerSchema>;

/** @param faces How many faces the cluster has, which are not this person. */
export function toRejectAnswer(cluster: string, person: Person, faces: number, change: number | null): RejectAnswer {
  return { cluster, ...toNamed(person), faces, change };
}

export const MergeClustersAnswerSchema = Type.Object({ cluster: ClusterSchema, change: ChangeId });
export type MergeClustersAnswer = Static<typeof MergeClustersAnswerSchema>;

export function toMergeClustersAnswer(cluster: SuggestedCluster, change: number): MergeClustersAnswer {
  return { cluster: toClusterJson(cluster), change };
}

export const ChangedAnswerSchema = Type.Object({ change: ChangeId });

export const IgnoreAllAnswerSchema = Type.Object({
  clusters: Type.Integer(),
  faces: Type.Integer(),
  change: NullableChangeId,
});
export type IgnoreAllAnswer = Static<typeof IgnoreAllAnswerSchema>;

export const CompareAnswerSchema = Type.Object({
  clusters: Type.Array(
    Type.Object({
      id: Type.String(),
      distance: Nullable(Type.Number({ minimum: 0, description: "on average, to the others of the same model" })),
    }),
  ),
  odd: Nullable(Type.String({ description: "the id of the one that is unlike the others, where they are alike" })),
  candidates: ClusterCandidatesAnswerSchema.properties.candidates,
});
export type CompareAnswer = Static<typeof CompareAnswerSchema>;

/** How clusters fit one another, and whom all together may be; distances are not rounded. */
export interface Comparison {
  /** On average, of the encodings' means to the others of the same model; null: there are none. */
  readonly clusters: readonly { readonly id: string; readonly distance: number | null }[];
  /** The id of the one that is unlike the others; null: there is none, or more than one. */
  readonly odd: string | null;
  readonly candidates: readonly ClusterCandidate[];
}

export function toCompareAnswer({ clusters, odd, candidates }: Comparison): CompareAnswer {
  return {
    clusters: clusters.map(({ id, distance }) => ({ id, distance: distance === null ? null : round4(distance) })),
    odd,
    candidates: candidates.map(toClusterCandidateJson),
  };
}
