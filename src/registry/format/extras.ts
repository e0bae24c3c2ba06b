import type { RegistryPerson } from "../../store/port.ts";
import { NO_EXTRAS, type RegistryData, type RegistryExtras } from "./format.ts";
import { matchPeople, pairEncodings } from "./match.ts";

/**
 * Whose the unknown keys of a file are: bound to our ids, so that they follow a rename or a merge here.
 * @param known What was bound before; stays for people and encodings that this file does not have.
 */
export function bindExtras(
  data: RegistryData,
  current: readonly RegistryPerson[],
  known: RegistryExtras = NO_EXTRAS,
): RegistryExtras {
  const people = new Map(known.people);
  const encodings = new Map(known.encodings);
  for (const [person, match] of matchPeople(data.people, current)) {
    people.set(match.personId, person.extras);
    for (const [theirs, ours] of pairEncodings(person.encodings, match.encodings).pairs) {
      encodings.set(ours.id, theirs.extras);
    }
  }
  return { top: data.extras, people, encodings };
}
