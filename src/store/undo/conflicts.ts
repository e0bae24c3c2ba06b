import type { Connection } from "../file/database.ts";
import { CHANGE_COLUMNS, type StoredChange, type UndoJournal } from "./journal.ts";
import type { JournalRows } from "./journal-rows.ts";
import { TOUCH } from "./row-keys.ts";

/** What stands in the way of undoing a change, or of redoing one that is undone. */
export interface Conflicts {
  /** As a sentence; null: nothing does. */
  blocked(change: StoredChange): string | null;
  /** Id of the change that has to be undone first; null: there is none, or nothing stands in the way. */
  blockedBy(change: StoredChange): number | null;
  /** Changes that stand and touched a row that this one touched, unless both only refer to it. */
  standing(change: StoredChange): readonly StoredChange[];
}

export function createConflicts({ db }: Connection, journal: Pick<UndoJournal, "find">): Conflicts {
  const standing = db.prepare<[number], StoredChange>(
    `SELECT ${CHANGE_COLUMNS} FROM changes WHERE undone_at IS NULL AND id IN (
       SELECT o.change_ref FROM change_keys k
       JOIN change_keys o ON o.key = k.key AND o.change_ref <> k.change_ref
       WHERE k.change_ref = ? AND k.touch + o.touch > ${2 * TOUCH.refers}
         AND min(k.touch, o.touch) > ${TOUCH.shown})
     ORDER BY step DESC`,
  );
  const personRows = db.prepare<[number], { row: string }>(
    "SELECT row FROM change_rows WHERE change_ref = ? AND kind = 'person'",
  );
  const taken = db.prepare<[{ key: string; personId: string; own: string }], { name: string }>(
    `SELECT name FROM people
     WHERE (name_key IN (:key, :personId) OR person_id IN (:key, :personId))
       AND id NOT IN (SELECT value FROM json_each(:own))`,
  );

  /** Another person may have the name or the id by now. */
  function nameTaken(change: StoredChange): string | null {
    const rows = personRows.all(change.id).map(({ row }) => JSON.parse(row) as JournalRows["person"]);
    const own = JSON.stringify(rows.map(({ ref }) => ref));
    for (const { was } of rows) {
      const other = was && taken.get({ key: was.key, personId: was.personId, own });
      if (other) return `there is another person now who is called ${other.name}`;
    }
    return null;
  }

  function later(change: StoredChange): StoredChange | null {
    const last = standing.get(change.id);
    return last && last.step > change.step ? last : null;
  }

  function toUndo(change: StoredChange): string | null {
    const last = later(change);
    return last && inTheWay(last);
  }

  function toRedo(change: StoredChange): string | null {
    const base = new Set(JSON.parse(change.base) as number[]);
    const now = standing.all(change.id);
    const added = now.find(({ id }) => !base.has(id));
    if (added) return inTheWay(added);
    const ids = new Set(now.map(({ id }) => id));
    // One that is no longer kept can no longer be undone either.
    const missing = [...base].filter((id) => !ids.has(id)).flatMap((id) => journal.find(id) ?? []);
    const [first] = missing.sort((a, b) => b.step - a.step);
    return first ? `this was undone since: "${first.sentence}"; redo that first` : null;
  }

  return {
    blocked(change) {
      if (change.lost !== null) return change.lost;
      return (change.undoneAt === null ? toUndo(change) : toRedo(change)) ?? nameTaken(change);
    },
    blockedBy(change) {
      if (change.lost !== null || change.undoneAt !== null) return null;
      const last = later(change);
      return last?.lost === null ? last.id : null;
    },
    standing: (change) => standing.all(change.id),
  };
}

function inTheWay({ sentence, lost }: StoredChange): string {
  return lost === null ? `${sentence} since: undo that first` : `${sentence} since, and ${lost}`;
}
