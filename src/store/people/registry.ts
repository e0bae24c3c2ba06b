import { FacesError } from "../../domain/errors.ts";
import type { Person } from "../../domain/person.ts";
import type { RegistryEdit, RegistryEditOutcome, Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { namesInWords } from "../undo/sentences.ts";
import { groupBy } from "./gallery.ts";
import type { KnownPerson } from "./person-rows.ts";

/** The people as the registry file has them, and what other programs changed there. */
export function createRegistry({
  connection,
  people,
  dimensions,
  enrolment,
  journal,
  steps,
}: ChangeDeps): Pick<Store, "registry" | "applyRegistryEdit"> {
  const { db, write } = connection;
  const ownerOf = db.prepare<[number], number>("SELECT person_ref FROM enrolled_encodings WHERE id = ?").pluck();
  const toPerson = ({ personId, name }: Person): Person => ({ personId, name });

  return {
    async registry() {
      const encodings = groupBy(enrolment.all(), (row) => row.personRef);
      return people.all().map((person) => ({
        ...toPerson(person),
        encodings: (encodings.get(person.ref) ?? []).map(({ personRef: _, ...encoding }) => encoding),
      }));
    },

    applyRegistryEdit: async (edit: RegistryEdit, by) =>
      write(() => {
        const added: KnownPerson[] = [];
        /** By number; each with the name before the edit. */
        const changed = new Map<number, string>();
        const touch = ({ ref, name }: KnownPerson): void => {
          if (!changed.has(ref)) changed.set(ref, name);
        };
        // A person who is already gone needs no removing.
        const removed = edit.removedPeople.flatMap((personId) => people.byId(personId) ?? []);
        const outcome = (change: number | null): RegistryEditOutcome => ({
          change,
          added: added.map(toPerson),
          removed: removed.map(toPerson),
          changed: [...changed].flatMap(([ref, formerName]) => {
            const person = people.byRef(ref);
            return person ? [{ ...toPerson(person), formerName }] : [];
          }),
        });
        const { addedPeople, renamedPeople, addedEncodings, removedEncodings } = edit;
        const lists = [removed, addedPeople, renamedPeople, addedEncodings, removedEncodings];
        if (lists.every((list) => list.length === 0)) return outcome(null);
        return journal.record(
          "registry",
          by,
          (recorder) => {
            const add = (ref: number, encodings: RegistryEdit["addedPeople"][number]["encodings"]): void => {
              for (const encoding of encodings) {
                dimensions.check(encoding.model, encoding.encoding);
                recorder.encodingMade(enrolment.add(ref, encoding));
              }
            };
            for (const id of removedEncodings) {
              const ref = ownerOf.get(id);
              const owner = ref === undefined ? null : people.byRef(ref);
              if (!owner) continue;
              recorder.encoding(id);
              recorder.faces(enrolment.facesOf(id).map((face) => face.id));
              enrolment.drop(id);
              touch(owner);
            }
            for (const { ref } of removed) {
              for (const id of enrolment.idsOf(ref)) recorder.encoding(id);
              steps.free(people.faceIds(ref), recorder);
              steps.removePerson(ref, recorder);
              changed.delete(ref);
            }
            for (const { personId, name } of renamedPeople) {
              const person = people.byId(personId);
              const other = people.byName(name);
              if (!person || person.name === name) continue;
              if (other && other.ref !== person.ref) {
                throw new FacesError("PERSON_EXISTS", `there is a person "${other.name}" already`);
              }
              people.checkName(name, person.ref);
              recorder.name(person.ref);
              people.setName(person.ref, name);
              touch(person);
            }
            for (const { name, encodings } of addedPeople) {
              const known = people.byName(name);
              if (!known) people.checkName(name, null);
              const person = known ?? steps.make(name, recorder);
              if (known) touch(known);
              else added.push(person);
              add(person.ref, encodings);
            }
            for (const { personId, encoding } of addedEncodings) {
              const person = people.byId(personId);
              if (!person) continue;
              add(person.ref, [encoding]);
              touch(person);
            }
            return outcome(recorder.change);
          },
          (done) => `${inWords(done)} in the registry file`,
        );
      }),
  };
}

function inWords({ added, removed, changed }: RegistryEditOutcome): string {
  const parts = [
    { people: added, did: "added" },
    { people: removed, did: "removed" },
    { people: changed, did: "changed" },
  ].filter((part) => part.people.length > 0);
  if (parts.length === 0) return "nothing was changed";
  return parts
    .map(
      ({ people, did }) =>
        `${namesInWords(people.map((one) => one.name))} ${people.length === 1 ? "was" : "were"} ${did}`,
    )
    .join(", ");
}
