import type { VisitState } from "../../domain/visit.ts";

/** What a visit has come to. */
export interface VisitOutcome {
  readonly visitId: string;
  readonly state: VisitState;
  /** Whom it was recognized as; null: no person. */
  readonly personId: string | null;
  /** Of what was compared, not rounded; null without a person. */
  readonly distance: number | null;
  /** The stranger whose visit it is; null: none, or the first time. */
  readonly strangerId: string | null;
}

/** A visit as it is with the faces of a batch. */
export interface VisitToSave extends VisitOutcome {
  readonly camera: string;
  readonly model: string;
  readonly eventId: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly faces: number;
  readonly mean: Float32Array;
  /** `uid` of the face that shows it best. */
  readonly bestFace: string;
  /** All its faces that are stored get its person and distance as their match, not only those of the batch. */
  readonly rematch: boolean;
}

/** The visits' part of the store. What a user corrected stays, whatever is saved later. */
export interface VisitStore {
  /** Of visits that have ended. One that went with its faces is passed over. */
  endVisits(outcomes: readonly VisitOutcome[]): Promise<void>;
  /**
   * Ends the visits that an earlier run left open, from what is stored of them: recognized, ignored or unknown. Call it
   * before the first face.
   */
  endOpenVisits(): Promise<void>;
}
