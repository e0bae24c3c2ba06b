import type PQueue from "p-queue";
import { buildSplit } from "../cluster/build-proposal.ts";
import type { ChangeOrigin } from "../domain/change.ts";
import { FacesError } from "../domain/errors.ts";
import type { Bus, PeopleChange } from "../domain/events.ts";
import type { PersonSummary } from "../domain/person.ts";
import type { Settings } from "../domain/settings.ts";
import { toName } from "../domain/text/names.ts";
import { meanOf } from "../domain/vectors/mean.ts";
import type { Visit } from "../domain/visits/visit.ts";
import { addsLook } from "../recognize/adds-look.ts";
import type { Gallery } from "../recognize/gallery.ts";
import { SAMPLE } from "../recognize/suggest.ts";
import type { Undone } from "../store/port/changes.ts";
import type {
  ClusterAsPerson,
  IgnoreOutcome,
  SplitChange,
  SplitOutcome,
  UnignoreOutcome,
} from "../store/port/clusters.ts";
import type { AssignAllOutcome, AssignChange, ChangeOutcome, ClusterToAssign, Joined } from "../store/port/people.ts";
import type { EnrolAgainOutcome } from "../store/port/re-encode.ts";
import type { Correction } from "../store/port/visits.ts";
import type { Store } from "../store/port.ts";
import type { LiveGallery } from "./live-gallery.ts";
import { emitChange, emitPeopleChanges, toUndoChanges } from "./people-changes.ts";

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
interface Outcome {
  readonly change: number | null;
}

export interface RenameOutcome extends ChangeOutcome {
  readonly from: string;
  readonly joined: Joined | null;
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
  /** @throws `STRANGER_NOT_FOUND` */
  assignStranger(strangerId: string, name: string): Promise<ChangeOutcome>;
  /** {@link Store.assignAll} */
  assignAll(clusters: readonly ClusterToAssign[], allowSameFrame: boolean): Promise<AssignAllOutcome>;
  /** {@link Store.saveUnsure}: it changes nothing about people. */
  saveUnsure(answer: ClusterAsPerson): Promise<void>;
  claim(personId: string, faceIds: readonly number[]): Promise<ChangeOutcome>;
  unassign(faceIds: readonly number[]): Promise<readonly ChangeOutcome[]>;
  rename(nameOrId: string, to: string, merge: boolean): Promise<RenameOutcome>;
  merge(from: readonly string[], to: string): Promise<MergeOutcome>;
  remove(
    nameOrId: string,
    faces: "unassign" | "erase",
  ): Promise<{ readonly person: PersonSummary; readonly faces: number; readonly change: number }>;
  ignore(cluster: string, version: string | null): Promise<IgnoreOutcome>;
  unignore(cluster: string): Promise<UnignoreOutcome>;
  /** Makes two of a cluster and looks at each again, whether it shows two people. */
  split(change: SplitChange): Promise<SplitOutcome>;
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

export function createPeople({ store, gallery, registryFile, queue, settings, bus }: PeopleDeps): People {
  function change<T extends Outcome | readonly Outcome[]>(
    commit: () => Promise<T>,
    toChanges: (outcome: T) => readonly PeopleChange[],
    after?: () => Promise<void>,
  ): Promise<T> {
    return queue.add(async () => {
      const outcome = await gallery.change(commit);
      await registryFile.write();
      await after?.();
      emitPeopleChanges(bus, toChanges(outcome));
      const [first] = [outcome].flat();
      await emitChange({ store, bus }, first?.change ?? null);
      return outcome;
    });
  }

  async function find(nameOrId: string): Promise<PersonSummary> {
    const person = await store.person(nameOrId);
    if (!person) throw new FacesError("PERSON_NOT_FOUND", `person "${nameOrId}" does not exist`);
    return person;
  }

  async function toCorrection(visitId: string, said: SaidOfVisit): Promise<Correction> {
    if (said === "ignore") return { kind: "ignore" };
    if ("not" in said) return { kind: "not", personId: (await find(said.not)).personId };
    const name = toName(said.is);
    const person = await store.person(name);
    return { kind: "is", name, addLook: person === null || (await differs(visitId, person.personId)) };
  }

  async function differs(visitId: string, personId: string): Promise<boolean> {
    const { items } = await store.faces({ visit: visitId }, { limit: SAMPLE, cursor: null });
    const encodings = (await Promise.all(items.map((face) => store.encodingOf(face.id)))).filter((one) => one !== null);
    const [first] = items;
    if (!first || encodings.length === 0) return true;
    const seen = { personId, mean: meanOf(encodings, first.model), faces: encodings.length, encodings };
    return addsLook(seen, gallery.current(first.model), settings()["recognition.threshold"]);
  }

  const as = (by?: ChangeOrigin): PeopleChanges => ({
    assign: (wanted) =>
      change(
        () => store.assign({ ...wanted, name: toName(wanted.name) }, by),
        ({ person, created }) => [{ kind: created ? "enrolled" : "changed", person }],
      ),

    assignStranger: (strangerId, name) =>
      change(
        () => store.assignStranger(strangerId, toName(name), by),
        ({ person, created }) => [{ kind: created ? "enrolled" : "changed", person }],
      ),

    assignAll: (clusters, allowSameFrame) =>
      change(
        () => store.assignAll(clusters, allowSameFrame, by),
        ({ people }) => people.map(({ person }) => ({ kind: "changed", person })),
      ),

    saveUnsure: store.saveUnsure,

    claim: (personId, faceIds) =>
      change(
        () => store.claim(personId, faceIds, by),
        ({ person }) => [{ kind: "changed", person }],
      ),

    unassign: (faceIds) =>
      change(
        () => {
          if (faceIds.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
          return store.unassign(faceIds, by);
        },
        (outcomes) => outcomes.map(({ person }) => ({ kind: "changed", person })),
      ),

    rename: (nameOrId, to, merge) =>
      change(
        async () => {
          const name = toName(to);
          const { personId } = await find(nameOrId);
          const outcome = await store.rename(personId, name, merge, by);
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
          if (from.length === 0) throw new FacesError("EMPTY_SELECTION", "no person to merge was given");
          const target = await find(to);
          const sources = await Promise.all(from.map(find));
          const ids = [...new Set(sources.map((one) => one.personId))];
          if (ids.includes(target.personId)) {
            throw new FacesError("INVALID_INPUT", `"${target.name}" cannot be merged into themselves`);
          }
          const outcome = await store.merge(ids, target.personId, by);
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
          if (faces === "erase") await registryFile.dropQuarantine();
          const { faceIds, change: id } = await store.remove(person.personId, faces, by);
          if (faces === "erase") bus.emit("erased", { faceIds });
          return { person, faces: faceIds.length, change: id };
        },
        ({ person }) => [{ kind: "removed", person, erased: faces === "erase" }],
        // A merge base with the erased person may have been kept while the file was written again.
        faces === "erase" ? store.scrub : undefined,
      ),

    ignore: (cluster, version) =>
      change(
        () => store.ignore(cluster, version, by),
        () => [],
      ),

    unignore: (cluster) =>
      change(
        () => store.unignore(cluster, by),
        () => [],
      ),

    split: (wanted) =>
      change(
        async () => {
          const outcome = await store.split(wanted, by);
          for (const id of outcome.clusters) await store.saveProposedSplit(id, buildSplit);
          return outcome;
        },
        () => [],
      ),

    reject: (cluster, version, nameOrId) =>
      change(
        async () => store.reject(cluster, version, (await find(nameOrId)).personId, by),
        ({ person }) => [{ kind: "changed", person }],
      ),

    async correctVisit(visitId, said) {
      const { visit, change: id } = await change(
        async () => await store.correctVisit(visitId, await toCorrection(visitId, said), by),
        ({ touched, created, visit: { person } }) =>
          touched.map((one) => {
            const isNew = created && one.personId === person?.personId;
            return { kind: isNew ? "enrolled" : "changed", person: one };
          }),
      );
      bus.emit("visit", { visitId, state: visit.state, corrected: { personId: visit.person?.personId ?? null } });
      return { ...visit, change: id };
    },

    enrolAgain: (model) =>
      change(
        () => store.enrolAgain(model, by),
        ({ people }) => people.map(({ person }) => ({ kind: "changed", person })),
      ),

    undo: (id) => change(() => store.undo(id), toUndoChanges),
    redo: (id) => change(() => store.redo(id), toUndoChanges),
  });

  return { gallery: gallery.current, settled: gallery.settled, reload: gallery.reload, find, as, ...as() };
}
