import { buildView } from "../cluster/propose/build-proposal.ts";
import type { ChangeOrigin } from "../domain/change.ts";
import { FacesError } from "../domain/errors.ts";
import type { PeopleChange } from "../domain/events.ts";
import type { Face } from "../domain/face.ts";
import type { PersonSummary } from "../domain/person.ts";
import { toName } from "../domain/text/names.ts";
import { meanOf } from "../domain/vectors/mean.ts";
import { addsLook } from "../recognize/adds-look.ts";
import { SAMPLE } from "../recognize/suggest.ts";
import type { Correction } from "../store/port/visits.ts";
import { emitChange, emitPeopleChanges, toUndoChanges } from "./people-changes.ts";
import type { Outcome, People, PeopleChanges, PeopleDeps, SaidOfVisit } from "./people-port.ts";

export type { People, PeopleDeps } from "./people-port.ts";

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
    return items.length === 0 || (await addLookOf(items, personId));
  }

  /** Whether faces of one model are a look of the person that differs from those they have. */
  async function addLookOf(faces: readonly Face[], personId: string): Promise<boolean> {
    const found = await store.encodingsOf(faces.slice(0, SAMPLE).map((face) => face.id));
    const encodings = [...found.values()].map((one) => one.encoding);
    const [first] = faces;
    if (!first || encodings.length === 0) return true;
    const seen = { personId, mean: meanOf(encodings, first.model), faces: encodings.length, encodings };
    return addsLook(seen, gallery.current(first.model), settings()["recognition.threshold"]);
  }

  /** The models by whose encodings faces differ from the looks of a person; of a new one no model is answered. */
  async function toAddLooks(faceIds: readonly number[], name: string): Promise<string[]> {
    const person = await store.person(name);
    if (!person) return [];
    const faces = (await store.facesById(faceIds)).filter((face) => face.personId !== person.personId);
    const models = [...new Set(faces.map((face) => face.model))];
    const differing = models.map(async (model) => {
      const isLook = await addLookOf(
        faces.filter((face) => face.model === model),
        person.personId,
      );
      return isLook ? [model] : [];
    });
    return (await Promise.all(differing)).flat();
  }

  /** How a cluster is shown, after its faces changed. */
  async function saveView(cluster: string): Promise<void> {
    const groupings = await store.groupings();
    await store.saveClusterView(cluster, (faces, model) => buildView(faces, model, groupings));
  }

  const as = (by?: ChangeOrigin): PeopleChanges => ({
    assign: (wanted) =>
      change(
        () => store.assign({ ...wanted, name: toName(wanted.name) }, by),
        ({ person, created }) => [{ kind: created ? "enrolled" : "changed", person }],
      ),

    assignClusters: (wanted) =>
      change(
        () => store.assignClusters({ ...wanted, name: toName(wanted.name) }, by),
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
    dropUnsure: store.dropUnsure,

    claim: (personId, faceIds) =>
      change(
        () => store.claim(personId, faceIds, by),
        ({ person }) => [{ kind: "changed", person }],
      ),

    move: (wanted) =>
      change(
        async () => {
          const name = toName(wanted.name);
          return store.move({ ...wanted, name, addLooks: await toAddLooks(wanted.faceIds, name) }, by);
        },
        ({ person, from, created }) => [
          ...from.map((one): PeopleChange => ({ kind: "changed", person: one })),
          { kind: created ? "enrolled" : "changed", person },
        ],
      ),

    unassign: (faceIds) =>
      change(
        () => {
          if (faceIds.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
          return store.unassign(faceIds, by);
        },
        (outcomes) => outcomes.map(({ person }) => ({ kind: "changed", person })),
      ),

    setPortrait: (nameOrId, faceId) =>
      change(
        async () => store.setPortrait((await find(nameOrId)).personId, faceId, by),
        ({ person, change: id }) => (id === null ? [] : [{ kind: "changed", person }]),
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

    ignoreAll: (clusters) =>
      change(
        () => store.ignoreAll(clusters, by),
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
          for (const id of outcome.clusters) await saveView(id);
          return outcome;
        },
        () => [],
      ),

    mergeClusters: (wanted) =>
      change(
        async () => {
          const outcome = await store.mergeClusters(wanted, by);
          await saveView(outcome.cluster);
          return outcome;
        },
        () => [],
      ),

    keepApart: (clusters) =>
      change(
        () => store.keepApart(clusters, by),
        () => [],
      ),

    keepTogether: (shown) =>
      change(
        () => store.keepTogether(shown, by),
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
