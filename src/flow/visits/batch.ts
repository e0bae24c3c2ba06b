import type { IncomingFace } from "../../domain/face.ts";
import type { Decision, DecisionRules } from "../../recognize/decide.ts";
import type { Galleries } from "../../recognize/galleries.ts";
import type { OpenVisit } from "../../recognize/open-visit.ts";
import type { SavedFace } from "../../store/port/faces.ts";
import type { StrangerSeen } from "../strangers/live-strangers.ts";
import type { Announcement } from "./visit-event.ts";
import type { VisitRecord } from "./visit-record.ts";

/** A face that was not stored before, and its visit as it is with this face and those before it. */
export interface PlacedFace {
  readonly face: IncomingFace;
  readonly visit: OpenVisit;
  /** Too old on arrival to act on. */
  readonly delayed: boolean;
}

/** Faces that arrived together. */
export interface Batch {
  readonly placed: readonly PlacedFace[];
  /** Their visits with these faces, not decided yet; and all visits as they were before. */
  readonly records: ReadonlyMap<string, VisitRecord>;
  readonly before: ReadonlyMap<string, VisitRecord>;
}

/** What decides. */
export interface Deciding {
  readonly galleries: Galleries;
  readonly rules: DecisionRules & { readonly minFaces: number };
  readonly isDelayed: (ageMs: number) => boolean;
  /** Of a visit that goes on, in which no person was recognized. */
  readonly strangerOf: (record: VisitRecord) => StrangerSeen | null;
}

/** What was decided about a batch. */
export interface Verdicts {
  /** By face. */
  readonly faces: readonly Pick<Decision, "who" | "ignoredCluster">[];
  /** The batch's visits, decided. */
  readonly records: ReadonlyMap<string, VisitRecord>;
  /** Visits whose earlier faces get the person too. */
  readonly rematched: ReadonlySet<string>;
  /**
   * What may be emitted once it is stored.
   * @param saved by face
   * @param records as they are then, with the numbers of their best faces
   */
  announce(saved: readonly SavedFace[], records: ReadonlyMap<string, VisitRecord>): Announcement[];
}
