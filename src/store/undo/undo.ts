import { FacesError } from "../../domain/errors.ts";
import type { Person } from "../../domain/person.ts";
import { errorCode } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { KnownPerson } from "../people/person-rows.ts";
import type { Undone } from "../port/changes.ts";
import type { Store } from "../port.ts";
import type { Conflicts } from "./conflicts.ts";
import { type StoredChange, toFacts } from "./journal.ts";
import { entriesOf, type JournalEntry } from "./journal-rows.ts";
import { createRestore, type RestoreDeps } from "./restore.ts";

export interface UndoDeps extends RestoreDeps {
  readonly notes: Notes;
  readonly conflicts: Conflicts;
}

/** Undoes and redoes changes to people from their undo rows. Faces that arrived since stay. */
export function createUndo(deps: UndoDeps): Pick<Store, "undo" | "redo"> {
  const { connection, people, journal, notes, conflicts } = deps;
  const { db, column, write } = connection;
  const restore = createRestore(deps);
  const ownersNow = column<[string, string], number>(`SELECT person_ref FROM face_embeddings
       WHERE person_ref IS NOT NULL AND id IN (SELECT value FROM json_each(?))
       UNION SELECT person_ref FROM enrolled_encodings WHERE id IN (SELECT value FROM json_each(?))`);

  function need(id: number): StoredChange {
    const change = journal.find(id);
    if (!change) throw new FacesError("CHANGE_NOT_FOUND", `change ${id} is not in the history`);
    return change;
  }

  function needLast(): StoredChange {
    const change = journal.lastStanding();
    const why = change ? change.lost : notes.get("nothing_to_undo");
    if (change && why === null) return change;
    throw new FacesError("NOTHING_TO_UNDO", why === null ? "there is nothing to undo" : `nothing to undo: ${why}`);
  }

  function swap(change: StoredChange): Omit<Undone, "sentence"> {
    const why = conflicts.blocked(change);
    if (why !== null) throw new FacesError("NOT_UNDOABLE", why, { details: { change: change.id } });
    // Rows are restored table by table; references are checked when all are there.
    db.pragma("defer_foreign_keys = ON");
    const entries = journal.entries(change.id);
    const touched = [...new Set([...peopleIn(entries), ...peopleNow(entries)])];
    const before = known(touched);
    journal.swap(change, entries, () => conflicts.standing(change).map(({ id }) => id), restore);
    const all = [...new Set([...touched, ...peopleNow(entries)])];
    return { change: change.id, action: change.action, facts: toFacts(change.facts), before, after: known(all) };
  }

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
      .sort((a, b) => a.ref - b.ref)
      .map(({ personId, name }) => ({ personId, name }));
  }

  return {
    undo: async (id) =>
      guard(() =>
        write(() => {
          const change = id === undefined ? needLast() : need(id);
          if (change.undoneAt !== null) throw new FacesError("NOT_UNDOABLE", "it is undone already");
          return { sentence: `taken back: ${change.sentence}`, ...swap(change) };
        }),
      ),
    redo: async (id) =>
      guard(() =>
        write(() => {
          const change = id === undefined ? journal.lastUndone() : need(id);
          if (!change) throw new FacesError("NOT_UNDOABLE", "there is nothing to redo");
          if (change.undoneAt === null) throw new FacesError("NOT_UNDOABLE", "it stands: there is nothing to redo");
          return { sentence: `done again: ${change.sentence}`, ...swap(change) };
        }),
      ),
  };
}

/** Changes of version 0.1 did not keep all that they refer to: what a reference holds is not half undone. */
function guard<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (errorCode(cause) !== "SQLITE_CONSTRAINT_FOREIGNKEY") throw cause;
    throw new FacesError("NOT_UNDOABLE", "what was changed since still refers to it", { cause });
  }
}

/** Refs of the people that the change touched, or took faces or encodings from. */
function peopleIn(entries: readonly JournalEntry[]): Set<number> {
  const refs = new Set<number>();
  for (const { row } of entriesOf(entries, "person")) refs.add(row.ref);
  for (const { row } of entriesOf(entries, "portrait")) refs.add(row.ref);
  for (const { row } of entriesOf(entries, "sighting")) refs.add(row.ref);
  for (const { row } of entriesOf(entries, "owner")) refs.add(row.personRef);
  for (const { row } of entriesOf(entries, "encoding")) if (row.was) refs.add(row.was.personRef);
  for (const { row } of entriesOf(entries, "faces")) {
    for (const [, personRef] of row) if (personRef !== null) refs.add(personRef);
  }
  return refs;
}
