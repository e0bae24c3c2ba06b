import type { Change, ChangeOrigin } from "../../domain/change.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { JournalEntry, JournalKind } from "./journal-rows.ts";
import type { Recorder, Recording } from "./recorder.ts";
import { type ChangeWords, facesInWords } from "./sentences.ts";

/** Changes that are kept, at most. */
const DEPTH = 1_000;

export type ChangeAction =
  | "assign"
  | "claim"
  | "unassign"
  | "rename"
  | "portrait"
  | "merge"
  | "delete"
  | "erase"
  | "ignore"
  | "unignore"
  | "split"
  | "merge_groups"
  | "keep_apart"
  | "keep_together"
  | "registry"
  | "reject"
  | "correct"
  | "re_encode";

/** A change as it is kept, but for its undo rows. */
export interface StoredChange {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly sentence: string;
  /** {@link ChangeFacts} as JSON; null: not known. */
  readonly facts: string | null;
  readonly via: ChangeOrigin["via"] | null;
  readonly user: string | null;
  readonly undoneAt: string | null;
  /** Numbers what was last done with it: made, undone, redone. */
  readonly step: number;
  /** Ids of the changes that stood on the same rows when it was undone, as JSON. */
  readonly base: string;
  /** Why it can no longer be undone or redone; null: its undo rows are there. */
  readonly lost: string | null;
}

/** The columns of a {@link StoredChange}, of the table `changes`. */
export const CHANGE_COLUMNS = "id, at, action, sentence, facts, via, user, undone_at AS undoneAt, step, base, lost";

/** What a stored change's sentence says. */
export const toFacts = (facts: string | null): Change["facts"] =>
  facts === null ? {} : (JSON.parse(facts) as Change["facts"]);

/** The changes with their undo rows: before-images of all rows that they touched. Inside the caller's transaction. */
export interface UndoJournal {
  /** Runs a change and keeps its undo rows; `toSentence` says what it did. `by` undefined: not known. */
  record<T>(
    action: ChangeAction,
    by: ChangeOrigin | undefined,
    run: (recorder: Recorder) => T,
    toSentence: (outcome: T) => string | ChangeWords,
  ): T;
  /** An erasure: of what it did nothing is kept but that. */
  recordErasure(by: ChangeOrigin | undefined, faces: number): number;
  find(id: number): StoredChange | null;
  /** The last change that stands; null: there is none. */
  lastStanding(): StoredChange | null;
  /** The change that was undone last, and was not redone. */
  lastUndone(): StoredChange | null;
  entries(id: number): readonly JournalEntry[];
  /**
   * Keeps undo rows of a change's rows as they are now, instead of those that it has (`before`); then restores those with
   * `restore`.
   * @param toBase The base of a change that is undone, asked for when the new rows are kept: they may be of more rows.
   */
  swap(
    change: StoredChange,
    before: readonly JournalEntry[],
    toBase: () => readonly number[],
    restore: (entries: readonly JournalEntry[]) => void,
  ): void;
  /** Deletes the undo rows of a change. @param why It can no longer be undone or redone. */
  lose(id: number, why: string): void;
  /** Another sentence, without what it named. */
  setSentence(id: number, sentence: string): void;
  /** Deletes the changes that were made before. */
  trimBefore(before: Date): void;
}

export function createUndoJournal(
  { db }: Connection,
  notes: Notes,
  startRecording: (change: number) => Recording,
  clock: Clock,
): UndoJournal {
  const begin = db.prepare(
    `INSERT INTO changes (at, action, sentence, via, user, step, lost)
     VALUES (?, ?, ?, ?, ?, (SELECT 1 + COALESCE(max(step), 0) FROM changes), ?)`,
  );
  const setWords = db.prepare("UPDATE changes SET sentence = ?, facts = ? WHERE id = ?");
  const trim = db.prepare("DELETE FROM changes WHERE id <= (SELECT id FROM changes ORDER BY id DESC LIMIT 1 OFFSET ?)");
  const trimBefore = db.prepare("DELETE FROM changes WHERE at < ?");
  const find = db.prepare<[number], StoredChange>(`SELECT ${CHANGE_COLUMNS} FROM changes WHERE id = ?`);
  const lastStanding = db.prepare<[], StoredChange>(
    `SELECT ${CHANGE_COLUMNS} FROM changes WHERE undone_at IS NULL ORDER BY step DESC LIMIT 1`,
  );
  const lastUndone = db.prepare<[], StoredChange>(
    `SELECT ${CHANGE_COLUMNS} FROM changes WHERE undone_at IS NOT NULL ORDER BY step DESC LIMIT 1`,
  );
  const rows = db.prepare<[number], { kind: JournalKind; row: string; bytes: Buffer | null }>(
    "SELECT kind, row, bytes FROM change_rows WHERE change_ref = ? ORDER BY id",
  );
  const dropRows = db.prepare("DELETE FROM change_rows WHERE change_ref = ?");
  const dropHeld = db.prepare("DELETE FROM change_faces WHERE change_ref = ?");
  const lose = db.prepare("UPDATE changes SET lost = ?, base = '[]' WHERE id = ?");
  const mark = db.prepare(
    `UPDATE changes SET undone_at = ?, base = ?, step = (SELECT 1 + COALESCE(max(step), 0) FROM changes)
     WHERE id = ?`,
  );

  function insert(action: ChangeAction, by: ChangeOrigin | undefined, sentence: string, lost: string | null): number {
    const { lastInsertRowid } = begin.run(
      clock.now().toISOString(),
      action,
      sentence,
      by?.via ?? null,
      by?.user ?? null,
      lost,
    );
    trim.run(DEPTH);
    notes.set("nothing_to_undo", null);
    return Number(lastInsertRowid);
  }

  function drop(id: number): void {
    dropRows.run(id);
    dropHeld.run(id);
  }

  return {
    record(action, by, run, toSentence) {
      const id = insert(action, by, "", null);
      const { recorder, done } = startRecording(id);
      const outcome = run(recorder);
      done();
      const words = toSentence(outcome);
      const { sentence, ...facts } = typeof words === "string" ? { sentence: words } : words;
      setWords.run(sentence, JSON.stringify(facts), id);
      return outcome;
    },
    recordErasure(by, faces) {
      const sentence = `a person was erased with ${facesInWords(faces)}`;
      const id = insert("erase", by, sentence, "an erasure cannot be undone");
      setWords.run(sentence, JSON.stringify({ faces }), id);
      return id;
    },
    find: (id) => find.get(id) ?? null,
    lastStanding: () => lastStanding.get() ?? null,
    lastUndone: () => lastUndone.get() ?? null,
    entries: (id) =>
      rows.all(id).map(({ kind, row, bytes }) => ({ kind, row: JSON.parse(row), bytes }) as JournalEntry),
    swap({ id, undoneAt }, before, toBase, restore) {
      const isUndone = undoneAt === null;
      drop(id);
      const { again, done } = startRecording(id);
      again(before);
      const base = isUndone ? toBase() : [];
      restore(before);
      done();
      mark.run(isUndone ? clock.now().toISOString() : null, JSON.stringify(base), id);
    },
    lose(id, why) {
      lose.run(why, id);
      drop(id);
    },
    setSentence: (id, sentence) => void setWords.run(sentence, null, id),
    trimBefore: (before) => void trimBefore.run(before.toISOString()),
  };
}
