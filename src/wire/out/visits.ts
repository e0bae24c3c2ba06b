import { type Static, Type } from "typebox";
import type { Face } from "../../domain/face.ts";
import type { PageOf } from "../../domain/page.ts";
import type { Candidate } from "../../domain/recognition.ts";
import { toScored } from "../../domain/vectors/encoding.ts";
import type { Visit } from "../../domain/visits/visit.ts";
import { CandidateSchema, toCandidateJson } from "./candidates.ts";
import { RepresentativeSchema, toRepresentativeJson } from "./clusters/clusters.ts";
import { FaceSchema, toFaceJson } from "./faces.ts";
import { StrangerSchema, toStrangerJson } from "./strangers.ts";
import { Distance, NextCursor, Nullable, NullableChangeId, Score, Time } from "./values.ts";

export const VISIT_STATES = ["open", "recognized", "ambiguous", "unknown", "corrected", "ignored"] as const;

export const VisitSchema = Type.Object({
  visit_id: Type.String(),
  camera: Type.String(),
  from: Type.String({ format: "date-time", description: "ISO 8601, UTC; of its first face" }),
  to: Time,
  faces: Type.Integer({ description: "that are still stored" }),
  person: Nullable(Type.String({ description: "recognized, or as a user said" })),
  person_id: Nullable(Type.String()),
  score: Nullable(Score),
  distance: Nullable(Distance),
  stranger: Nullable(StrangerSchema),
  state: Type.Enum([...VISIT_STATES]),
  representative: Nullable(RepresentativeSchema),
  model: Type.String(),
});
export type VisitJson = Static<typeof VisitSchema>;

export function toVisitJson(visit: Visit): VisitJson {
  const { person, distance, stranger, representative } = visit;
  return {
    visit_id: visit.visitId,
    camera: visit.camera,
    from: visit.from.toISOString(),
    to: visit.to.toISOString(),
    faces: visit.faces,
    person: person?.name ?? null,
    person_id: person?.personId ?? null,
    ...(distance === null ? { score: null, distance: null } : toScored(distance)),
    stranger: stranger && toStrangerJson(stranger),
    state: visit.state,
    representative: representative && toRepresentativeJson(representative),
    model: visit.model,
  };
}

/** A visit as it is after a correction. */
export const CorrectedVisitSchema = Type.Object({ ...VisitSchema.properties, change: NullableChangeId });
export type CorrectedVisitJson = Static<typeof CorrectedVisitSchema>;

export function toCorrectedJson(visit: Visit & { readonly change: number | null }): CorrectedVisitJson {
  return { ...toVisitJson(visit), change: visit.change };
}

export const VisitsAnswerSchema = Type.Object({ visits: Type.Array(VisitSchema), next_cursor: NextCursor });
export type VisitsAnswer = Static<typeof VisitsAnswerSchema>;

export function toVisitsAnswer({ items, nextCursor }: PageOf<Visit>): VisitsAnswer {
  return { visits: items.map(toVisitJson), next_cursor: nextCursor };
}

/** A visit, its faces, and the people nearest to it, under which distance one of them is taken for it. */
export interface VisitDetail {
  readonly visit: Visit;
  readonly faces: readonly Face[];
  readonly candidates: readonly Candidate[];
  readonly threshold: number;
}

export const VisitDetailAnswerSchema = Type.Object({
  ...VisitSchema.properties,
  candidates: Type.Array(CandidateSchema, { description: "the 3 people who are nearest now" }),
  threshold: Type.Number({ description: "under which distance one of them is taken for it: fits what is compared" }),
  seen: Type.Array(FaceSchema, { description: "its newest faces, at most 100; all are `GET /api/faces?visit=`" }),
});
export type VisitDetailAnswer = Static<typeof VisitDetailAnswerSchema>;

export function toVisitDetailAnswer({ visit, faces, candidates, threshold }: VisitDetail): VisitDetailAnswer {
  return {
    ...toVisitJson(visit),
    candidates: candidates.map(toCandidateJson),
    threshold,
    seen: faces.map(toFaceJson),
  };
}
