import type { Face } from "../face.ts";
import type { Person } from "../person.ts";
import type { Stranger } from "./stranger.ts";

/**
 * `open`: it goes on, or too little was seen to decide. `corrected`: a user said who it is, or who it is not.
 * `ignored`: of an ignored group, or a user said so.
 */
export type VisitState = "open" | "recognized" | "ambiguous" | "unknown" | "corrected" | "ignored";

/** Faces at one camera that belong together: one pass of one person. */
export interface Visit {
  readonly visitId: string;
  readonly camera: string;
  readonly model: string;
  /** Times of its first and of its last face (`capturedAt`). */
  readonly from: Date;
  readonly to: Date;
  /** Faces that are still stored. */
  readonly faces: number;
  readonly state: VisitState;
  /** Who it is: recognized or corrected. */
  readonly person: Person | null;
  /** Of what was compared when it was recognized, not rounded; null unless `recognized`. */
  readonly distance: number | null;
  readonly stranger: Omit<Stranger, "bestFace"> | null;
  /** The face that shows it best. */
  readonly representative: Face | null;
}
