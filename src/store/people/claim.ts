import { FacesError } from "../../domain/errors.ts";
import { IS_UNASSIGNED } from "../faces/face-rows.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesWere } from "../undo/sentences.ts";

/** Assigns single faces; those that are no longer unassigned are passed over. */
export function createClaim({ connection, people, journal, steps }: ChangeDeps): Store["claim"] {
  const { column, write } = connection;
  const unassigned = column<[string], number>(`SELECT f.id FROM face_embeddings f
       WHERE f.id IN (SELECT value FROM json_each(?)) AND ${IS_UNASSIGNED} ORDER BY f.id`);
  return async (personId, wanted, by) =>
    write(() => {
      const person = people.need(personId);
      const faceIds = unassigned.all(JSON.stringify(wanted));
      if (faceIds.length === 0) throw new FacesError("EMPTY_SELECTION", "none of the faces is unassigned");
      return journal.record(
        "claim",
        by,
        (recorder) => {
          steps.give(faceIds, person.ref, null, recorder);
          return steps.toOutcome(person, faceIds, recorder);
        },
        () => ({
          sentence: `${facesWere(faceIds.length)} claimed for ${person.name}`,
          faces: faceIds.length,
          names: [person.name],
        }),
      );
    });
}
