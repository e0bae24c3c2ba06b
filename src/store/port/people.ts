import type { ChangeOrigin } from "../../domain/change.ts";
import type { Page, PageOf } from "../../domain/page.ts";
import type { CountedEncoding, Person, PersonSummary, PersonVariance } from "../../domain/person.ts";
import type { ClusterAsPerson, ShownCluster } from "./clusters.ts";

/** What recognition compares with. */
export interface GalleryContents {
  readonly people: readonly (Person & {
    readonly encodings: readonly (CountedEncoding & { readonly id: number })[];
    /** Its counter-examples: what a user said is not this person. */
    readonly notEncodings: readonly CountedEncoding[];
  })[];
  /** The means of ignored groups. */
  readonly ignored: readonly (CountedEncoding & { readonly cluster: string })[];
}

/** Last sighting of a person; what their retained state is made of. */
export interface PersonState extends Person {
  readonly camera: string | null;
  readonly score: number | null;
  readonly distance: number | null;
  readonly lastSeen: Date | null;
  /** Face whose thumbnail is the person's image. */
  readonly faceId: number | null;
}

/** {@link PersonSummary.portraitFace} */
export interface Portrait {
  readonly personId: string;
  readonly faceId: number | null;
}

/** What a change did to one person. */
export interface ChangeOutcome {
  /** The change's id in the history; null: there was nothing to change. */
  readonly change: number | null;
  readonly person: Person;
  readonly faceIds: readonly number[];
  /** Encodings that the person has after the change. */
  readonly encodingCount: number;
}

export interface AssignChange {
  readonly cluster: string;
  /** `CLUSTER_CHANGED` when the cluster's version is another; null: not checked. */
  readonly version: string | null;
  readonly excludeFaces: readonly number[];
  /** A valid name or an existing person_id; a new person is made where neither exists. */
  readonly name: string;
  /** Allow two faces of one frame in one person; otherwise `SAME_FRAME`. */
  readonly allowSameFrame: boolean;
}

/** Single faces that are said to be a person's, whatever they were before. */
export interface MoveChange {
  readonly faceIds: readonly number[];
  /** A valid name or an existing person_id; a new person is made where neither exists. */
  readonly name: string;
  /** Models of whose encodings the mean becomes a look of a known person; of a new one all do. */
  readonly addLooks: readonly string[];
  /** Allow two faces of one frame in one person; otherwise `SAME_FRAME`. */
  readonly allowSameFrame: boolean;
}

export interface AssignClustersChange extends Pick<AssignChange, "name" | "allowSameFrame"> {
  readonly clusters: readonly ShownCluster[];
}

/** A cluster that is given to a known person together with others. */
export interface ClusterToAssign extends ClusterAsPerson {
  /** Whether the mean of its faces becomes an encoding of the person. */
  readonly enrol: boolean;
}

/** The clusters that were assigned, and what that did to each person. */
export interface AssignAllOutcome {
  readonly people: readonly ChangeOutcome[];
  readonly clusters: readonly string[];
  readonly change: number;
}

/** What a merge moved to the person who stays. */
export interface Joined {
  readonly faces: number;
  readonly encodings: number;
}

/** The people's part of the store. Each change can be undone, except an erasure. */
export interface PeopleStore {
  gallery(): Promise<GalleryContents>;
  /**
   * How the assigned faces of each person vary, by model: of each hour at a camera one face, since those of one visit are
   * alike; of the newest. Yields between people.
   */
  personVariances(): Promise<readonly PersonVariance[]>;
  people(page: Page): Promise<PageOf<PersonSummary>>;
  /** By name (compared case-insensitively) or person_id; a name wins. */
  person(nameOrId: string): Promise<PersonSummary | null>;
  /** Of all people, or of those with these person_ids. */
  personStates(personIds?: Iterable<string>): Promise<readonly PersonState[]>;
  /** The face whose thumbnail shows each person, or each of these. Yields between people. */
  portraits(personIds?: Iterable<string>): Promise<readonly Portrait[]>;
  /** When a person of this name was last erased; null: never, or the name has been given again since. */
  erasedAt(name: string): Promise<Date | null>;

  assign(change: AssignChange, by?: ChangeOrigin): Promise<ChangeOutcome & { readonly created: boolean }>;
  /**
   * Gives faces to a person, out of other people, clusters and ignored ones; those that are the person's already are passed
   * over. Encodings of the others are computed again from the rest. `from`: the people who had some of them.
   * @throws `EMPTY_SELECTION`, `FACE_NOT_FOUND`, `SAME_FRAME`
   */
  move(
    change: MoveChange,
    by?: ChangeOrigin,
  ): Promise<ChangeOutcome & { readonly created: boolean; readonly from: readonly Person[] }>;
  /** All of the clusters or none, in one change; of the largest few each mean is enrolled. @throws as {@link assign} does */
  assignClusters(
    change: AssignClustersChange,
    by?: ChangeOrigin,
  ): Promise<ChangeOutcome & { readonly created: boolean }>;
  /** Names a stranger: all their visits, and the unassigned faces of those; a new person is made where none has the name. */
  assignStranger(
    strangerId: string,
    name: string,
    by?: ChangeOrigin,
  ): Promise<ChangeOutcome & { readonly created: boolean }>;
  /**
   * Gives clusters to people, in one change. What is not as it was shown is passed over: a cluster that has changed, a person
   * who is gone, and without `allowSameFrame` a cluster that would bring a second face of one frame.
   * @throws `EMPTY_SELECTION` when nothing is left
   */
  assignAll(
    clusters: readonly ClusterToAssign[],
    allowSameFrame: boolean,
    by?: ChangeOrigin,
  ): Promise<AssignAllOutcome>;
  /** Assigns single unassigned faces without enrolling an encoding. */
  claim(personId: string, faceIds: readonly number[], by?: ChangeOrigin): Promise<ChangeOutcome>;
  /**
   * Takes faces out of the people they are assigned to, or recognized as where they are unassigned: those lose the match.
   * Encodings are computed again from the rest, and "not this person" is kept as a counter-example of each face.
   */
  unassign(faceIds: readonly number[], by?: ChangeOrigin): Promise<readonly ChangeOutcome[]>;
  /**
   * Says that a cluster is not a person: one counter-example, the mean of its faces. What was said before changes nothing.
   * @throws `CLUSTER_NOT_FOUND`, or `CLUSTER_CHANGED` when its version is another; null: not checked
   */
  reject(cluster: string, version: string | null, personId: string, by?: ChangeOrigin): Promise<ChangeOutcome>;
  /**
   * Chooses the face that shows a person; null: the most central one. What is chosen already changes nothing.
   * @throws `FACE_NOT_FOUND`; `FACE_NOT_ASSIGNED` when it is not theirs; `THUMBNAIL_NOT_FOUND` when it has no picture
   */
  setPortrait(personId: string, faceId: number | null, by?: ChangeOrigin): Promise<ChangeOutcome>;
  /** `merge` false and the name taken: `PERSON_EXISTS` with what would be joined. */
  rename(
    personId: string,
    to: string,
    merge: boolean,
    by?: ChangeOrigin,
  ): Promise<ChangeOutcome & { readonly before: Person; readonly joined: Joined | null }>;
  merge(
    fromIds: readonly string[],
    to: string,
    by?: ChangeOrigin,
  ): Promise<ChangeOutcome & { readonly removed: readonly Person[] }>;
  /**
   * `erase` also deletes the faces and scrubs the files. What earlier changes hold of the person is deleted too, with the
   * names; neither they nor the erasure can be undone.
   */
  remove(
    personId: string,
    faces: "unassign" | "erase",
    by?: ChangeOrigin,
  ): Promise<{ readonly person: Person; readonly faceIds: readonly number[]; readonly change: number }>;
}
