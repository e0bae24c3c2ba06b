import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import type { Merge } from "./merge.ts";

/** Renames a person. Onto the name of another person it is a merge, which must be asked for. */
export function createRename(
  { connection, people, enrolment, journal, steps }: ChangeDeps,
  mergeInto: Merge,
): Store["rename"] {
  return async (personId, to, merge, by) =>
    connection.write(() => {
      const person = people.need(personId);
      const before = { personId: person.personId, name: person.name };
      const other = people.byName(to);
      if (other && other.ref !== person.ref) {
        const joined = { faces: people.faceIds(person.ref).length, encodings: enrolment.count(person.ref) };
        if (!merge) {
          throw new FacesError("PERSON_EXISTS", `there is a person "${other.name}" already`, {
            details: {
              person: other.name,
              person_id: other.personId,
              faces: people.faceIds(other.ref).length,
              encodings: enrolment.count(other.ref),
              joining: { person: person.name, person_id: person.personId, ...joined },
            },
          });
        }
        const { removed: _, ...outcome } = mergeInto([person], other, by);
        return { ...outcome, before, joined };
      }
      people.checkName(to, person.ref);
      const faceIds = people.faceIds(person.ref);
      if (person.name === to) return { ...steps.toOutcome(person, faceIds, null), before, joined: null };
      return journal.record(
        "rename",
        by,
        (recorder) => {
          recorder.name(person.ref);
          people.setName(person.ref, to);
          return { ...steps.toOutcome({ ...person, name: to }, faceIds, recorder), before, joined: null };
        },
        () => ({ sentence: `${person.name} was renamed to ${to}`, names: [person.name, to] }),
      );
    });
}
