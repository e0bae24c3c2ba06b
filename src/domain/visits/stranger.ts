import type { Face } from "../face.ts";

/** An unknown person who came more than once. Goes with the last visit, or when named. */
export interface Stranger {
  /** Lasting; made from the number. */
  readonly strangerId: string;
  /** Counts up from 1; never given twice. */
  readonly number: number;
  readonly model: string;
  readonly visits: number;
  readonly cameras: readonly string[];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** The face that shows them best; null: it is gone. */
  readonly bestFace: number | null;
}

/** A stranger as they are shown. */
export interface ShownStranger extends Stranger {
  /** The face that shows them best; null: it is gone. */
  readonly representative: Face | null;
}

/** A visit of an unknown person. */
export interface UnknownVisit {
  readonly visitId: string;
  readonly model: string;
  readonly camera: string;
  /** Times of its first and of its last face. */
  readonly from: Date;
  readonly to: Date;
  readonly faces: number;
  /** Of the encodings of its faces. */
  readonly mean: Float32Array;
  /** Of the encodings of its faces, summed over all axes; null: not known. */
  readonly variance: number | null;
}

/** Made of the number. */
export const toStrangerId = (number: number): string => `s_${number}`;
