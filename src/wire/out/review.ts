import { type Static, Type } from "typebox";
import type { PageOf } from "../../domain/page.ts";
import type { Person, PersonSummary } from "../../domain/person.ts";
import { ClusterSchema, type SuggestedCluster, toClusterJson } from "./clusters/clusters.ts";
import { PersonSchema, toPersonJson } from "./people/people.ts";
import { NextCursor, NullableChangeId, named, toNamed } from "./values.ts";

const LevelSchema = Type.Union([Type.Literal("sure"), Type.Literal("perhaps")]);

export const ReviewAnswerSchema = Type.Object({
  questions: Type.Array(
    Type.Object({
      id: Type.String({ description: "of what is shown; once the cluster changes it is another question" }),
      level: LevelSchema,
      cluster: ClusterSchema,
      person: PersonSchema,
    }),
  ),
  open: Type.Integer({ description: "all open questions" }),
  sure: Type.Integer({ description: "those of them that are sure" }),
  next_cursor: NextCursor,
});
export type ReviewAnswer = Static<typeof ReviewAnswerSchema>;

/** "Is this cluster this person?" */
export interface ReviewQuestion {
  readonly id: string;
  readonly level: Static<typeof LevelSchema>;
  readonly cluster: SuggestedCluster;
  readonly person: PersonSummary;
}

export function toReviewAnswer(
  { items, nextCursor }: PageOf<ReviewQuestion>,
  counts: { readonly open: number; readonly sure: number },
): ReviewAnswer {
  return {
    questions: items.map(({ id, level, cluster, person }) => ({
      id,
      level,
      cluster: toClusterJson(cluster),
      person: toPersonJson(person),
    })),
    ...counts,
    next_cursor: nextCursor,
  };
}

export const AnsweredSchema = Type.Object({
  answer: Type.Union([Type.Literal("yes"), Type.Literal("no"), Type.Literal("unsure"), Type.Literal("open")]),
  cluster: Type.String(),
  ...named,
  faces: Type.Integer({ description: "assigned" }),
  change: NullableChangeId,
});
export type Answered = Static<typeof AnsweredSchema>;

export const AcceptedAnswerSchema = Type.Object({
  accepted: Type.Integer({ description: "clusters" }),
  faces: Type.Integer(),
  people: Type.Array(Type.Object({ ...named, faces: Type.Integer() })),
  change: NullableChangeId,
});
export type AcceptedAnswer = Static<typeof AcceptedAnswerSchema>;

/** What was accepted at once, by person. */
export function toAcceptedAnswer(
  clusters: readonly string[],
  people: readonly { readonly person: Person; readonly faceIds: readonly number[] }[],
  change: number | null,
): AcceptedAnswer {
  const accepted = people.map(({ person, faceIds }) => ({ ...toNamed(person), faces: faceIds.length }));
  return {
    accepted: clusters.length,
    faces: accepted.reduce((sum, one) => sum + one.faces, 0),
    people: accepted,
    change,
  };
}
