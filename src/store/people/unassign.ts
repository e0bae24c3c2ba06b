import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesWere, namesInWords } from "../undo/sentences.ts";
import type { KnownPerson } from "./person-rows.ts";

interface Row {
  readonly id: number;
  /** Whom it is assigned to, else who was recognized. */
  readonly owner: number | null;
  readonly encoding_ref: number | null;
}

interface Selected {
  readonly id: number;
  readonly personRef: number;
  readonly encodingRef: number | null;
}

/** Takes faces out of the people they are assigned to or recognized as, and keeps "not this person". */
export function createUnassign(deps: ChangeDeps): Store["unassign"] {
  const { connection, people, examples, visits, journal, steps } = deps;
  const { db, write } = connection;
  const find = db.prepare<[number], Row>(
    `SELECT f.id, f.encoding_ref, COALESCE(f.person_ref, (
       SELECT f.matched_ref WHERE NOT EXISTS (
         SELECT 1 FROM rejections r WHERE r.person_ref = f.matched_ref AND r.face_id = f.id))) AS owner
     FROM face_embeddings f WHERE f.id = ?`,
  );

  function selectFaces(wanted: readonly number[]): Selected[] {
    if (wanted.length === 0) throw new FacesError("EMPTY_SELECTION", "no faces were given");
    return [...new Set(wanted)].map((id) => {
      const row = find.get(id);
      if (!row) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
      if (row.owner === null) {
        throw new FacesError("FACE_NOT_ASSIGNED", `face ${id} is neither assigned to a person nor recognized as one`);
      }
      return { id, personRef: row.owner, encodingRef: row.encoding_ref };
    });
  }

  return async (wanted, by) =>
    write(() => {
      const faces = selectFaces(wanted);
      const owners = [...new Set(faces.map((face) => face.personRef))].map((ref) => people.byRef(ref) as KnownPerson);
      const idsOf = ({ ref }: KnownPerson): number[] =>
        faces.filter((face) => face.personRef === ref).map((face) => face.id);
      return journal.record(
        "unassign",
        by,
        (recorder) => {
          steps.takeOut(faces, recorder);
          for (const owner of owners) {
            examples.deny(owner.ref, idsOf(owner), false, recorder);
            visits.deny(owner.ref, idsOf(owner), recorder);
          }
          steps.forgetSightings(
            faces.map((face) => face.id),
            null,
            recorder,
          );
          return owners.map((person) => steps.toOutcome(person, idsOf(person), recorder));
        },
        () => ({
          sentence: `${facesWere(faces.length)} taken out of ${namesInWords(owners.map((person) => person.name))}`,
          faces: faces.length,
          names: owners.map((person) => person.name),
        }),
      );
    });
}
