import { FacesError } from "../../domain/errors.ts";
import type { Person } from "../../domain/person.ts";
import type { Visit } from "../../domain/visits/visit.ts";
import { findPerson } from "../people/assign.ts";
import { type CorrectedFace, createGiveCorrected } from "../people/moving/give-corrected.ts";
import type { KnownPerson } from "../people/person-rows.ts";
import type { VisitStore } from "../port/visits.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import type { Recorder } from "../undo/recorder.ts";

export interface CorrectVisitDeps extends ChangeDeps {
  /** The visit as it is shown, read in the same transaction. */
  readonly show: (visitId: string) => Visit | null;
}

interface VisitRow {
  readonly id: number;
  readonly camera: string;
  readonly model: string;
  readonly state: string;
  readonly person: number | null;
}

interface VisitFace extends CorrectedFace {
  readonly matched: number | null;
}

/** One visit put right: who it is, who it is not, or that it does not matter. */
export function createCorrectVisit(deps: CorrectVisitDeps): VisitStore["correctVisit"] {
  const { connection, people, matches, examples, clusters, visits, journal, steps, show } = deps;
  const { db } = connection;
  const find = db.prepare<[string], VisitRow>(
    "SELECT id, camera, model, state, person_ref AS person FROM visits WHERE visit_id = ?",
  );
  const facesOf = db.prepare<[string], VisitFace>(
    `SELECT id, source, encoding, model, person_ref AS person, encoding_ref AS encodingRef, matched_ref AS matched
     FROM face_embeddings WHERE visit_id = ? ORDER BY id`,
  );
  const give = createGiveCorrected(deps);

  /** Takes those that are assigned out of their people. */
  function free(faces: readonly VisitFace[], recorder: Recorder): void {
    steps.takeOut(
      faces.filter((face) => face.person !== null),
      recorder,
    );
  }

  function assign(
    visit: VisitRow,
    faces: readonly VisitFace[],
    person: KnownPerson,
    addLook: boolean,
    recorder: Recorder,
  ): void {
    const moved = faces.filter((face) => face.person !== person.ref);
    give(moved, person.ref, addLook, recorder);
    visits.correct([visit.id], "corrected", person.ref, recorder);
  }

  function deny(visit: VisitRow, faces: readonly VisitFace[], person: KnownPerson, recorder: Recorder): void {
    const ids = faces.map((face) => face.id);
    free(
      faces.filter((face) => face.person === person.ref),
      recorder,
    );
    examples.deny(person.ref, ids, true, recorder);
    steps.forgetSightings(ids, null, recorder);
    if (visit.person === null || visit.person === person.ref) visits.correct([visit.id], "corrected", null, recorder);
  }

  function ignore(visit: VisitRow, faces: readonly VisitFace[], recorder: Recorder): void {
    const ids = faces.map((face) => face.id);
    free(faces, recorder);
    recorder.faces(ids);
    recorder.members(ids);
    clusters.takeOut(ids);
    matches.drop(ids, recorder);
    steps.forgetSightings(ids, null, recorder);
    const id = clusters.newId();
    recorder.clusterMade(id);
    const ref = clusters.make(id, visit.model, { ignored: true });
    for (const [rank, face] of ids.entries()) clusters.put(face, ref, rank);
    clusters.refresh(ref);
    visits.correct([visit.id], "ignored", null, recorder);
  }

  /** People to whom the visit or its faces belong, or who were recognized. */
  function concerned(visit: VisitRow, faces: readonly VisitFace[]): Person[] {
    const refs = new Set([visit.person, ...faces.flatMap((face) => [face.person, face.matched])]);
    return [...refs].flatMap((ref) => {
      const person = ref === null ? null : people.byRef(ref);
      return person ? [{ personId: person.personId, name: person.name }] : [];
    });
  }

  const isSaidToBe = (visit: VisitRow, faces: readonly VisitFace[], person: KnownPerson): boolean =>
    visit.state === "corrected" && visit.person === person.ref && faces.every((face) => face.person === person.ref);

  const isSaidNotToBe = (visit: VisitRow, faces: readonly VisitFace[], person: KnownPerson): boolean =>
    visit.state === "corrected" &&
    visit.person === null &&
    examples.deniesAll(
      person.ref,
      faces.map((face) => face.id),
    );

  return async (visitId, correction, by) =>
    connection.write(() => {
      const visit = find.get(visitId);
      if (!visit) throw new FacesError("VISIT_NOT_FOUND", `visit "${visitId}" does not exist`);
      const faces = facesOf.all(visitId);
      const before = concerned(visit, faces);
      const done = (change: number | null, created: boolean, person?: Person) => ({
        change,
        visit: show(visitId) as Visit,
        touched: person && !before.some((one) => one.personId === person.personId) ? [...before, person] : before,
        created,
      });
      const at = `a visit at ${visit.camera}`;
      switch (correction.kind) {
        case "is": {
          const known = findPerson(people, correction.name);
          if (known && isSaidToBe(visit, faces, known)) return done(null, false);
          return journal.record(
            "correct",
            by,
            (recorder) => {
              const person = known ?? steps.make(correction.name, recorder);
              assign(visit, faces, person, correction.addLook || !known, recorder);
              return done(recorder.change, !known, { personId: person.personId, name: person.name });
            },
            ({ visit: { person } }) => ({
              sentence: `${at} was corrected: it was ${person?.name}`,
              form: "is",
              names: person ? [person.name] : [],
              camera: visit.camera,
            }),
          );
        }
        case "not": {
          const person = people.need(correction.personId);
          if (isSaidNotToBe(visit, faces, person)) return done(null, false);
          return journal.record(
            "correct",
            by,
            (recorder) => {
              deny(visit, faces, person, recorder);
              return done(recorder.change, false, { personId: person.personId, name: person.name });
            },
            () => ({
              sentence: `${at} was corrected: it was not ${person.name}`,
              form: "is_not",
              names: [person.name],
              camera: visit.camera,
            }),
          );
        }
        case "ignore":
          if (visit.state === "ignored") return done(null, false);
          return journal.record(
            "correct",
            by,
            (recorder) => {
              ignore(visit, faces, recorder);
              return done(recorder.change, false);
            },
            () => ({ sentence: `${at} was ignored`, form: "visit_ignored", camera: visit.camera }),
          );
      }
    });
}
