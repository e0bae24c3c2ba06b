import { FacesError } from "../../domain/errors.ts";
import type { Person } from "../../domain/person.ts";
import type { Notes } from "../file/notes.ts";
import type { KnownPerson } from "../people/person-rows.ts";
import type { Store } from "../port.ts";
import { entriesOf, type JournalEntry } from "./journal-rows.ts";
import { createRestore, type RestoreDeps } from "./restore.ts";

export interface UndoDeps extends RestoreDeps {
  readonly notes: Notes;
}

/** Undoes the last change to people from its undo rows. Faces that arrived since stay. */
export function createUndo(deps: UndoDeps): Store["undo"] {
  const { connection, people, journal, notes } = deps;
  const { db, column, write } = connection;
  const restore = createRestore(deps);
  const ownersNow = column<[string, string], number>(`SELECT person_ref FROM face_embeddings
       WHERE person_ref IS NOT NULL AND id IN (SELECT value FROM json_each(?))
       UNION SELECT person_ref FROM enrolled_encodings WHERE id IN (SELECT value FROM json_each(?))`);

  return async () =>
    write(() => {
      const change = journal.last();
      if (!change) {
        const why = notes.get("nothing_to_undo");
        throw new FacesError("NOTHING_TO_UNDO", why === null ? "there is nothing to undo" : `nothing to undo: ${why}`);
      }
      // Rows are restored table by table; references are checked when all are there.
      db.pragma("defer_foreign_keys = ON");
      const touched = [...new Set([...peopleIn(change.entries), ...peopleNow(change.entries)])].sort((a, b) => a - b);
      const before = known(touched);
      restore(change.entries);
      journal.drop(change.id);
      return {
        sentence: `taken back: ${change.sentence}`,
        action: change.action,
        before,
        after: known(touched),
      };
    });

  /** People to whom the touched faces and encodings belong now. */
  function peopleNow(entries: readonly JournalEntry[]): number[] {
    const faces = entriesOf(entries, "faces").flatMap(({ row }) => row.map(([id]) => id));
    const encodings = entriesOf(entries, "encoding").map(({ row }) => row.id);
    return ownersNow.all(JSON.stringify(faces), JSON.stringify(encodings));
  }

  function known(refs: readonly number[]): Person[] {
    return refs
      .map(people.byRef)
      .filter((person): person is KnownPerson => person !== null)
      .map(({ personId, name }) => ({ personId, name }));
  }
}

/** Refs of the people that the change touched, or took faces or encodings from. */
function peopleIn(entries: readonly JournalEntry[]): Set<number> {
  const refs = new Set<number>();
  for (const { row } of entriesOf(entries, "person")) refs.add(row.ref);
  for (const { row } of entriesOf(entries, "sighting")) refs.add(row.ref);
  for (const { row } of entriesOf(entries, "owner")) refs.add(row.personRef);
  for (const { row } of entriesOf(entries, "encoding")) if (row.was) refs.add(row.was.personRef);
  for (const { row } of entriesOf(entries, "faces")) {
    for (const [, personRef] of row) if (personRef !== null) refs.add(personRef);
  }
  return refs;
}
