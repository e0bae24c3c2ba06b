import { FacesError } from "../../src/domain/errors.ts";
import { nameKey, slug, uniqueSlug } from "../../src/domain/names.ts";
import type { EnrolledEncoding } from "../../src/domain/person.ts";
import type { RegistryEdit, RegistryPerson, Store } from "../../src/store/port.ts";

type RegistryStore = Pick<
  Store,
  "registry" | "rememberedRegistry" | "rememberRegistry" | "applyRegistryEdit" | "erasedAt"
>;

/** The store's part that the registry file needs, in memory, and the few changes that tests make to people. */
export interface MemoryStore extends RegistryStore {
  add(name: string, ...encodings: Float32Array[]): RegistryPerson;
  rename(from: string, to: string): void;
  remove(name: string): void;
  /** Removed, and remembered as erased at this moment. */
  erase(name: string, at: Date): void;
  names(): string[];
  /** Edits that were applied. */
  edits: RegistryEdit[];
}

export function makeMemoryStore(): MemoryStore {
  let people: RegistryPerson[] = [];
  let remembered: string | null = null;
  let nextId = 1;
  const erased = new Map<string, Date>();
  const edits: RegistryEdit[] = [];

  const find = (name: string) => people.find((one) => nameKey(one.name) === nameKey(name));
  const change = (personId: string, to: (person: RegistryPerson) => RegistryPerson) => {
    if (!people.some((one) => one.personId === personId)) throw new FacesError("PERSON_NOT_FOUND", personId);
    people = people.map((one) => (one.personId === personId ? to(one) : one));
  };
  const enrol = (name: string, encodings: readonly EnrolledEncoding[]) => {
    if (find(name)) throw new FacesError("PERSON_EXISTS", name);
    if (people.some((one) => one.personId === name)) throw new FacesError("INVALID_NAME", `${name} is an id`);
    const personId = uniqueSlug(slug(name, "person"), (taken) => people.some((one) => one.personId === taken));
    const person = { personId, name, encodings: encodings.map((one) => ({ ...one, id: nextId++ })) };
    people = [...people, person];
    return person;
  };
  const apply = (edit: RegistryEdit) => {
    for (const id of edit.removedPeople) people = people.filter((one) => one.personId !== id);
    for (const { personId, name } of edit.renamedPeople) change(personId, (person) => ({ ...person, name }));
    people = people.map((person) => ({
      ...person,
      encodings: person.encodings.filter(({ id }) => !edit.removedEncodings.includes(id)),
    }));
    for (const { personId, encoding } of edit.addedEncodings) {
      change(personId, (person) => ({ ...person, encodings: [...person.encodings, { ...encoding, id: nextId++ }] }));
    }
    return edit.addedPeople.map(({ name, encodings }) => enrol(name, encodings));
  };

  return {
    edits,
    names: () => people.map((one) => one.name).sort(),
    add: (name, ...encodings) =>
      enrol(
        name,
        encodings.map((encoding) => ({ encoding, source: "frames/a.jpg", sources: ["frames/a.jpg"], count: 1 })),
      ),
    rename(from, to) {
      change(find(from)?.personId ?? from, (person) => ({ ...person, name: to }));
    },
    remove(name) {
      people = people.filter((one) => nameKey(one.name) !== nameKey(name));
    },
    erase(name, at) {
      people = people.filter((one) => nameKey(one.name) !== nameKey(name));
      erased.set(nameKey(name), at);
    },
    erasedAt: async (name) => erased.get(nameKey(name)) ?? null,
    registry: async () => people,
    rememberedRegistry: async () => remembered,
    async rememberRegistry(text) {
      remembered = text;
    },
    async applyRegistryEdit(edit) {
      const before = people;
      try {
        const added = apply(edit);
        edits.push(edit);
        const removed = before.filter((one) => edit.removedPeople.includes(one.personId));
        return { added, removed, changed: [] };
      } catch (error) {
        people = before;
        throw error;
      }
    },
  };
}
