import type { Cluster } from "../domain/cluster.ts";
import { FacesError } from "../domain/errors.ts";
import type { Bus, PeopleChange } from "../domain/events.ts";
import { toName } from "../domain/names.ts";
import type { PersonSummary } from "../domain/person.ts";
import { buildGallery, type Gallery } from "../recognize/gallery.ts";
import type { AssignChange, ChangeOutcome, Joined, Undone } from "../store/port/people.ts";
import type { RegistryEdit, Store } from "../store/port.ts";

export interface PeopleDeps {
  readonly store: Store;
  /** Writes the registry file again; a failure is told as a problem by whoever writes it, never by the change. */
  readonly writeRegistry: () => Promise<void>;
  /** Deletes what was set aside of the registry file: whoever is erased may be in there. */
  readonly dropRejected: () => Promise<void>;
  readonly bus: Bus;
}

export interface RenameOutcome extends ChangeOutcome {
  readonly from: string;
  readonly joined: Joined | null;
}

export interface MergeOutcome extends ChangeOutcome {
  readonly removed: readonly string[];
}

/**
 * Everything that changes people: assign → enrol → announce, and the ways back. One change at a time; each is one
 * transaction, then the gallery is made again, then the registry file, and only then it is answered: the very next
 * face meets the people as they are.
 */
export interface People {
  /** Everybody enrolled, as of the last change. */
  gallery(): Gallery;
  /** Resolves when no change is between its commit and the new gallery. */
  settled(): Promise<void>;
  /** Reads the gallery for the first time, or again after people were changed from outside. */
  reload(): Promise<void>;
  /** @throws `PERSON_NOT_FOUND` */
  find(nameOrId: string): Promise<PersonSummary>;
  assign(change: AssignChange): Promise<ChangeOutcome>;
  claim(personId: string, faceIds: readonly number[]): Promise<ChangeOutcome>;
  unassign(faceIds: readonly number[]): Promise<readonly ChangeOutcome[]>;
  rename(nameOrId: string, to: string, merge: boolean): Promise<RenameOutcome>;
  merge(from: readonly string[], to: string): Promise<MergeOutcome>;
  remove(
    nameOrId: string,
    faces: "unassign" | "erase",
  ): Promise<{ readonly person: PersonSummary; readonly faces: number }>;
  ignore(cluster: string, version: string | null): Promise<Cluster>;
  unignore(cluster: string): Promise<{ readonly cluster: string; readonly faceIds: readonly number[] }>;
  undo(): Promise<Undone>;
  /** What another program changed in the registry file. */
  applyEdit(edit: RegistryEdit): Promise<void>;
}

/** Call `reload` before the first face. */
export function createPeople({ store, writeRegistry, dropRejected, bus }: PeopleDeps): People {
  let gallery = buildGallery([], []);
  let last: Promise<unknown> = Promise.resolve();
  let settling: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    const contents = await store.gallery();
    gallery = buildGallery(contents.people, contents.ignored);
  }

  /** Changes run one after another; a failed one does not stop the next. */
  function change<T>(
    run: () => Promise<T>,
    tell: (outcome: T) => PeopleChange[],
    after?: () => Promise<void>,
  ): Promise<T> {
    const result = last.then(async () => {
      const attempt = run().then(async (done) => {
        await reload();
        return done;
      });
      settling = attempt.then(noop, noop);
      const outcome = await attempt;
      await writeRegistry();
      await after?.();
      const changes = tell(outcome);
      if (changes.length > 0) bus.emit("people", { changes });
      bus.emit("clusters", {});
      return outcome;
    });
    last = result.catch(() => undefined);
    return result;
  }

  async function find(nameOrId: string): Promise<PersonSummary> {
    const person = await store.person(nameOrId);
    if (!person) throw new FacesError("PERSON_NOT_FOUND", `person "${nameOrId}" does not exist`);
    return person;
  }

  return {
    gallery: () => gallery,
    settled: () => settling,
    reload,
    find,

    assign: (wanted) =>
      change(
        () => store.assign({ ...wanted, name: toName(wanted.name) }),
        ({ person, created }) => [{ kind: created ? "enrolled" : "changed", person }],
      ),

    claim: (personId, faceIds) =>
      change(
        () => store.claim(personId, faceIds),
        ({ person }) => [{ kind: "changed", person }],
      ),

    unassign: (faceIds) =>
      change(
        () => {
          if (faceIds.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
          return store.unassign(faceIds);
        },
        (outcomes) => outcomes.map(({ person }) => ({ kind: "changed", person })),
      ),

    rename: (nameOrId, to, merge) =>
      change(
        async () => {
          const name = toName(to);
          const { personId } = await find(nameOrId);
          const outcome = await store.rename(personId, name, merge);
          return { ...outcome, from: outcome.before.name };
        },
        ({ person, before, joined }) =>
          joined
            ? [
                { kind: "removed", person: before, erased: false },
                { kind: "changed", person },
              ]
            : [{ kind: "renamed", person, from: before.name }],
      ),

    merge: (from, to) =>
      change(
        async () => {
          if (from.length === 0) throw new FacesError("EMPTY_SELECTION", "nobody to merge was given");
          const target = await find(to);
          const sources = await Promise.all(from.map(find));
          const ids = [...new Set(sources.map((one) => one.personId))];
          if (ids.includes(target.personId)) {
            throw new FacesError("INVALID_INPUT", `"${target.name}" cannot be merged into themselves`);
          }
          const outcome = await store.merge(ids, target.personId);
          return { ...outcome, people: outcome.removed, removed: outcome.removed.map((one) => one.name) };
        },
        ({ person, people }) => [
          ...people.map((one) => ({ kind: "removed", person: one, erased: false }) as const),
          { kind: "changed", person },
        ],
      ),

    remove: (nameOrId, faces) =>
      change(
        async () => {
          const person = await find(nameOrId);
          if (faces === "erase") await dropRejected();
          const { faceIds } = await store.remove(person.personId, faces);
          if (faces === "erase") bus.emit("erased", { faceIds });
          return { person, faces: faceIds.length };
        },
        ({ person }) => [{ kind: "removed", person, erased: faces === "erase" }],
        // What is remembered of the registry file held the erased until it was written again.
        faces === "erase" ? store.scrub : undefined,
      ),

    ignore: (cluster, version) =>
      change(
        () => store.ignore(cluster, version),
        () => [],
      ),

    unignore: (cluster) =>
      change(
        () => store.unignore(cluster),
        () => [],
      ),

    undo: () => change(() => store.undo(), differences),

    applyEdit: async (edit) => {
      await change(
        async () => {
          const before = new Map((await store.gallery()).people.map((person) => [person.personId, person.name]));
          return { ...(await store.applyRegistryEdit(edit)), before };
        },
        ({ added, removed, changed, before }) => [
          ...removed.map((person): PeopleChange => ({ kind: "removed", person, erased: false })),
          ...added.map((person): PeopleChange => ({ kind: "enrolled", person })),
          ...changed.map((person): PeopleChange => {
            const from = before.get(person.personId) ?? person.name;
            return from === person.name ? { kind: "changed", person } : { kind: "renamed", person, from };
          }),
        ],
      );
    },
  };
}

function noop(): void {}

/** What an undo did to people, from who they were to who they are. */
function differences({ before, after }: Undone): PeopleChange[] {
  const was = new Map(before.map((person) => [person.personId, person]));
  const is = new Map(after.map((person) => [person.personId, person]));
  const changes: PeopleChange[] = [];
  for (const person of before) {
    if (!is.has(person.personId)) changes.push({ kind: "removed", person, erased: false });
  }
  for (const person of after) {
    const old = was.get(person.personId);
    if (!old) changes.push({ kind: "enrolled", person });
    else if (old.name !== person.name) changes.push({ kind: "renamed", person, from: old.name });
    else changes.push({ kind: "changed", person });
  }
  return changes;
}
