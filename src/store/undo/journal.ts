import type { Clock } from "../../domain/clock.ts";
import type { Clusters } from "../clusters/clusters.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { EncodingRow } from "../people/enrolment.ts";
import type { FaceBefore, JournalEntry, JournalKind, JournalRows, Sighting } from "./journal-rows.ts";

/** How many changes are kept. */
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
  | "registry";

/** Keeps what a change is about to touch: called before the row is written, every time. */
export interface Recorder {
  /** The whole person, when it is renamed or removed. */
  person(ref: number): void;
  personMade(ref: number): void;
  /** The last sighting of somebody who stays; `became` is read when the change is done. */
  sighting(ref: number): void;
  /** The whole encoding, bytes and all, when it is made anew or removed. */
  encoding(id: number): void;
  encodingMade(id: number): void;
  /** Whose an encoding was; its bytes stay where they are. */
  owner(encodingId: number): void;
  faces(ids: readonly number[]): void;
  rejections(pairs: readonly { readonly personRef: number; readonly faceId: number }[]): void;
  cluster(id: string): void;
  /** Which clusters the faces are in, and those clusters. */
  members(faceIds: readonly number[]): void;
}

export interface StoredChange {
  readonly id: number;
  readonly action: string;
  readonly sentence: string;
  readonly entries: readonly JournalEntry[];
}

/** The way back: before-images of the rows that each change to people touched. Inside the caller's transaction. */
export interface Journal {
  /** Runs a change and keeps how to take it back; `tell` says in words what it did. */
  record<T>(action: ChangeAction, run: (recorder: Recorder) => T, tell: (outcome: T) => string): T;
  last(): StoredChange | null;
  drop(id: number): void;
  /** Forgets everything; `why` is told to whoever wants to undo. */
  clear(why: string): void;
  /** Forgets every change that holds an encoding made of one of the faces, and all before it. */
  forgetFaces(faceIds: readonly number[]): void;
}

export function createJournal(
  { db }: Connection,
  notes: Notes,
  clusters: Clusters,
  lastDiscovery: () => string | null,
  clock: Clock,
): Journal {
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
  const drop = db.prepare("DELETE FROM changes WHERE id = ?");
  const clear = db.prepare("DELETE FROM changes");
  const newestWith = db
    .prepare<[string], number | null>(
      "SELECT max(change_ref) FROM change_faces WHERE face_id IN (SELECT value FROM json_each(?))",
    )
    .pluck();
  const dropUpTo = db.prepare("DELETE FROM changes WHERE id <= ?");
  const person = db.prepare<[number], { person_id: string; name: string; name_key: string }>(
    "SELECT person_id, name, name_key FROM people WHERE id = ?",
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
  const rejected = db
    .prepare<[number, number], number>("SELECT 1 FROM rejections WHERE person_ref = ? AND face_id = ?")
    .pluck();

  function createRecorder(change: number): { recorder: Recorder; done(): void } {
    const seen = new Set<string>();
    const later: (() => void)[] = [];
    const write = <K extends JournalKind>(kind: K, row: JournalRows[K], bytes: Buffer | null = null): void =>
      void keep.run(change, kind, JSON.stringify(row), bytes);
    /** Only the first image of a row is the one before the change. */
    const first = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
    const sightingOf = (ref: number): Sighting =>
      sighting.get(ref) ?? { at: null, camera: null, distance: null, face: null };

    const recorder: Recorder = {
      person(ref) {
        const was = person.get(ref);
        if (!was || !first(`person ${ref}`)) return;
        const { person_id: personId, name, name_key: key } = was;
        write("person", { ref, was: { personId, name, key, sighting: sightingOf(ref) } });
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
        const { person_ref: personRef, source, sources, face_count: count } = row;
        write("encoding", { id, was: { personRef, source, sources, count } }, row.encoding);
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
      rejections(pairs) {
        if (pairs.length === 0) return;
        write(
          "rejections",
          pairs.map((pair) => ({ ...pair, was: rejected.get(pair.personRef, pair.faceId) !== undefined })),
        );
      },
      cluster(id) {
        const row = clusters.find(id);
        if (!row || !first(`cluster ${id}`)) return;
        write("cluster", { id, ignored: row.ignored === 1, discovery: lastDiscovery() });
      },
      members(faceIds) {
        const rows = clusters.memberships(faceIds);
        for (const id of new Set(rows.map((row) => row.cluster))) recorder.cluster(id);
        if (rows.length > 0) write("members", rows);
      },
    };
    return {
      recorder,
      done() {
        for (const run of later) run();
      },
    };
  }

  return {
    record(action, run, tell) {
      const id = Number(begin.run(clock.now().toISOString(), action).lastInsertRowid);
      const { recorder, done } = createRecorder(id);
      const outcome = run(recorder);
      done();
      finish.run(tell(outcome), id);
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
    drop: (id) => void drop.run(id),
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
