import type { Box } from "./face.ts";

export type RecognitionType = "recognized" | "unknown" | "ambiguous";

/** A person and how far from the face its nearest encoding lies; both rounded to 4 places, `score = 1 - distance`. */
export interface Candidate {
  readonly person: string;
  readonly personId: string;
  readonly score: number;
  readonly distance: number;
}

/** One recognition told to the world. Never holds an encoding. */
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
  /** The 3 nearest people, within the threshold or not. */
  readonly candidates: readonly Candidate[];
  /** Older than `max_age_seconds` on arrival. */
  readonly delayed: boolean;
}
