import type { Page, PageOf } from "../../domain/page.ts";
import type { CountedEncoding, Person, PersonSummary, PersonVariance } from "../../domain/person.ts";
import type { ClusterAsPerson } from "./clusters.ts";

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

/** What a change did to one person. */
export interface ChangeOutcome {
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

/** A cluster that is given to a known person together with others. */
export interface ClusterToAssign extends ClusterAsPerson {
  /** Whether the mean of its faces becomes an encoding of the person. */
  readonly enrol: boolean;
}

/** What a merge moved to the person who stays. */
export interface Joined {
  readonly faces: number;
  readonly encodings: number;
}

export interface Undone {
  /** What was undone, as a sentence. */
  readonly sentence: string;
  readonly action: string;
  /** People touched by the change, as they were before the undo. */
  readonly before: readonly Person[];
  /** The same people after the undo; those that it removed are missing. */
  readonly after: readonly Person[];
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
  /** When a person of this name was last erased; null: never, or the name has been given again since. */
  erasedAt(name: string): Promise<Date | null>;

  assign(change: AssignChange): Promise<ChangeOutcome & { readonly created: boolean }>;
  /** Names a stranger: all their visits, and the unassigned faces of those; a new person is made where none has the name. */
  assignStranger(strangerId: string, name: string): Promise<ChangeOutcome & { readonly created: boolean }>;
  /**
   * Gives clusters to people, in one change. What is not as it was shown is passed over: a cluster that has changed, a person
   * who is gone, and without `allowSameFrame` a cluster that would bring a second face of one frame.
   * @throws `EMPTY_SELECTION` when nothing is left
   */
  assignAll(
    clusters: readonly ClusterToAssign[],
    allowSameFrame: boolean,
  ): Promise<{ readonly people: readonly ChangeOutcome[]; readonly clusters: readonly string[] }>;
  /** Assigns single unassigned faces without enrolling an encoding. */
  claim(personId: string, faceIds: readonly number[]): Promise<ChangeOutcome>;
  /**
   * Takes faces out of the people they are assigned to, or recognized as where they are unassigned: those lose the match.
   * Encodings are computed again from the rest, and "not this person" is kept as a counter-example of each face.
   */
  unassign(faceIds: readonly number[]): Promise<readonly ChangeOutcome[]>;
  /**
   * Says that a cluster is not a person: one counter-example, the mean of its faces. What was said before changes nothing.
   * @throws `CLUSTER_NOT_FOUND`, or `CLUSTER_CHANGED` when its version is another; null: not checked
   */
  reject(cluster: string, version: string | null, personId: string): Promise<ChangeOutcome>;
  /** `merge` false and the name taken: `PERSON_EXISTS` with what would be joined. */
  rename(
    personId: string,
    to: string,
    merge: boolean,
  ): Promise<ChangeOutcome & { readonly before: Person; readonly joined: Joined | null }>;
  merge(fromIds: readonly string[], to: string): Promise<ChangeOutcome & { readonly removed: readonly Person[] }>;
  /** `erase` also deletes the faces and scrubs the files; it clears the journal, so that nothing can be undone. */
  remove(
    personId: string,
    faces: "unassign" | "erase",
  ): Promise<{ readonly person: Person; readonly faceIds: readonly number[] }>;
  /** @throws `NOTHING_TO_UNDO`, with the reason when an erasure was the last change. */
  undo(): Promise<Undone>;
}
