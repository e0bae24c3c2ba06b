import type { Person } from "../person.ts";

/** Why a face, or a person with all their faces, has no encoding of a further model. The later in the list, the nearer it came. */
export const RE_ENCODE_FAILURES = ["no_face", "no_picture", "bad_picture", "not_found", "too_poor"] as const;
export type ReEncodeFailure = (typeof RE_ENCODE_FAILURES)[number];

/** The failures as sentences. */
export const WHY_NOT_RE_ENCODED: Readonly<Record<ReEncodeFailure, string>> = {
  no_face: "no face of theirs is stored: their looks came by the registry file",
  no_picture: "of their faces neither frame nor thumbnail is left",
  bad_picture: "their pictures cannot be read",
  not_found: "their face was not found in their pictures",
  too_poor: "their pictures are too poor",
};

/** Of failures, the one that came nearest to an encoding. @throws {RangeError} for an empty list */
export function nearestFailure(failures: readonly ReEncodeFailure[]): ReEncodeFailure {
  const nearest = RE_ENCODE_FAILURES[Math.max(...failures.map((one) => RE_ENCODE_FAILURES.indexOf(one)))];
  if (nearest === undefined) throw new RangeError("no failure was given");
  return nearest;
}

/** A person of whom no look of the model could be made. */
export interface NotReEncoded extends Person {
  /** That were tried. */
  readonly faces: number;
  readonly failure: ReEncodeFailure;
}

/** New encodings of named people by another model: how far the run is, or how the last one ended. */
export interface ReEncoding {
  readonly state: "idle" | "running" | "done" | "cancelled" | "failed";
  readonly model: string | null;
  /** Nothing is encoded or changed: `couldNot` says who has no picture. */
  readonly dryRun: boolean;
  readonly people: number;
  readonly peopleDone: number;
  /** Of which looks are to be made, those that had an encoding of the model at the start included. */
  readonly faces: number;
  /** That have an encoding, or could not get one. */
  readonly facesDone: number;
  /** Of these, the ones that could not. */
  readonly facesFailed: number;
  /** People who got looks in the change that ended the run. */
  readonly enrolled: number;
  readonly couldNot: readonly NotReEncoded[];
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: string | null;
  /** Id of the change in the history; null: nothing was enrolled. */
  readonly change: number | null;
}
