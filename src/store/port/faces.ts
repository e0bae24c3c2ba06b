import type { GroupedFace } from "../../domain/cluster.ts";
import type { Box, Face, FaceState, IncomingFace, Match } from "../../domain/face.ts";
import type { Page, PageOf } from "../../domain/page.ts";
import type { VisitToSave } from "./visits.ts";

/** A face with what was decided about it on arrival. */
export interface FaceToSave extends IncomingFace {
  /** The visit it belongs to, saved with the batch; null: none yet. */
  readonly visitId: string | null;
  /** Accepted automatic match; the face stays unassigned all the same. */
  readonly matched: (Match & { readonly score: number }) | null;
  /** The ignored cluster it joins silently; null for all others. */
  readonly ignoredCluster: string | null;
  /** Whether a thumbnail is wanted: sent with the face, or cut from its frame later. */
  readonly wantsThumbnail: boolean;
}

/** What {@link FaceStore.saveFaces} answers for each face of a batch. */
export interface SavedFace {
  /** As it is stored. */
  readonly face: Face;
  readonly cameraId: string;
  /** This `uid` was stored before (or earlier in the batch): `face` is the stored one, and no face was written. */
  readonly duplicate: boolean;
}

/** A face whose thumbnail has yet to be made; survives a crash. */
export interface PendingThumbnail {
  readonly faceId: number;
  readonly image: Uint8Array | null;
  readonly source: string | null;
  readonly box: Box | null;
}

/** Conditions on faces; all that are given must hold. */
export interface FaceFilter {
  readonly camera?: string;
  /** person_id */
  readonly personId?: string;
  readonly state?: FaceState;
  /** captured at or after */
  readonly from?: Date;
  /** captured before */
  readonly to?: Date;
  readonly cluster?: string;
  readonly visit?: string;
  /** id of a face: it, and those of the same camera and source */
  readonly frameOf?: number;
  readonly model?: string;
  /** person_id: assigned to this person, or recognized as this person on arrival */
  readonly seenAs?: string;
  /** whether a person was recognized on arrival */
  readonly recognized?: boolean;
}

/** Conditions on faces of a person; all that are given must hold. */
export interface PersonFaceFilter extends Pick<FaceFilter, "camera" | "from" | "to"> {
  /** recognized: unassigned, and no user denied it */
  readonly state?: "assigned" | "recognized";
}

/** A face's encoding, and the enrolled encoding that it has a part in, if any. */
export interface FaceOfLook {
  readonly encoding: Float32Array;
  /** id */
  readonly look: number | null;
}

/** Faces of a person at a camera in a quarter of an hour. */
export interface QuarterOfFaces {
  /** Its beginning. */
  readonly at: Date;
  readonly camera: string;
  readonly faces: number;
  /** Of these, those that were recognized only. */
  readonly recognized: number;
}

/** Packed encodings of many faces of one model; row i belongs to `faceIds[i]`. */
export interface FaceEncodings {
  readonly model: string;
  readonly faceIds: readonly number[];
  /** faceIds.length × dimension, on a SharedArrayBuffer so that workers read it in place. */
  readonly data: Float32Array;
}

export interface CollectedFaces extends FaceEncodings {
  /** Number of each face's (camera, source) frame, -1 without a source: equal numbers are one frame. */
  readonly frames: Int32Array;
}

/** How many faces a camera saw in an hour; hours without faces are left out. */
export interface HourOfFaces {
  readonly camera: string;
  /** Whole hours after `since`; 0 is the first. */
  readonly hour: number;
  readonly faces: number;
}

/** Last sighting at a camera; what its retained state is made of. */
export interface CameraState {
  readonly camera: string;
  /** Unique slug that never changes. */
  readonly cameraId: string;
  readonly lastSeen: Date | null;
  readonly faceId: number | null;
}

/** An unassigned face past retention, with what is needed to delete its frame. */
export interface PurgeCandidate {
  readonly faceId: number;
  readonly uid: string;
  readonly camera: string;
  readonly source: string | null;
  readonly capturedAt: Date;
  readonly hasThumbnail: boolean;
}

/** The faces' part of the store. */
export interface FaceStore {
  /**
   * One answer per face, in order; the visits are stored with them, or neither. The batch is committed when the call
   * returns its promise: a change that is started later finds the faces. So if a caller compares faces and saves them
   * without awaiting in between, no person can be removed between the comparison and the commit.
   */
  saveFaces(batch: readonly FaceToSave[], visits?: readonly VisitToSave[]): Promise<readonly SavedFace[]>;
  /**
   * Stores a face and deletes it in the same transaction: it is on disk when the call returns its promise, and nothing ever
   * sees it.
   */
  tryFace(face: Pick<FaceToSave, "uid" | "camera" | "capturedAt" | "receivedAt" | "encoding" | "model">): Promise<void>;
  /** Those that are stored already. */
  knownUids(uids: readonly string[]): Promise<ReadonlySet<string>>;
  pendingThumbnails(limit: number): Promise<readonly PendingThumbnail[]>;
  /** `jpeg` null: no thumbnail can be made. A face that is gone is passed over. */
  saveThumbnail(faceId: number, jpeg: Uint8Array | null): Promise<void>;

  face(id: number): Promise<Face | null>;
  /** Newest first (`captured_at`, then id). */
  faces(filter: FaceFilter, page: Page): Promise<PageOf<Face>>;
  /**
   * A person's history, newest first: the faces assigned to them, and those recognized as them that no user assigned to
   * another or denied to be them.
   */
  facesOfPerson(personId: string, page: Page, filter?: PersonFaceFilter): Promise<PageOf<Face>>;
  /** When and where those were, oldest first; quarters of an hour without any are left out. */
  quartersOfPerson(personId: string, filter: Omit<PersonFaceFilter, "state">): Promise<readonly QuarterOfFaces[]>;
  /** Of those that exist and are not damaged. Yields between chunks. */
  encodingsOf(ids: readonly number[]): Promise<ReadonlyMap<number, FaceOfLook>>;
  /** What decides whether faces represent their group; ids that do not exist are left out. Yields between chunks. */
  faceLooks(ids: readonly number[]): Promise<ReadonlyMap<number, Pick<GroupedFace, "visitId" | "hasThumbnail">>>;
  /** Ordered by id; ids that do not exist are left out. Yields between chunks. */
  facesById(ids: readonly number[]): Promise<readonly Face[]>;
  /** null when the face does not exist or its encoding is damaged. */
  encodingOf(id: number): Promise<Float32Array | null>;
  /** The enrolled encodings that faces have a part in: face id → id of the encoding. */
  looksOfFaces(): Promise<ReadonlyMap<number, number>>;
  thumbnail(id: number): Promise<Uint8Array | null>;
  cameraStates(): Promise<readonly CameraState[]>;
  /** Faces captured at or after `since`, by camera and hour. */
  facesByHour(since: Date): Promise<readonly HourOfFaces[]>;
  /** All faces of a model in the given states. Yields between chunks. */
  encodings(states: readonly FaceState[], model: string): Promise<FaceEncodings>;
  /**
   * All unassigned faces, by model, of which there are some; without `includeRecognized`, those without an automatic match, or whose match a person has
   * denied since. Yields between chunks.
   */
  collectUnassigned(options: { includeRecognized: boolean }): Promise<readonly CollectedFaces[]>;

  /** Unassigned faces whose later of captured_at and received_at lies before `before`. */
  purgeable(before: Date): Promise<readonly PurgeCandidate[]>;
  /** Sources of all faces except these. Yields between chunks. */
  otherSources(faceIds: readonly number[]): Promise<ReadonlySet<string>>;
  /** Deletes those of the faces that are still unassigned and scrubs the files. Answers the deleted ids. */
  purge(faceIds: readonly number[]): Promise<readonly number[]>;
  /** Milliseconds of uptime during which nothing may be purged; 0: purging is allowed. */
  purgeHold(): Promise<number>;
  savePurgeHold(ms: number): Promise<void>;
}
