import { FacesError } from "../../domain/errors.ts";
import { IS_UNASSIGNED } from "../faces/face-rows.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, facesWere } from "../undo/sentences.ts";
import { findPerson } from "./assign.ts";
import type { FaceOfEncoding } from "./enrolment.ts";

/** Names a stranger: the visits are the person's, and the mean of their unassigned faces is enrolled as one encoding. */
export function createAssignStranger(deps: ChangeDeps): Store["assignStranger"] {
  const { connection, people, visits, journal, steps } = deps;
  const { db, column, write } = connection;
  const find = column<[string], number>("SELECT id FROM strangers WHERE stranger_id = ?");
  const visitsOf = column<[number], number>("SELECT id FROM visits WHERE stranger_ref = ? ORDER BY id");
  const facesOf = db.prepare<[number], FaceOfEncoding>(
    `SELECT f.id, f.source, f.encoding, f.model FROM visits v JOIN face_embeddings f ON f.visit_id = v.visit_id
     WHERE v.stranger_ref = ? AND ${IS_UNASSIGNED} ORDER BY f.id`,
  );

  return async (strangerId, name, by) =>
    write(() => {
      const ref = find.get(strangerId);
      if (ref === undefined) throw new FacesError("STRANGER_NOT_FOUND", `stranger "${strangerId}" does not exist`);
      const faces = facesOf.all(ref);
      if (faces.length === 0) throw new FacesError("EMPTY_SELECTION", "no face of the stranger is left to assign");
      const known = findPerson(people, name);
      return journal.record(
        "assign",
        by,
        (recorder) => {
          const person = known ?? steps.make(name, recorder);
          visits.correct(visitsOf.all(ref), "corrected", person.ref, recorder);
          const faceIds = steps.enrol(faces, person.ref, recorder);
          return { ...steps.toOutcome(person, faceIds, recorder), created: !known };
        },
        ({ person, faceIds, created }) => ({
          sentence: created
            ? `stranger ${ref} was named ${person.name}, from ${facesInWords(faceIds.length)}`
            : `stranger ${ref} was named ${person.name}: ${facesWere(faceIds.length)} assigned`,
          form: "stranger",
          faces: faceIds.length,
          names: [String(ref), person.name],
        }),
      );
    });
}
