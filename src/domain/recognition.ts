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
}

/** A stored face with what it was taken for on arrival, and who is nearest to it now. */
export interface SeenFace extends Face {
  readonly type: RecognitionType;
  readonly candidates: readonly Candidate[];
}
