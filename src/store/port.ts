import type { ChangeOrigin } from "../domain/change.ts";
import type { Models } from "../domain/model.ts";
import type { EnrolledEncoding, Person } from "../domain/person.ts";
import type { SettingKey, Settings } from "../domain/settings.ts";
import type { Counts } from "../domain/stats.ts";
import type { ChangeStore } from "./port/changes.ts";
import type { ClusterStore } from "./port/clusters.ts";
import type { FaceStore } from "./port/faces.ts";
import type { OldFaceStore } from "./port/old-faces.ts";
import type { PeopleStore } from "./port/people.ts";
import type { ReEncodeStore } from "./port/re-encode.ts";
import type { StrangerStore } from "./port/strangers.ts";
import type { ThinningStore } from "./port/thinning.ts";
import type { VisitStore } from "./port/visits.ts";

/** One person of the registry file, as the file has it. */
export interface RegistryPerson extends Person {
  readonly encodings: readonly (EnrolledEncoding & { readonly id: number })[];
}

/** What the registry flow keeps about its file. The store does not look into it. */
export interface RegistryRecord {
  /** SHA-256 digests of texts whose writing was begun, the newest last. */
  readonly digests: readonly string[];
  /** The text that edits of the file are compared with; null: none, or an erasure dropped it. */
  readonly mergeBase: string | null;
}

/** What another program changed in the registry file. Names are valid; encodings are finite and of their model's length. */
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

export interface RegistryEditOutcome {
  /** The change's id; null: there was nothing to change. */
  readonly change: number | null;
  readonly added: readonly Person[];
  readonly removed: readonly Person[];
  /** `formerName` is the name before the edit; the same as `name` for those not renamed. */
  readonly changed: readonly (Person & { readonly formerName: string })[];
}

/** Below which topics the broker keeps our retained messages. */
export interface TopicRoots {
  readonly baseTopic: string;
  readonly discoveryPrefix: string;
}

/**
 * Everything that faces2mqtt keeps. One method is one transaction, complete or absent; what it answers is on disk.
 * Errors are {@link FacesError}s; any other error is a failure of the storage itself.
 * Changes to people (`assign` … `applyRegistryEdit`) are kept in the history; `by` is who asked for one, undefined where that
 * is not known.
 */
export interface Store
  extends FaceStore,
    ClusterStore,
    PeopleStore,
    ReEncodeStore,
    StrangerStore,
    OldFaceStore,
    ThinningStore,
    VisitStore,
    ChangeStore {
  /** Generated once per data folder: 8 hexadecimal digits. */
  readonly instance: string;
  /** Those that faces may have; and others that it ever had an encoding of, with how many numbers. */
  models(): Models;

  counts(): Promise<Counts>;

  // the registry file
  registry(): Promise<readonly RegistryPerson[]>;
  registryRecord(): Promise<RegistryRecord>;
  /** What is not given stays as it is. */
  saveRegistryRecord(changes: Partial<RegistryRecord>): Promise<void>;
  /** One transaction and one undoable step. */
  applyRegistryEdit(edit: RegistryEdit, by?: ChangeOrigin): Promise<RegistryEditOutcome>;

  // settings changed while running
  settings(): Promise<Partial<Settings>>;
  /** `undefined` removes an override. Answers all that there are then. */
  saveSettings(changes: Partial<{ readonly [K in SettingKey]: Settings[K] | undefined }>): Promise<Partial<Settings>>;

  // the system
  /** Records where retained messages are published from now on; answers the earlier roots, the latest first. */
  rememberTopicRoots(roots: TopicRoots): Promise<readonly TopicRoots[]>;
  /** The source whose past was taken as pictures already, as {@link Store.saveTakenPast} was given it; null: none. */
  takenPast(): Promise<string | null>;
  saveTakenPast(source: string): Promise<void>;
  /**
   * Finishes a pending scrub of the files. `remove` and `purge` scrub by themselves, but the merge base of the registry
   * may hold an erased person until the file is written again, and the process may end before a scrub does.
   */
  scrub(): Promise<void>;
  /** A consistent copy of the database in a new file; faces are stored meanwhile. */
  backup(file: string): Promise<void>;
  /** Everything is on disk already; the store cannot be used afterwards. */
  close(): Promise<void>;
}
