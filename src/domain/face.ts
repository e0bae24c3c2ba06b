/** A face's place in its source frame, in pixels from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `ignored` faces stay out of discovery and make no events. */
export type FaceState = "unassigned" | "assigned" | "ignored";

/** Accepted automatic match, kept apart from what a person said. `distance` is not rounded. */
export interface Match {
  readonly person: string;
  readonly personId: string;
  readonly distance: number;
}

/** A face as it arrived, valid, not yet stored. */
export interface IncomingFace {
  /** What makes a redelivered message count once. */
  readonly uid: string;
  readonly camera: string;
  /** Path of the source frame as it came; null when none was told. */
  readonly source: string | null;
  /** The face's own time; arrival when none was told or it lay in the future. */
  readonly capturedAt: Date;
  readonly receivedAt: Date;
  readonly box: Box | null;
  /** float32, length 128. */
  readonly encoding: Float32Array;
  readonly detectionScore: number | null;
  /** `event_id` of the camera pipeline. */
  readonly sourceEventId: string | null;
  /** Image bytes as received (JPEG, PNG or WebP), to be re-encoded; null when none was sent. */
  readonly thumbnail: Uint8Array | null;
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
  readonly detectionScore: number | null;
  readonly sourceEventId: string | null;
  readonly state: FaceState;
  /** The person somebody assigned it to. */
  readonly person: string | null;
  readonly personId: string | null;
  readonly matched: Match | null;
  /** Cluster of the last discovery, or the ignored cluster, that it belongs to. */
  readonly cluster: string | null;
  readonly hasThumbnail: boolean;
}
