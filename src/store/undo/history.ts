import type { Change } from "../../domain/change.ts";
import { readCursor, toPageOf } from "../../domain/cursors.ts";
import type { Person } from "../../domain/person.ts";
import type { Connection } from "../file/database.ts";
import { toDate } from "../file/dates.ts";
import type { Store } from "../port.ts";
import type { Conflicts } from "./conflicts.ts";
import { CHANGE_COLUMNS, type StoredChange, toFacts, type UndoJournal } from "./journal.ts";

/** Faces that show a change. */
const SHOWN = 5;

/** The changes as they are shown. */
export function createHistory(
  { db, column, write }: Connection,
  journal: UndoJournal,
  conflicts: Conflicts,
): Pick<Store, "changes" | "change" | "trimChanges"> {
  const list = db.prepare<[number, number], StoredChange>(
    `SELECT ${CHANGE_COLUMNS} FROM changes WHERE id < ? ORDER BY id DESC LIMIT ?`,
  );
  const faces = column<[number], number>(
    `SELECT f.id FROM change_keys k JOIN face_embeddings f ON f.id = CAST(substr(k.key, 2) AS INTEGER)
     WHERE k.change_ref = ? AND k.key GLOB 'f*' ORDER BY k.touch DESC, f.id LIMIT ${SHOWN}`,
  );
  const people = db.prepare<[number], Person>(
    `SELECT p.person_id AS personId, p.name FROM change_keys k JOIN people p ON p.id = CAST(substr(k.key, 2) AS INTEGER)
     WHERE k.change_ref = ? AND k.key GLOB 'p*' ORDER BY p.id`,
  );

  function toChange(change: StoredChange): Change {
    const { id, at, action, sentence, facts, via, user } = change;
    return {
      id,
      at: new Date(at),
      action,
      sentence,
      facts: toFacts(facts),
      via,
      user,
      undoneAt: toDate(change.undoneAt),
      blocked: conflicts.blocked(change),
      blockedBy: conflicts.blockedBy(change),
      faceIds: faces.all(id),
      people: people.all(id),
    };
  }

  return {
    async changes(page) {
      const after = readCursor(page, [0] as [number]);
      const rows = list.all(after?.[0] ?? Number.MAX_SAFE_INTEGER, page.limit + 1);
      return toPageOf(rows, page.limit, toChange, ({ id }) => [id]);
    },
    async change(id) {
      const found = journal.find(id);
      return found && toChange(found);
    },
    trimChanges: async (before) => write(() => journal.trimBefore(before)),
  };
}
