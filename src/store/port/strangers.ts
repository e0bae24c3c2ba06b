import type { Page, PageOf } from "../../domain/page.ts";
import type { ShownStranger, Stranger, UnknownVisit } from "../../domain/visits/stranger.ts";

/** An ended visit of an unknown person, and whose it is; null: they came once. */
export interface StoredUnknownVisit extends UnknownVisit {
  readonly strangerId: string | null;
}

/** What strangers are found again by. */
export interface UnknownVisits {
  readonly visits: readonly StoredUnknownVisit[];
  /** The greatest number that was ever given to a stranger; 0: none. */
  readonly lastNumber: number;
}

/**
 * The strangers' part of the store. A visit says whose it is when it is saved; a stranger is never without a visit, and goes
 * with the last one, whatever removed it.
 */
export interface StrangerStore {
  /** By last visit, newest first. */
  strangers(page: Page): Promise<PageOf<ShownStranger>>;
  stranger(strangerId: string): Promise<ShownStranger | null>;
  /** How many there are. */
  strangerCount(): Promise<number>;
  /** Visits of unknown people that have ended, and those that are a stranger's. */
  unknownVisits(): Promise<UnknownVisits>;
  /**
   * A stranger of one visit, to whom the next is about to be saved. Committed when the call returns its promise. Does
   * nothing when the visit is gone or known.
   */
  makeStranger(number: Stranger["number"], visitId: string): Promise<void>;
  /** Takes back a stranger who was not one: their visits are of unknown people who came once. */
  dissolveStranger(strangerId: string): Promise<void>;
}
