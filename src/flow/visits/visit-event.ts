import { randomUUID } from "node:crypto";
import type { Candidate, RecognitionEvent, RecognitionType } from "../../domain/recognition.ts";
import type { VisitRecord } from "./visit-record.ts";

/** An event that a visit may cause. */
export interface Announcement {
  readonly event: RecognitionEvent;
  /** States follow it. */
  readonly isSighting: boolean;
  /** It is published, unless its cooldown has not passed. */
  readonly isNews: boolean;
}

/** The answer of an event, and what was compared for it. */
export interface Answer {
  readonly type: RecognitionType;
  readonly who: Candidate | null;
  readonly candidates: readonly Candidate[];
  readonly threshold: number;
  readonly delayed: boolean;
}

/** An event about the face that an answer was given for. */
export interface EventFace {
  readonly faceId: number;
  readonly camera: string;
  readonly cameraId: string;
  readonly capturedAt: Date;
  readonly source: string | null;
  readonly box: RecognitionEvent["box"];
  readonly sourceEventId: string | null;
  readonly model: string;
  readonly zones: readonly string[];
  readonly subLabel: string | null;
}

/** @param faces of the visit so far */
export function toEvent(
  answer: Answer,
  face: EventFace,
  { visit, stranger }: VisitRecord,
  faces: number,
): RecognitionEvent {
  const isStranger = answer.type !== "recognized" && stranger !== null;
  return {
    type: answer.type,
    eventId: randomUUID(),
    faceId: face.faceId,
    who: answer.who,
    threshold: answer.threshold,
    camera: face.camera,
    cameraId: face.cameraId,
    timestamp: face.capturedAt,
    source: face.source,
    box: face.box,
    sourceEventId: face.sourceEventId,
    candidates: answer.candidates,
    delayed: answer.delayed,
    model: face.model,
    zones: face.zones,
    subLabel: face.subLabel,
    visitId: visit.visitId,
    visitFaces: faces,
    strangerId: isStranger ? stranger.strangerId : null,
    strangerVisits: isStranger ? stranger.visits : null,
  };
}

/** An event about a visit, with the face that shows it best; null while that is not stored. */
export function toVisitEvent(answer: Answer, record: VisitRecord): RecognitionEvent | null {
  const { best, visit } = record;
  return best.stored && toEvent(answer, { ...best, ...best.stored }, record, visit.faces);
}
