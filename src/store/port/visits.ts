import type { ChangeOrigin } from "../../domain/change.ts";
import type { Page, PageOf } from "../../domain/page.ts";
import type { Person } from "../../domain/person.ts";
import type { Visit, VisitState } from "../../domain/visits/visit.ts";

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
  /** Of its faces' encodings, summed over all axes; null: not known. */
  readonly variance: number | null;
  /** `uid` of the face that shows it best. */
  readonly bestFace: string;
  /** All its faces that are stored get its person and distance as their match, not only those of the batch. */
  readonly rematch: boolean;
}

/** Conditions on visits; all that are given must hold. */
export interface VisitFilter {
  readonly camera?: string;
  /** person_id: recognized, or corrected */
  readonly personId?: string;
  readonly strangerId?: string;
  readonly state?: VisitState;
  /** ended (their last face) at or after */
  readonly from?: Date;
  /** ended before */
  readonly to?: Date;
}

/** The visit as a user said it is; `touched`: the people whom that changed. */
export interface CorrectedVisit {
  /** The change's id; null: nothing new was said. */
  readonly change: number | null;
  readonly visit: Visit;
  readonly touched: readonly Person[];
  /** A new person was made. */
  readonly created: boolean;
}

/** What a user says of a visit. */
export type Correction =
  /** Who it is: a valid name or a person_id, of a new person where neither exists. `addLook`: enrol the mean of its faces. */
  | { readonly kind: "is"; readonly name: string; readonly addLook: boolean }
  /** Who it is not: one counter-example of all its faces. */
  | { readonly kind: "not"; readonly personId: string }
  /** Its faces are an ignored group from now on. */
  | { readonly kind: "ignore" };

/** The visits' part of the store. What a user corrected stays, whatever is saved later. */
export interface VisitStore {
  /** Of visits that have ended. One that went with its faces is passed over. */
  endVisits(outcomes: readonly VisitOutcome[]): Promise<void>;
  /**
   * Ends the visits that an earlier run left open, from what is stored of them: recognized, ignored or unknown. Call it
   * before the first face.
   */
  endOpenVisits(): Promise<void>;
  /** Newest first (the time of the last face, then by number). */
  visits(filter: VisitFilter, page: Page): Promise<PageOf<Visit>>;
  visit(visitId: string): Promise<Visit | null>;
  /** A change to people that can be undone; a correction that says nothing new changes nothing. @throws `VISIT_NOT_FOUND` */
  correctVisit(visitId: string, correction: Correction, by?: ChangeOrigin): Promise<CorrectedVisit>;
}
