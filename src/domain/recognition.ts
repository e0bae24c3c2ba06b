import type { Box, Face } from "./face.ts";

/** `ambiguous`: two people are too close to call. */
export type RecognitionType = "recognized" | "unknown" | "ambiguous";

/** A person and the distance of its nearest encoding to the face; `distance` and `score = 1 - distance` rounded to 4 places. */
export interface Candidate {
  readonly person: string;
  readonly personId: string;
  readonly score: number;
  readonly distance: number;
}

/**
 * How sure a suggestion is. `sure`: may be done in one click; `perhaps`: to be shown side by side, never confirmed
 * beforehand.
 */
export type Level = "sure" | "perhaps";

/** Who a group of faces may be. */
export interface Suggestion extends Candidate {
  /** The distance under which it counts, for what was compared. */
  readonly threshold: number;
  readonly level: Level;
}

/** The published result of comparing one face. Never holds an encoding. */
export interface RecognitionEvent {
  readonly type: RecognitionType;
  readonly eventId: string;
  readonly faceId: number;
  /** The recognized person; null for `unknown` and `ambiguous`. */
  readonly who: Candidate | null;
  readonly threshold: number;
  readonly camera: string;
  readonly cameraId: string;
  readonly timestamp: Date;
  readonly source: string | null;
  readonly box: Box | null;
  readonly sourceEventId: string | null;
  /** The 3 nearest people, nearest first, within the threshold or not. */
  readonly candidates: readonly Candidate[];
  /** Older than `max_age_seconds` on arrival. */
  readonly delayed: boolean;
  readonly model: string;
  readonly visitId: string | null;
  /** Faces of the visit so far. */
  readonly visitFaces: number;
  /** null for people, and for strangers who come for the first time. */
  readonly strangerId: string | null;
  /** Their visits so far, this one included. */
  readonly strangerVisits: number | null;
  /** Of Frigate's zones, those that the face was in; empty: not known. */
  readonly zones: readonly string[];
  /** The name that Frigate gave, if any. */
  readonly subLabel: string | null;
}

/** A stored face with what it was taken for on arrival, and who is nearest to it now. */
export interface SeenFace extends Face {
  readonly type: RecognitionType;
  readonly candidates: readonly Candidate[];
}
