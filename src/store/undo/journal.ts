import type { Clock } from "../../domain/clock.ts";
import type { Clusters } from "../clusters/clusters.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { EncodingRow } from "../people/enrolment.ts";
import type { FaceBefore, JournalEntry, JournalKind, JournalRows, Sighting, VisitBefore } from "./journal-rows.ts";

/** Changes that are kept. */
const DEPTH = 100;

export type ChangeAction =
  | "assign"
  | "claim"
  | "unassign"
  | "rename"
  | "merge"
  | "delete"
  | "ignore"
  | "unignore"
  | "split"
  | "registry"
  | "reject"
  | "correct";

/** Keeps rows as they are before a change: call it before each row is written. */
export interface Recorder {
  /** The change's number. */
  readonly change: number;
  /** The whole person, before it is renamed or removed. */
  person(ref: number): void;
  personMade(ref: number): void;
  /** The last sighting of a person who stays; what it became is read when the change is done. */
  sighting(ref: number): void;
  /** The whole encoding with its bytes, before it is computed again or removed. */
  encoding(id: number): void;
  encodingMade(id: number): void;
  /** The person that an encoding belongs to, before it is given to another one. */
  owner(encodingId: number): void;
  faces(ids: readonly number[]): void;
  /** Whose visits they are, by number. */
  visits(ids: readonly number[]): void;
  rejections(pairs: readonly { readonly personRef: number; readonly faceId: number }[]): void;
  /** The whole counter-example, before it is computed again, given to another person or removed. */
  example(id: number): void;
  exampleMade(id: number): void;
  cluster(id: string): void;
  /** Call it before a cluster is made that no change before it had. */
  clusterMade(id: string): void;
  /** The faces' memberships, and their clusters. */
  members(faceIds: readonly number[]): void;
}

/** A change that can be undone. */
export interface StoredChange {
  readonly id: number;
  readonly action: string;
  readonly sentence: string;
  readonly entries: readonly JournalEntry[];
}

/** The undo rows: before-images of all rows that changes to people touched. Inside the caller's transaction. */
export interface UndoJournal {
  /** Runs a change and keeps its undo rows; `toSentence` says what it did. */
  record<T>(action: ChangeAction, run: (recorder: Recorder) => T, toSentence: (outcome: T) => string): T;
  last(): StoredChange | null;
  drop(id: number): void;
  /** Deletes everything; `why` is the reason that `undo` will give. */
  clear(why: string): void;
  /** Deletes every change that holds an encoding computed from one of the faces, and all earlier ones. */
  forgetFaces(faceIds: readonly number[]): void;
}

export function createUndoJournal(
  { db, column }: Connection,
  notes: Notes,
  clusters: Clusters,
  lastDiscovery: () => string | null,
  clock: Clock,
): UndoJournal {
  const begin = db.prepare("INSERT INTO changes (at, action, sentence) VALUES (?, ?, '')");
  const finish = db.prepare("UPDATE changes SET sentence = ? WHERE id = ?");
  const keep = db.prepare("INSERT INTO change_rows (change_ref, kind, row, bytes) VALUES (?, ?, ?, ?)");
  const hold = db.prepare(
    `INSERT OR IGNORE INTO change_faces (face_id, change_ref)
     SELECT id, ? FROM face_embeddings WHERE encoding_ref = ?`,
  );
  const trim = db.prepare("DELETE FROM changes WHERE id <= (SELECT id FROM changes ORDER BY id DESC LIMIT 1 OFFSET ?)");
  const last = db.prepare<[], { id: number; action: string; sentence: string }>(
    "SELECT id, action, sentence FROM changes ORDER BY id DESC LIMIT 1",
  );
  const rows = db.prepare<[number], { kind: JournalKind; row: string; bytes: Buffer | null }>(
    "SELECT kind, row, bytes FROM change_rows WHERE change_ref = ? ORDER BY id",
  );
  const markUndone = db.prepare("UPDATE changes SET undone_at = ? WHERE id = ?");
  const drop = db.prepare("DELETE FROM changes WHERE id = ?");
  const clear = db.prepare("DELETE FROM changes");
  const newestWith = column<[string], number | null>(
    "SELECT max(change_ref) FROM change_faces WHERE face_id IN (SELECT value FROM json_each(?))",
  );
  const dropUpTo = db.prepare("DELETE FROM changes WHERE id <= ?");
  const person = db.prepare<[number], { personId: string; name: string; key: string }>(
    "SELECT person_id AS personId, name, name_key AS key FROM people WHERE id = ?",
  );
  const sighting = db.prepare<[number], Sighting>(
    "SELECT seen_at AS at, seen_camera AS camera, seen_distance AS distance, seen_face AS face FROM people WHERE id = ?",
  );
  const encoding = db.prepare<[number], EncodingRow>("SELECT * FROM enrolled_encodings WHERE id = ?");
  const faces = db
    .prepare<[string], FaceBefore>(
      `SELECT id, person_ref, encoding_ref, matched_ref, matched_distance FROM face_embeddings
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .raw();
  const visits = db
    .prepare<[string], VisitBefore>(
      `SELECT v.id, v.state, v.person_ref, v.distance, s.id, s.stranger_id, s.model FROM visits v
       LEFT JOIN strangers s ON s.id = v.stranger_ref WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY v.id`,
    )
    .raw();
  const rejected = db.prepare<[number, number], { example: number | null }>(
    "SELECT example_ref AS example FROM rejections WHERE person_ref = ? AND face_id = ?",
  );
  const example = db.prepare<[number], { personRef: number; model: string; count: number; encoding: Buffer }>(
    "SELECT person_ref AS personRef, model, count, encoding FROM counter_examples WHERE id = ?",
  );
  const holdExample = db.prepare(
    "INSERT OR IGNORE INTO change_faces (face_id, change_ref) SELECT face_id, ? FROM rejections WHERE example_ref = ?",
  );

  function createRecorder(change: number): { recorder: Recorder; done(): void } {
    const seen = new Set<string>();
    const later: (() => void)[] = [];
    const write = <K extends JournalKind>(kind: K, row: JournalRows[K], bytes: Buffer | null = null): void =>
      void keep.run(change, kind, JSON.stringify(row), bytes);
    /** Only the first image of a row shows it as it was before the change. */
    const first = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
    const sightingOf = (ref: number): Sighting =>
      sighting.get(ref) ?? { at: null, camera: null, distance: null, face: null };

    const recorder: Recorder = {
      change,
      person(ref) {
        const was = person.get(ref);
        if (was && first(`person ${ref}`)) write("person", { ref, was: { ...was, sighting: sightingOf(ref) } });
      },
      personMade: (ref) => first(`person ${ref}`) && write("person", { ref, was: null }),
      sighting(ref) {
        if (!first(`sighting ${ref}`)) return;
        const was = sightingOf(ref);
        later.push(() => write("sighting", { ref, was, became: sightingOf(ref) }));
      },
      encoding(id) {
        const row = encoding.get(id);
        if (!row || !first(`encoding ${id}`)) return;
        const { person_ref: personRef, source, sources, face_count: count, variance, model, correction } = row;
        write(
          "encoding",
          { id, was: { personRef, source, sources, count, variance, model, correction } },
          row.encoding,
        );
        hold.run(change, id);
      },
      encodingMade: (id) => first(`encoding ${id}`) && write("encoding", { id, was: null }),
      owner(encodingId) {
        const row = encoding.get(encodingId);
        if (row) write("owner", { encodingId, personRef: row.person_ref });
      },
      faces(ids) {
        const fresh = ids.filter((id) => first(`face ${id}`));
        if (fresh.length > 0) write("faces", faces.all(JSON.stringify(fresh)));
      },
      visits(ids) {
        const fresh = ids.filter((id) => first(`visit ${id}`));
        if (fresh.length > 0) write("visits", visits.all(JSON.stringify(fresh)));
      },
      rejections(pairs) {
        if (pairs.length === 0) return;
        write(
          "rejections",
          pairs.map(({ personRef, faceId }) => {
            const row = rejected.get(personRef, faceId);
            return { personRef, faceId, was: row !== undefined, example: row?.example ?? null };
          }),
        );
      },
      example(id) {
        const row = example.get(id);
        if (!row || !first(`example ${id}`)) return;
        const { encoding: bytes, ...was } = row;
        write("example", { id, was }, bytes);
        holdExample.run(change, id);
      },
      exampleMade: (id) => first(`example ${id}`) && write("example", { id, was: null }),
      cluster(id) {
        const row = clusters.find(id);
        if (!row || !first(`cluster ${id}`)) return;
        write("cluster", { id, ignored: row.ignored === 1, discovery: lastDiscovery() });
      },
      clusterMade(id) {
        if (first(`cluster ${id}`)) write("cluster", { id, ignored: false, discovery: null, gone: true });
      },
      members(faceIds) {
        const rows = clusters.memberships(faceIds);
        for (const id of new Set(rows.map((row) => row.cluster))) recorder.cluster(id);
        if (rows.length > 0) write("members", rows);
      },
    };
    return { recorder, done: () => later.forEach((run) => void run()) };
  }

  return {
    record(action, run, toSentence) {
      const id = Number(begin.run(clock.now().toISOString(), action).lastInsertRowid);
      const { recorder, done } = createRecorder(id);
      const outcome = run(recorder);
      done();
      finish.run(toSentence(outcome), id);
      trim.run(DEPTH);
      notes.set("nothing_to_undo", null);
      return outcome;
    },
    last() {
      const change = last.get();
      if (!change) return null;
      const entries = rows
        .all(change.id)
        .map(({ kind, row, bytes }) => ({ kind, row: JSON.parse(row), bytes }) as JournalEntry);
      return { ...change, entries };
    },
    drop(id) {
      markUndone.run(clock.now().toISOString(), id);
      drop.run(id);
    },
    clear(why) {
      clear.run();
      notes.set("nothing_to_undo", why);
    },
    forgetFaces(faceIds) {
      const newest = newestWith.get(JSON.stringify(faceIds)) ?? null;
      if (newest === null) return;
      dropUpTo.run(newest);
      if (!last.get()) notes.set("nothing_to_undo", "what was changed before was purged since");
    },
  };
}
