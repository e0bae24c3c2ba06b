/** A named person. `personId` is a slug (`a-z0-9_`) that is made once and never changes; the name may. */
export interface Person {
  readonly personId: string;
  readonly name: string;
}

/** A person as lists show it. Times are those of the faces (`capturedAt`); null if there are none. */
export interface PersonSummary extends Person {
  /** Enrolled encodings. */
  readonly encodings: number;
  /** Of these, in order of the alphabet. */
  readonly models: readonly string[];
  /** Assigned faces. */
  readonly faces: number;
  /** Unassigned faces that were recognized as this person, and that no user denied to be. */
  readonly recognized: number;
  /** The oldest of both. */
  readonly firstSeen: Date | null;
  /** The newest of both, or the last recognition if that is newer: its face may be gone. */
  readonly lastSeen: Date | null;
  readonly lastCamera: string | null;
  /** The newest assigned face that has a thumbnail. */
  readonly thumbnailFace: number | null;
  /** The face that shows the person: the chosen one, else the most central one with a thumbnail. */
  readonly portraitFace: number | null;
  /** The face that was chosen; null: none was. It is not shown while it is another person's. */
  readonly chosenPortrait: number | null;
}

/** An encoding that may be the mean of several faces. Those of different models are never compared. */
export interface CountedEncoding {
  /** float32 */
  readonly encoding: Float32Array;
  /** Number of faces it is the mean of. */
  readonly count: number;
  /** Variance of those faces, summed over all axes; null or missing: not known. */
  readonly variance?: number | null;
  readonly model: string;
}

/** One enrolled encoding of a person: the mean of faces that were assigned together, or one read from the registry file. */
export interface EnrolledEncoding {
  /** float32, of its model's dimension and length. */
  readonly encoding: Float32Array;
  /** Frame of the face nearest to the mean. */
  readonly source: string;
  /** All frames behind the mean. */
  readonly sources: readonly string[];
  /** Number of faces behind the mean. */
  readonly count: number;
  readonly model: string;
}

/** How the faces of a person vary that were seen at different hours. */
export interface PersonVariance {
  readonly model: string;
  readonly faces: number;
  /** Of their encodings, summed over all axes. */
  readonly variance: number;
}
