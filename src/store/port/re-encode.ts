import type { ChangeOrigin } from "../../domain/change.ts";
import type { Box } from "../../domain/face.ts";
import type { Person } from "../../domain/person.ts";
import type { ChangeOutcome } from "./people.ts";

/** A face of a person, and what another model may see it in. */
export interface FaceToReEncode {
  readonly id: number;
  readonly source: string | null;
  readonly box: Box | null;
  /** It has an encoding of that model already. */
  readonly isEncoded: boolean;
}

/** A person with the faces that looks of another model would be made of. */
export interface PersonToReEncode extends Person {
  readonly faces: readonly FaceToReEncode[];
  /** They have a look of that model already, from whatever it was made. */
  readonly hasLook: boolean;
}

/** What another model made of the picture of a face. */
export interface FurtherEncoding {
  readonly faceId: number;
  readonly model: string;
  /** float32, of the model's dimension and length. */
  readonly encoding: Float32Array;
  /** What the encoder says of the picture, higher is better; null: unknown. */
  readonly quality: number | null;
}

/** What was enrolled of a further model. */
export interface EnrolAgainOutcome {
  /** The change's id in the history; null: there was nothing to enrol. */
  readonly change: number | null;
  /** Who got looks, or whose looks were made again of more faces. */
  readonly people: readonly ChangeOutcome[];
  /** Looks that were made, or made again. */
  readonly looks: number;
}

/**
 * People with encodings of a further model: what it made of the pictures of their faces is kept with each face, and enrolled
 * together, one look for each look that they have. The faces' own encodings stay.
 */
export interface ReEncodeStore {
  /**
   * Everybody, with their faces that have another model: those that their looks were made of or, if there are none, all that
   * are assigned to them.
   */
  peopleToReEncode(model: string): Promise<readonly PersonToReEncode[]>;
  /** Keeps a further encoding of an assigned face, instead of one that is there; false: the face is gone or unassigned. */
  saveFurtherEncoding(made: FurtherEncoding): Promise<boolean>;
  /** Enrols what {@link saveFurtherEncoding} kept of a model and no look has a part of yet: one change of all people. */
  enrolAgain(model: string, by?: ChangeOrigin): Promise<EnrolAgainOutcome>;
}
