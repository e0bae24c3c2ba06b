import type { Face } from "../face.ts";
import type { Person, PersonSummary } from "../person.ts";

/** What one threshold would do to the stored faces. */
export interface ThresholdStep {
  readonly threshold: number;
  /** Groups that the unassigned faces would make; null when there are too many faces to try. */
  readonly clusters: number | null;
  /** Of these, of one face. */
  readonly alone: number | null;
  /** Stored faces nearer to a person than this. */
  readonly recognized: number;
  /** Of these, unassigned. */
  readonly wouldGetAName: number;
  /** Assigned faces that would be taken for another person. */
  readonly wrong: number;
}

/** The two people whose encodings lie nearest to one another. */
export interface ClosestPair {
  readonly distance: number;
  readonly people: readonly PersonSummary[];
}

/** An unassigned face, with whose name it would get and from how far. */
export interface FaceAtTheLine {
  readonly face: Face;
  readonly person: Person;
  readonly distance: number;
}

/** What thresholds from 0.40 to 0.70 would do to the stored faces. Distances are rounded to 4 places. */
export interface ThresholdStudy {
  /** That of most enrolled encodings: only its faces are looked at. */
  readonly model: string;
  readonly faces: number;
  readonly unassigned: number;
  readonly people: number;
  readonly steps: readonly ThresholdStep[];
  readonly closestPair: ClosestPair | null;
  /** Farthest first: of each step the few that it only just lets in. */
  readonly atTheLine: readonly FaceAtTheLine[];
  /** Width of a histogram's bin; the first starts at 0. */
  readonly bin: number;
  /** Unassigned faces by distance to the nearest person, and to the second-nearest. */
  readonly nearest: readonly number[];
  readonly second: readonly number[];
  /** Assigned faces by distance to their own person. */
  readonly own: readonly number[];
}
