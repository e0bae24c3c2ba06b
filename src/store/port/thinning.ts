/** A face of an ended visit that may be thinned: it is unassigned, and nothing that a user did or may undo refers to it. */
export interface FaceToThin {
  readonly id: number;
  readonly uid: string;
  readonly capturedMs: number;
  readonly source: string | null;
  readonly encoding: Float32Array;
  /** Ref of the person as whom it was recognized. */
  readonly matched: number | null;
  /** It shows its visit, its camera or a person's last sighting. */
  readonly pinned: boolean;
  readonly hasThumbnail: boolean;
  readonly quality: number | null;
  readonly detectionScore: number | null;
  /** Pixels of its box. */
  readonly size: number;
}

/** How often faces were thinned. */
export interface ThinnedCounts {
  readonly total: number;
  readonly lastRun: number;
}

/** Faces that go because others, nearly equal, stand for them. */
export interface ThinningStore {
  /** Ended visits, the last face before `before`, that were not thinned at this distance since they grew; the ids of some. */
  visitsToThin(distance: number, before: Date): Promise<readonly string[]>;
  facesToThin(visitId: string): Promise<readonly FaceToThin[]>;
  /**
   * Deletes faces that can still be thinned; `keep` then stands for them too. Marks the visit as thinned at the distance.
   * One transaction. Answers the deleted ids.
   */
  thin(
    visitId: string,
    distance: number,
    thinnings: readonly { readonly keep: number; readonly gone: readonly number[] }[],
  ): Promise<readonly number[]>;
  /** Scrubs the files after a run that deleted so many. */
  endThinning(faces: number): Promise<void>;
  thinnedCounts(): Promise<ThinnedCounts>;
}
