/** A visit in which no person was recognized, as it is so far. */
export interface UnknownVisit {
  readonly visitId: string;
  readonly camera: string;
  readonly model: string;
  readonly from: Date;
  readonly to: Date;
  readonly faces: number;
  readonly mean: Float32Array;
}

/** A stranger at a visit: how often they came so far, this visit included. */
export interface StrangerAgain {
  /** In the store before it is answered: the visit is saved with it. */
  readonly strangerId: string;
  readonly visits: number;
}

/** Knows again who came before without a name. */
export interface Strangers {
  /**
   * Whose visit it is; null: they come for the first time. Asked at each change of the visit and when it ends, from memory
   * and without awaiting; the same visit counts once, and one that could not be stored may be asked again.
   */
  strangerOf(visit: UnknownVisit): StrangerAgain | null;
}
