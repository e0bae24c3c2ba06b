import { type Static, Type } from "typebox";
import type { Candidate } from "../../domain/recognition.ts";
import { Distance, Nullable, Score } from "./values.ts";

/** A person and how near they are. */
export const CandidateSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  score: Score,
  distance: Distance,
});
export type CandidateJson = Static<typeof CandidateSchema>;

export function toCandidateJson({ person, personId, score, distance }: Candidate): CandidateJson {
  return { person, person_id: personId, score, distance };
}

export const MatchAnswerSchema = Type.Object({
  threshold: Type.Number(),
  model: Type.String(),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  candidates: Type.Array(CandidateSchema),
});

/** @param who The recognized person; null if none. */
export function toMatchAnswer(
  threshold: number,
  model: string,
  who: Candidate | null,
  candidates: readonly Candidate[],
): Static<typeof MatchAnswerSchema> {
  return {
    threshold,
    model,
    person: who?.person ?? null,
    person_id: who?.personId ?? null,
    candidates: candidates.map(toCandidateJson),
  };
}
