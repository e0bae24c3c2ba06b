import type { Match } from "../../domain/face.ts";
import type { VisitToSave } from "./visits.ts";

/** A stored face that belongs to no visit yet: of the past, or of a version without visits. */
export interface OldFace {
  readonly faceId: number;
  readonly uid: string;
  readonly camera: string;
  readonly model: string;
  /** null: it is damaged. */
  readonly encoding: Float32Array | null;
  readonly capturedAt: Date;
  readonly receivedAt: Date;
  readonly source: string | null;
  readonly sourceEventId: string | null;
  readonly quality: number | null;
  readonly detectionScore: number | null;
  /** person_id of the person it is assigned to. */
  readonly personId: string | null;
  readonly matched: Match | null;
  readonly ignored: boolean;
  readonly hasThumbnail: boolean;
}

/** Faces without a visit. */
export interface OldFaceStore {
  /** By time (`captured_at`, then id), those after the given one. */
  oldFaces(after: Pick<OldFace, "capturedAt" | "faceId"> | null, limit: number): Promise<readonly OldFace[]>;
  /** Visits with all their faces. Those that were deleted meanwhile, or that have a visit, are passed over. */
  saveOldVisits(visits: readonly { readonly visit: VisitToSave; readonly faceIds: readonly number[] }[]): Promise<void>;
}
