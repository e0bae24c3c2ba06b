import type PQueue from "p-queue";
import type { ChangeOrigin } from "../domain/change.ts";
import type { Bus } from "../domain/events.ts";
import type { Person, PersonSummary } from "../domain/person.ts";
import type { Settings } from "../domain/settings.ts";
import type { Visit } from "../domain/visits/visit.ts";
import type { Gallery } from "../recognize/gallery.ts";
import type { Undone } from "../store/port/changes.ts";
import type {
  ClusterAsPerson,
  IgnoreAllOutcome,
  IgnoreOutcome,
  MergeClustersChange,
  ShownCluster,
  SplitChange,
  SplitOutcome,
  UnignoreOutcome,
} from "../store/port/clusters.ts";
import type {
  AssignAllOutcome,
  AssignChange,
  AssignClustersChange,
  ChangeOutcome,
  ClusterToAssign,
  Joined,
  MoveChange,
} from "../store/port/people.ts";
import type { EnrolAgainOutcome } from "../store/port/re-encode.ts";
import type { Store } from "../store/port.ts";
import type { LiveGallery } from "./live-gallery.ts";

/** The file that other programs read the people from; both are called inside a slot of the queue. */
export interface PeopleFile {
  /** Brings it up to what the database has. Reports a failure itself and never rejects. */
  write(): Promise<void>;
  /** Deletes what was quarantined of it: an erased person may be in there. */
  dropQuarantine(): Promise<void>;
}

/** What a user says of a visit: who it is (a name, or a person_id), who it is not, or that it does not matter. */
export type SaidOfVisit = { readonly is: string } | { readonly not: string } | "ignore";

export interface PeopleDeps {
  readonly store: Store;
  readonly gallery: LiveGallery;
  readonly registryFile: PeopleFile;
  /** One at a time: the changes to people, and what is done with the registry file. */
  readonly queue: Pick<PQueue, "add">;
  readonly settings: () => Settings;
  readonly bus: Bus;
}

/** What every change answers with. */
export interface Outcome {
  readonly change: number | null;
}

export interface RenameOutcome extends ChangeOutcome {
  readonly from: string;
  readonly joined: Joined | null;
}

export interface MoveOutcome extends ChangeOutcome {
  /** The people who had some of the faces. */
  readonly from: readonly Person[];
}

export interface MergeOutcome extends ChangeOutcome {
  readonly removed: readonly string[];
}

/**
 * Everything that changes people: assign → enrol → announce, and the ways back. One change at a time, each in one slot of
 * the queue: commit → gallery → registry file → emit. Only then it is answered: the very next face meets the people as
 * they are.
 */
export interface People extends PeopleChanges {
  /** {@link LiveGallery.current} */
  gallery(model: string): Gallery;
  /** {@link LiveGallery.settled} */
  settled(): Promise<void>;
  /** {@link LiveGallery.reload} */
  reload(): Promise<void>;
  /** @throws `PERSON_NOT_FOUND` */
  find(nameOrId: string): Promise<PersonSummary>;
  /** The changes, as this one asks for them. */
  as(by: ChangeOrigin): PeopleChanges;
}

/** What can be changed; the history keeps who asked for it. `change` is its id there, null: there was nothing to change. */
export interface PeopleChanges {
  assign(change: AssignChange): Promise<ChangeOutcome>;
  /** {@link Store.assignClusters} */
  assignClusters(change: AssignClustersChange): Promise<ChangeOutcome>;
  /** @throws `STRANGER_NOT_FOUND` */
  assignStranger(strangerId: string, name: string): Promise<ChangeOutcome>;
  /** {@link Store.assignAll} */
  assignAll(clusters: readonly ClusterToAssign[], allowSameFrame: boolean): Promise<AssignAllOutcome>;
  /** {@link Store.saveUnsure}: it changes nothing about people. */
  saveUnsure(answer: ClusterAsPerson): Promise<void>;
  /** {@link Store.dropUnsure} */
  dropUnsure(answer: ClusterAsPerson): Promise<void>;
  claim(personId: string, faceIds: readonly number[]): Promise<ChangeOutcome>;
  /** {@link Store.move}: a known person gets a look only of what differs from those they have. */
  move(change: Omit<MoveChange, "addLooks">): Promise<MoveOutcome>;
  unassign(faceIds: readonly number[]): Promise<readonly ChangeOutcome[]>;
  /** {@link Store.setPortrait}. @throws `PERSON_NOT_FOUND`, and what the store throws */
  setPortrait(nameOrId: string, faceId: number | null): Promise<ChangeOutcome>;
  rename(nameOrId: string, to: string, merge: boolean): Promise<RenameOutcome>;
  merge(from: readonly string[], to: string): Promise<MergeOutcome>;
  remove(
    nameOrId: string,
    faces: "unassign" | "erase",
  ): Promise<{ readonly person: PersonSummary; readonly faces: number; readonly change: number }>;
  ignore(cluster: string, version: string | null): Promise<IgnoreOutcome>;
  /** {@link Store.ignoreAll} */
  ignoreAll(clusters: readonly ShownCluster[]): Promise<IgnoreAllOutcome>;
  unignore(cluster: string): Promise<UnignoreOutcome>;
  /** Makes two of a cluster and looks at each again, whether it shows two people. */
  split(change: SplitChange): Promise<SplitOutcome>;
  /** Makes one of clusters: {@link Store.mergeClusters} */
  mergeClusters(change: MergeClustersChange): Promise<{ readonly cluster: string; readonly change: number }>;
  /** {@link Store.keepApart} */
  keepApart(clusters: readonly string[]): Promise<{ readonly change: number }>;
  /** {@link Store.keepTogether} */
  keepTogether(shown: ShownCluster): Promise<{ readonly change: number }>;
  /** Says that a cluster is not this person. @throws `PERSON_NOT_FOUND`, and what the store throws */
  reject(cluster: string, version: string | null, nameOrId: string): Promise<ChangeOutcome>;
  /** Puts a visit right, and answers it as it is then. @throws `VISIT_NOT_FOUND`, `PERSON_NOT_FOUND`, `INVALID_NAME` */
  correctVisit(visitId: string, said: SaidOfVisit): Promise<Visit & Outcome>;
  /** {@link Store.enrolAgain} */
  enrolAgain(model: string): Promise<EnrolAgainOutcome>;
  /** Without an id the last change that stands. */
  undo(change?: number): Promise<Undone>;
  /** Without an id the change that was undone last. */
  redo(change?: number): Promise<Undone>;
}
