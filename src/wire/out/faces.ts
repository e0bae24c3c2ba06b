import { type Static, Type } from "typebox";
import type { Face } from "../../domain/face.ts";
import type { PageOf } from "../../domain/page.ts";
import { round4, toScored } from "../../domain/vectors/encoding.ts";
import { CandidateSchema } from "./candidates.ts";
import { BoxSchema, Distance, NextCursor, Nullable, ThumbnailUrl, Time, toThumbnailUrl } from "./values.ts";

export const FaceSchema = Type.Object({
  face_id: Type.Integer(),
  uid: Type.String({ description: "the id it was published with" }),
  camera: Type.String(),
  timestamp: Time,
  source: Nullable(Type.String()),
  box: Nullable(BoxSchema),
  detection_score: Nullable(Type.Number()),
  state: Type.Union([Type.Literal("unassigned"), Type.Literal("assigned"), Type.Literal("ignored")]),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  matched: Nullable(CandidateSchema),
  cluster: Nullable(Type.String()),
  thumbnail: ThumbnailUrl,
  model: Type.String({ description: "what made its encoding" }),
  visit_id: Nullable(Type.String()),
  quality: Nullable(Type.Number()),
  stranger_id: Nullable(Type.String({ description: "of an unknown person who came more than once" })),
});
export type FaceJson = Static<typeof FaceSchema>;

export function toFaceJson(face: Face): FaceJson {
  const { matched } = face;
  return {
    face_id: face.id,
    uid: face.uid,
    camera: face.camera,
    timestamp: face.capturedAt.toISOString(),
    source: face.source,
    box: face.box && { ...face.box },
    detection_score: face.detectionScore,
    state: face.state,
    person: face.person,
    person_id: face.personId,
    matched: matched && { person: matched.person, person_id: matched.personId, ...toScored(matched.distance) },
    cluster: face.cluster,
    thumbnail: toThumbnailUrl(face.hasThumbnail ? face.id : null),
    model: face.model,
    visit_id: face.visitId,
    quality: face.quality,
    stranger_id: face.strangerId,
  };
}

export const FacesAnswerSchema = Type.Object({ faces: Type.Array(FaceSchema), next_cursor: NextCursor });
export type FacesAnswer = Static<typeof FacesAnswerSchema>;

export function toFacesAnswer({ items, nextCursor }: PageOf<Face>): FacesAnswer {
  return { faces: items.map(toFaceJson), next_cursor: nextCursor };
}

/** A face and how far it is from another, or from a person; not rounded. */
export interface FaceAtDistance {
  readonly face: Face;
  readonly distance: number;
}

export const SimilarFaceSchema = Type.Object({ ...FaceSchema.properties, distance: Distance });

export function toSimilarFaceJson({ face, distance }: FaceAtDistance): Static<typeof SimilarFaceSchema> {
  return { ...toFaceJson(face), distance: round4(distance) };
}

export const SimilarAnswerSchema = Type.Object({
  faces: Type.Array(SimilarFaceSchema),
  cameras: Type.Array(Type.Object({ camera: Type.String(), faces: Type.Integer() })),
  days: Type.Array(Type.Object({ day: Type.String({ description: "YYYY-MM-DD, UTC" }), faces: Type.Integer() })),
  total: Type.Integer(),
  next_cursor: NextCursor,
});
export type SimilarAnswer = Static<typeof SimilarAnswerSchema>;

/** @param all Every similar face, of which `page` is a part: cameras and days are counted over all of them. */
export function toSimilarAnswer(
  all: readonly FaceAtDistance[],
  { items, nextCursor }: PageOf<FaceAtDistance>,
): SimilarAnswer {
  return {
    faces: items.map(toSimilarFaceJson),
    cameras: countBy(all, ({ face }) => face.camera).map(([camera, faces]) => ({ camera, faces })),
    days: countBy(all, ({ face }) => face.capturedAt.toISOString().slice(0, 10)).map(([day, faces]) => ({
      day,
      faces,
    })),
    total: all.length,
    next_cursor: nextCursor,
  };
}

/** In order of first appearance. */
function countBy<T>(list: readonly T[], key: (one: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return [...counts];
}
