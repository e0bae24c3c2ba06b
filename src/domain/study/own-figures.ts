import type { RecognitionProfile } from "../settings.ts";

/** How many were tried, and with how many that happened. */
export interface Tally {
  readonly tried: number;
  readonly count: number;
}

/** What one profile would make of single faces, or of visits of so many, of the people there are. */
export interface ProfileFigures {
  readonly profile: RecognitionProfile;
  /** Faces that are looked at together. */
  readonly faces: number;
  /** Of strangers that get a name: each named or ignored person, against the others. */
  readonly strangers: Tally;
  /** Of named people that get their own name, from looks that these faces have no part in. */
  readonly known: Tally;
  /** Of the same that get another name. */
  readonly wrong: number;
}

/** What recognition makes of the people there are: each is tried against the others. */
export interface OwnFigures {
  /** That of most enrolled encodings: only its faces are tried. */
  readonly model: string;
  /** Named or ignored people that were tried. */
  readonly people: number;
  readonly profiles: readonly ProfileFigures[];
  /** Distances of single faces, 0.02 to a bin: to their own person without them, and to the nearest of the others. */
  readonly known: readonly number[];
  readonly strangers: readonly number[];
  readonly recommended: Recommendation | null;
}

/** A profile that would serve these people better, with the figures that say so; null where too few were tried. */
export interface Recommendation {
  readonly profile: RecognitionProfile;
  readonly classic: ProfileFigures;
  /** With as many faces as `recognition.min_faces`, or as many as were tried at most. */
  readonly careful: ProfileFigures;
}
