import { type Static, Type } from "typebox";
import type { PageOf } from "../../domain/page.ts";
import type { RecognitionEvent, SeenFace } from "../../domain/recognition.ts";
import type { Rejection } from "../../domain/rejection.ts";
import { CandidateSchema, toCandidateJson } from "./candidates.ts";
import { FaceSchema, toFaceJson } from "./faces.ts";
import { BoxSchema, Distance, NextCursor, Nullable, Score, Time } from "./values.ts";

const EventTypeSchema = Type.Union([Type.Literal("recognized"), Type.Literal("unknown"), Type.Literal("ambiguous")]);

export const RecognitionEventSchema = Type.Object({
  event_type: EventTypeSchema,
  event_id: Type.String(),
  face_id: Type.Integer(),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  score: Nullable(Score),
  distance: Nullable(Distance),
  threshold: Type.Number(),
  camera: Type.String(),
  timestamp: Time,
  source: Nullable(Type.String()),
  box: Nullable(BoxSchema),
  source_event_id: Nullable(Type.String()),
  candidates: Type.Array(CandidateSchema),
  model: Type.String(),
  visit_id: Nullable(Type.String()),
  visit_faces: Type.Integer({ description: "faces of the visit so far" }),
  stranger_id: Nullable(Type.String()),
  stranger_visits: Nullable(Type.Integer({ description: "how often they came so far, this visit included" })),
  zones: Type.Optional(Type.Array(Type.String(), { description: "Frigate's zones that the face was in" })),
  sub_label: Type.Optional(Type.String({ description: "the name that Frigate gave" })),
  delayed: Type.Optional(Type.Literal(true)),
  test: Type.Optional(Type.Literal(true, { description: "of a test face: no one was there" })),
});
export type RecognitionEventJson = Static<typeof RecognitionEventSchema>;

export function toEventJson(event: RecognitionEvent): RecognitionEventJson {
  return {
    event_type: event.type,
    event_id: event.eventId,
    face_id: event.faceId,
    person: event.who?.person ?? null,
    person_id: event.who?.personId ?? null,
    score: event.who?.score ?? null,
    distance: event.who?.distance ?? null,
    threshold: event.threshold,
    camera: event.camera,
    timestamp: event.timestamp.toISOString(),
    source: event.source,
    box: event.box && { ...event.box },
    source_event_id: event.sourceEventId,
    candidates: event.candidates.map(toCandidateJson),
    model: event.model,
    visit_id: event.visitId,
    visit_faces: event.visitFaces,
    stranger_id: event.strangerId,
    stranger_visits: event.strangerVisits,
    ...(event.zones.length > 0 ? { zones: [...event.zones] } : {}),
    ...(event.subLabel === null ? {} : { sub_label: event.subLabel }),
    ...(event.delayed ? { delayed: true as const } : {}),
  };
}

/** The event of a test face. */
export function toTestEventJson(event: RecognitionEvent): RecognitionEventJson {
  return { ...toEventJson(event), test: true };
}

/** What is published of a rejected message. */
export function toRejectionJson({ topic, code, reason, at }: Rejection) {
  return { topic, code, reason, at: at.toISOString() };
}

export const ActivityAnswerSchema = Type.Object({
  faces: Type.Array(
    Type.Object({
      ...FaceSchema.properties,
      event_type: EventTypeSchema,
      candidates: Type.Array(CandidateSchema, { description: "the 3 people who are nearest now" }),
    }),
  ),
  cooldown_seconds: Type.Number({ description: "faces of one camera and answer within this time are one event" }),
  next_cursor: NextCursor,
});
export type ActivityAnswer = Static<typeof ActivityAnswerSchema>;

export function toActivityAnswer({ items, nextCursor }: PageOf<SeenFace>, cooldownSeconds: number): ActivityAnswer {
  return {
    faces: items.map((face) => ({
      ...toFaceJson(face),
      event_type: face.type,
      candidates: face.candidates.map(toCandidateJson),
    })),
    cooldown_seconds: cooldownSeconds,
    next_cursor: nextCursor,
  };
}
