import type { Cluster, Discovery, FoundCluster } from "../domain/cluster.ts";
import type { Box, Face, FaceState, IncomingFace, Match } from "../domain/face.ts";
import type { EnrolledEncoding, Person, PersonSummary } from "../domain/person.ts";
import type { SettingKey, Settings } from "../domain/settings.ts";
import type { Places } from "./topic-roots.ts";

/** A face with what was decided about it on arrival. */
export interface FaceToSave extends IncomingFace {
  /** Accepted automatic match; the face stays unassigned all the same. */
  readonly matched: (Match & { readonly score: number }) | null;
  /** The ignored cluster it joins silently; null for all others. */
  readonly ignoredCluster: string | null;
  /** Whether a thumbnail is wanted: given, or cut from its frame later. */
  readonly wantsThumbnail: boolean;
}

export interface SavedFace {
  readonly id: number;
  readonly cameraId: string;
  /** This `uid` was stored before (or earlier in the batch); `id` is of the stored one. Nothing was written. */
  readonly duplicate: boolean;
}

/** A face whose thumbnail is still to be made; survives a crash. */
export interface PendingThumbnail {
  readonly faceId: number;
  readonly image: Uint8Array | null;
  readonly source: string | null;
  readonly box: Box | null;
}

/** What recognition compares with. */
export interface GalleryContents {
  readonly people: readonly (Person & {
    readonly encodings: readonly Float32Array[];
    /** Encodings of faces that somebody took out of this person. */
    readonly notEncodings: readonly Float32Array[];
  })[];
  readonly ignored: readonly { readonly cluster: string; readonly mean: Float32Array }[];
}

/** `limit` 1 to 1000. `cursor` is opaque: what an earlier page answered. A bad one is `INVALID_INPUT`. */
export interface Page {
  readonly limit: number;
  readonly cursor: string | null;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

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
  /** person_id: assigned to this person, or recognized as this person on arrival */
  readonly seenAs?: string;
  /** whether anybody was recognized on arrival */
  readonly recognized?: boolean;
}

/** Packed encodings of many faces; row i belongs to `faceIds[i]`. */
export interface FaceEncodings {
  readonly faceIds: readonly number[];
  /** faceIds.length × 128, on a SharedArrayBuffer so that workers read it in place. */
  readonly data: Float32Array;
}

export interface CollectedFaces extends FaceEncodings {
  /** Per face the number of its (camera, source) frame, -1 without a source: equal numbers are one frame. */
  readonly frames: Int32Array;
}

export interface DiscoveryResult {
  readonly id: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly faces: number;
  readonly clusters: readonly FoundCluster[];
}

/** What a change to people did, in the words of the flow. */
export interface ChangeOutcome {
  readonly person: Person;
  readonly faceIds: readonly number[];
  /** Encodings the person has now. */
  readonly encodingCount: number;
}

export interface AssignChange {
  readonly cluster: string;
  /** Refused with `CLUSTER_CHANGED` when the cluster's version is another; null: not checked. */
  readonly version: string | null;
  readonly excludeFaces: readonly number[];
  /** A valid name or an existing person_id; a new person is made where neither exists. */
  readonly name: string;
  /** Assign two faces of one frame to one person all the same; else `SAME_FRAME`. */
  readonly allowSameFrame: boolean;
}

export interface Joined {
  readonly faces: number;
  readonly encodings: number;
}

export interface Undone {
  /** What was taken back, as a sentence. */
  readonly sentence: string;
  readonly action: string;
  /** People as they are now whose name or existence changed. */
  readonly before: readonly Person[];
  readonly after: readonly Person[];
}

export interface PurgeCandidate {
  readonly faceId: number;
  readonly uid: string;
  readonly camera: string;
  readonly source: string | null;
  readonly capturedAt: Date;
  readonly hasThumbnail: boolean;
}

/** One person of the registry file, as the file has it. */
export interface RegistryPerson extends Person {
  readonly encodings: readonly (EnrolledEncoding & { readonly id: number })[];
}

/** What another program changed in the registry file. Names are valid; encodings have 128 finite numbers. */
export interface RegistryEdit {
  readonly addedPeople: readonly { readonly name: string; readonly encodings: readonly EnrolledEncoding[] }[];
  /** person_ids */
  readonly removedPeople: readonly string[];
  /** A key that changed while its encodings stayed: the same person under another name. Never a name that is taken. */
  readonly renamedPeople: readonly { readonly personId: string; readonly name: string }[];
  readonly addedEncodings: readonly { readonly personId: string; readonly encoding: EnrolledEncoding }[];
  /** Ids of {@link RegistryPerson} encodings. */
  readonly removedEncodings: readonly number[];
}

export interface StoreCounts {
  readonly people: number;
  readonly faces: number;
  readonly unassigned: number;
  readonly assigned: number;
  readonly ignored: number;
  readonly clusters: number;
  readonly thumbnails: number;
  readonly encodings: number;
  readonly databaseBytes: number;
}

/** Last sighting of a person; what its retained state is made of. */
export interface PersonState extends Person {
  readonly camera: string | null;
  readonly score: number | null;
  readonly distance: number | null;
  readonly lastSeen: Date | null;
  /** Face whose thumbnail is the person's image. */
  readonly faceId: number | null;
}

/** How many faces a camera saw in an hour that has some. */
export interface HourOfFaces {
  readonly camera: string;
  /** Whole hours since the time that was asked for; 0 is the first. */
  readonly hour: number;
  readonly faces: number;
}

export interface CameraState {
  readonly camera: string;
  /** Slug, made once, unique. */
  readonly cameraId: string;
  readonly lastSeen: Date | null;
  readonly faceId: number | null;
}

/**
 * Everything faces2mqtt keeps. One method is one transaction, complete or absent; what it answers is on disk.
 * Errors are {@link FacesError}s; anything else is a failure of the storage itself.
 * Changes to people (`assign` … `applyRegistryEdit`) are remembered for `undo`, at least the last 50.
 */
export interface Store extends Places {
  /** Made once per data folder: 8 hexadecimal digits. */
  readonly instance: string;

  // every face: store
  saveFaces(batch: readonly FaceToSave[]): Promise<readonly SavedFace[]>;
  pendingThumbnails(limit: number): Promise<readonly PendingThumbnail[]>;
  /** `jpeg` null: there is none to be had. */
  saveThumbnail(faceId: number, jpeg: Uint8Array | null): Promise<void>;

  // reading
  face(id: number): Promise<Face | null>;
  /** Newest first (`captured_at`, then id). */
  faces(filter: FaceFilter, page: Page): Promise<PageOf<Face>>;
  /** By id. Many are read in chunks. */
  facesById(ids: readonly number[]): Promise<readonly Face[]>;
  encodingOf(id: number): Promise<Float32Array | null>;
  thumbnail(id: number): Promise<Uint8Array | null>;
  gallery(): Promise<GalleryContents>;
  people(page: Page): Promise<PageOf<PersonSummary>>;
  /** By name (compared case-insensitively) or person_id; a name wins. */
  person(nameOrId: string): Promise<PersonSummary | null>;
  /** Of everybody, or of the people with these person_ids. */
  personStates(personIds?: Iterable<string>): Promise<readonly PersonState[]>;
  cameraStates(): Promise<readonly CameraState[]>;
  /** Faces captured since then, by camera and hour. */
  facesByHour(since: Date): Promise<readonly HourOfFaces[]>;
  counts(): Promise<StoreCounts>;
  /** All faces of the given states, read in chunks so that the event loop goes on. */
  encodings(states: readonly FaceState[]): Promise<FaceEncodings>;

  // discovery
  /**
   * All unassigned faces; without `includeRecognized`, those without an automatic match that nobody has denied since. Read
   * in chunks.
   */
  collectUnassigned(options: { includeRecognized: boolean }): Promise<CollectedFaces>;
  /** Members of the last result, for giving the same people the same ids: cluster id → face ids. */
  clusterMembers(): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Replaces the last result. Faces assigned, ignored or gone meanwhile are left out of their clusters. */
  saveDiscovery(result: DiscoveryResult): Promise<void>;
  lastDiscovery(): Promise<Pick<Discovery, "id" | "faces" | "clusters" | "startedAt" | "finishedAt"> | null>;
  /** Largest first, then by id. */
  clusters(options: { ignored: boolean }, page: Page): Promise<PageOf<Cluster>>;
  cluster(id: string): Promise<Cluster | null>;

  // changes to people, each undoable
  assign(change: AssignChange): Promise<ChangeOutcome & { readonly created: boolean }>;
  /** Assigns single unassigned faces without enrolling an encoding. */
  claim(personId: string, faceIds: readonly number[]): Promise<ChangeOutcome>;
  /** Takes faces out of their people; their encodings are made again of what stays, and "not this person" is kept. */
  unassign(faceIds: readonly number[]): Promise<readonly ChangeOutcome[]>;
  /** `merge` false and the name taken: `PERSON_EXISTS` with what would be joined. */
  rename(
    personId: string,
    to: string,
    merge: boolean,
  ): Promise<ChangeOutcome & { readonly before: Person; readonly joined: Joined | null }>;
  merge(fromIds: readonly string[], to: string): Promise<ChangeOutcome & { readonly removed: readonly Person[] }>;
  /** `erase` also deletes the faces and leaves no byte of them, and nothing to undo. */
  remove(
    personId: string,
    faces: "unassign" | "erase",
  ): Promise<{ readonly person: Person; readonly faceIds: readonly number[] }>;
  ignore(cluster: string, version: string | null): Promise<Cluster>;
  unignore(cluster: string): Promise<{ readonly cluster: string; readonly faceIds: readonly number[] }>;
  /** @throws `NOTHING_TO_UNDO`, saying why when an erasure was the last change. */
  undo(): Promise<Undone>;

  // retention
  /** Unassigned faces whose later of captured_at and received_at lies before `before`. */
  purgeable(before: Date): Promise<readonly PurgeCandidate[]>;
  /** Sources of all faces but these. Read in chunks. */
  otherSources(faceIds: readonly number[]): Promise<ReadonlySet<string>>;
  /** Deletes those of the faces that are still unassigned, leaves no byte of them. Answers the ids that went. */
  purge(faceIds: readonly number[]): Promise<readonly number[]>;
  /** For how many milliseconds of running nothing may be purged; 0: it may. */
  purgeHold(): Promise<number>;
  savePurgeHold(ms: number): Promise<void>;

  // the registry file
  registry(): Promise<readonly RegistryPerson[]>;
  /** What was last written to the registry file, as the registry wants it remembered; null: nothing ever was. */
  rememberedRegistry(): Promise<string | null>;
  rememberRegistry(text: string): Promise<void>;
  /**
   * When somebody of this name was erased, so that an old backup or registry file does not bring them back untold;
   * null: never, or the name was given anew since.
   */
  erasedAt(name: string): Promise<Date | null>;
  /** One transaction and one undoable step. */
  applyRegistryEdit(edit: RegistryEdit): Promise<{
    readonly added: readonly Person[];
    readonly removed: readonly Person[];
    readonly changed: readonly Person[];
  }>;

  // settings
  settings(): Promise<Partial<Settings>>;
  /** `undefined` values take an override back. */
  saveSettings(changes: Partial<{ readonly [K in SettingKey]: Settings[K] | undefined }>): Promise<void>;

  // the house
  /**
   * Leaves no byte of what was deleted where that is still owed: `remove` and `purge` do so themselves, but what is
   * remembered of the registry file holds the erased until that was written again, and a process may end in between.
   */
  leaveNoByte(): Promise<void>;
  /** A consistent copy of the database in a new file, made while faces go on coming in. */
  backup(file: string): Promise<void>;
  /** Everything is on disk already; nothing may be asked afterwards. */
  close(): Promise<void>;
}
