/** A face's position in its source frame, in pixels from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `ignored` faces are left out of discovery and cause no events. */
export type FaceState = "unassigned" | "assigned" | "ignored";

/** An accepted automatic match; independent of what a user assigned. `distance` is not rounded. */
export interface Match {
  readonly person: string;
  readonly personId: string;
  readonly distance: number;
}

/** A valid face as it arrived, not yet stored. */
export interface IncomingFace {
  /** Identifies the face, so that a redelivered message counts once. */
  readonly uid: string;
  readonly camera: string;
  /** Path of the source frame as received; null if absent. */
  readonly source: string | null;
  /** When the frame was taken; the time of arrival if absent or in the future. */
  readonly capturedAt: Date;
  readonly receivedAt: Date;
  readonly box: Box | null;
  /** float32, of its model's dimension and length. */
  readonly encoding: Float32Array;
  /** What made the encoding. Encodings of different models are never compared. */
  readonly model: string;
  /** What the encoder says of the picture, higher is better; null: unknown. */
  readonly quality: number | null;
  readonly detectionScore: number | null;
  /** `event_id` of the camera pipeline. */
  readonly sourceEventId: string | null;
  /** Image bytes as received (JPEG, PNG or WebP), to be re-encoded; null if absent. */
  readonly thumbnail: Uint8Array | null;
  /** It is from the past: stored, but it causes no event and sets no state. */
  readonly history: boolean;
  /** Of Frigate's zones, those it was in; empty: not known. */
  readonly zones: readonly string[];
  /** The name that Frigate gave, if any. */
  readonly subLabel: string | null;
}

/** A stored face, without its encoding. */
export interface Face {
  readonly id: number;
  readonly uid: string;
  readonly camera: string;
  readonly source: string | null;
  readonly capturedAt: Date;
  readonly receivedAt: Date;
  readonly box: Box | null;
  readonly model: string;
  readonly quality: number | null;
  readonly detectionScore: number | null;
  readonly sourceEventId: string | null;
  /** The visit it belongs to; null for faces of a version without visits until they are sorted into some. */
  readonly visitId: string | null;
  /** The stranger whose visit it belongs to. */
  readonly strangerId: string | null;
  readonly state: FaceState;
  /** Name of the person it is assigned to; null unless `assigned`. */
  readonly person: string | null;
  readonly personId: string | null;
  readonly matched: Match | null;
  /** Id of its cluster in the last discovery, or of its ignored cluster. */
  readonly cluster: string | null;
  readonly hasThumbnail: boolean;
}
