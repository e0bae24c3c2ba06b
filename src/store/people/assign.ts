import { createFaceSelection } from "../clusters/face-selection.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, facesWere } from "../undo/sentences.ts";
import type { KnownPerson, PersonRows } from "./person-rows.ts";

/** The person to assign to; null: a new one. A name wins over an id. The id of a person in other letters is no valid name. */
export function findPerson(
  people: Pick<PersonRows, "byName" | "byId" | "checkName">,
  name: string,
): KnownPerson | null {
  const person = people.byName(name) ?? people.byId(name);
  if (!person) people.checkName(name, null);
  return person;
}

/** Assigns the faces of a cluster to a person, and enrols their mean as one encoding. */
export function createAssign({ connection, people, clusters, journal, steps }: ChangeDeps): Store["assign"] {
  const { write } = connection;
  const { select, checkFrames } = createFaceSelection({ connection, clusters });

  return async (change, by) =>
    write(() => {
      const faces = select(change);
      const known = findPerson(people, change.name);
      if (!change.allowSameFrame) checkFrames(faces, known);
      return journal.record(
        "assign",
        by,
        (recorder) => {
          const person = known ?? steps.make(change.name, recorder);
          const faceIds = steps.enrol(faces, person.ref, recorder);
          return { ...steps.toOutcome(person, faceIds, recorder), created: !known };
        },
        ({ person, faceIds, created }) => ({
          sentence: created
            ? `${person.name} was enrolled from ${facesInWords(faceIds.length)}`
            : `${facesWere(faceIds.length)} assigned to ${person.name}`,
          ...(created ? { form: "new_person" } : {}),
          faces: faceIds.length,
          names: [person.name],
        }),
      );
    });
}
