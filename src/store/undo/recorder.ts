import type { Clusters } from "../clusters/clusters.ts";
import type { Connection } from "../file/database.ts";
import { entriesOf, type JournalEntry, type JournalKind, type JournalRows, type Sighting } from "./journal-rows.ts";
import { keysOf, type RowKey, rowKey, TOUCH } from "./row-keys.ts";
import { createRowReads } from "./row-reads.ts";

/** Keeps rows as they are before a change: call it before each row is written. */
export interface Recorder {
  /** The change's id. */
  readonly change: number;
  /** The whole person, before it is removed. */
  person(ref: number): void;
  personMade(ref: number): void;
  /** A person who gets another name. */
  name(ref: number): void;
  /** The chosen portrait of a person who stays. */
  portrait(ref: number): void;
  /** A person to whom the change gives something, as these faces: making them cannot be undone before this. */
  givesTo(personRef: number, faceIds?: readonly number[]): void;
  /** The last sighting of a person who stays; what it became is read when the change is done. */
  sighting(ref: number): void;
  /** The whole encoding with its bytes, before it is computed again or removed. */
  encoding(id: number): void;
  encodingMade(id: number): void;
  /** The person that an encoding belongs to, before it is given to another one. */
  owner(encodingId: number): void;
  /** To whom faces are assigned, and the enrolled encodings that they and their further encodings have a part in. */
  faces(ids: readonly number[]): void;
  /** As whom faces were recognized. */
  matches(faceIds: readonly number[]): void;
  /** Whose visits they are. */
  visits(ids: readonly number[]): void;
  rejections(pairs: readonly { readonly personRef: number; readonly faceId: number }[]): void;
  /** The whole counter-example, before it is computed again, given to another person or removed. */
  example(id: number): void;
  exampleMade(id: number): void;
  /** Call it before a cluster is made that no change before it had. */
  clusterMade(cluster: string): void;
  /** A cluster that is ignored, or no longer; `faceIds` show it in the history. */
  ignored(cluster: string, faceIds: readonly number[]): void;
  /** Something was said of a cluster with these faces, which stays as it is. */
  saidOf(id: string, faceIds: readonly number[]): void;
  /** The faces' memberships, and their clusters. */
  members(faceIds: readonly number[]): void;
}

/** Writes the undo rows of one change. */
export interface Recording {
  readonly recorder: Recorder;
  /** All rows that these are of, as they are now: before they are restored. */
  again(entries: readonly JournalEntry[]): void;
  /** When all is done. */
  done(): void;
}

/** @param lastDiscovery Id of the last discovery. */
export function createRecorders(
  { db, column }: Connection,
  clusters: Clusters,
  lastDiscovery: () => string | null,
): (change: number) => Recording {
  const keep = db.prepare("INSERT INTO change_rows (change_ref, kind, row, bytes) VALUES (?, ?, ?, ?)");
  const touch = db.prepare(
    `INSERT INTO change_keys (key, change_ref, touch) VALUES (?, ?, ?)
     ON CONFLICT (key, change_ref) DO UPDATE SET touch = max(touch, excluded.touch)`,
  );
  const hold = db.prepare(
    `INSERT OR IGNORE INTO change_faces (face_id, change_ref)
     SELECT id, :change FROM face_embeddings WHERE encoding_ref = :look
     UNION SELECT face_id, :change FROM further_encodings WHERE encoding_ref = :look`,
  );
  const {
    person,
    portrait,
    sighting,
    encoding,
    faces,
    further,
    matches,
    matchedIds,
    visits,
    visitIds,
    rejected,
    example,
  } = createRowReads({ db, column });
  const holdExample = db.prepare(
    "INSERT OR IGNORE INTO change_faces (face_id, change_ref) SELECT face_id, ? FROM rejections WHERE example_ref = ?",
  );

  return (change) => {
    const seen = new Set<string>();
    const later: (() => void)[] = [];
    /** Only the first image of a row shows it as it was before the change. */
    const first = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
    const mark = (keys: readonly RowKey[]): void => {
      for (const { key, touch: how } of keys) if (first(`${how} ${key}`)) touch.run(key, change, how);
    };
    const write = <K extends JournalKind>(kind: K, row: JournalRows[K], bytes: Buffer | null = null): void => {
      keep.run(change, kind, JSON.stringify(row), bytes);
      mark(keysOf(kind, row));
    };
    const sightingOf = (ref: number): Sighting =>
      sighting.get(ref) ?? { at: null, camera: null, distance: null, face: null };

    const portraitOf = (ref: number): number | null => portrait.get(ref) ?? null;

    function writePerson(ref: number, renamed: boolean): void {
      const was = person.get(ref);
      if (!was || !first(`person ${ref}`)) return;
      write("person", {
        ref,
        was: { ...was, sighting: sightingOf(ref), portrait: portraitOf(ref) },
        ...(renamed ? { renamed } : {}),
      });
    }

    function writeCluster(id: string, options: { flagged?: boolean; made?: boolean }): void {
      if (!first(`cluster ${id}`)) return;
      const row = clusters.find(id);
      const was = row ? { ignored: row.ignored === 1, model: row.model } : { ignored: false, gone: true };
      write("cluster", { id, ...was, discovery: lastDiscovery(), ...options });
    }

    const recorder: Recorder = {
      change,
      person: (ref) => writePerson(ref, false),
      personMade: (ref) => first(`person ${ref}`) && write("person", { ref, was: null }),
      name: (ref) => writePerson(ref, true),
      portrait(ref) {
        if (!first(`portrait ${ref}`)) return;
        write("portrait", { ref, face: portraitOf(ref) });
        later.push(() => {
          const face = portraitOf(ref);
          if (face !== null) mark([{ key: rowKey.face(face), touch: TOUCH.shown }]);
        });
      },
      givesTo(ref, faceIds = []) {
        const keys = [rowKey.person(ref), ...faceIds.map((faceId) => rowKey.rejection(ref, faceId))];
        mark(keys.map((key) => ({ key, touch: TOUCH.refers })));
      },
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
        hold.run({ change, look: id });
      },
      encodingMade(id) {
        if (!first(`encoding ${id}`)) return;
        write("encoding", { id, was: null });
        const row = encoding.get(id);
        if (row) recorder.givesTo(row.person_ref);
      },
      owner(encodingId) {
        const row = encoding.get(encodingId);
        if (row) write("owner", { encodingId, personRef: row.person_ref });
      },
      faces(ids) {
        const fresh = ids.filter((id) => first(`face ${id}`));
        if (fresh.length === 0) return;
        write("faces", faces.all(JSON.stringify(fresh)));
        const others = further.all(JSON.stringify(fresh));
        if (others.length > 0) write("further", others);
      },
      matches(ids) {
        const fresh = ids.filter((id) => first(`match ${id}`));
        if (fresh.length > 0) write("matches", matches.all(JSON.stringify(fresh)));
      },
      rejections(pairs) {
        const fresh = pairs.filter(({ personRef, faceId }) => first(`rejection ${personRef} ${faceId}`));
        if (fresh.length === 0) return;
        write(
          "rejections",
          fresh.map(({ personRef, faceId }) => {
            const row = rejected.get(personRef, faceId);
            return { personRef, faceId, was: row !== undefined, example: row?.example ?? null };
          }),
        );
      },
      visits(ids) {
        const fresh = ids.filter((id) => first(`visit ${id}`));
        if (fresh.length > 0) write("visits", visits.all(JSON.stringify(fresh)));
      },
      example(id) {
        const row = example.get(id);
        if (!row || !first(`example ${id}`)) return;
        const { encoding: bytes, ...was } = row;
        write("example", { id, was }, bytes);
        holdExample.run(change, id);
      },
      exampleMade(id) {
        if (!first(`example ${id}`)) return;
        write("example", { id, was: null });
        const row = example.get(id);
        if (row) recorder.givesTo(row.personRef);
      },
      clusterMade: (id) => writeCluster(id, { made: true }),
      ignored(id, faceIds) {
        writeCluster(id, { flagged: true });
        mark(faceIds.map((faceId) => ({ key: rowKey.face(faceId), touch: TOUCH.shown })));
      },
      saidOf(id, faceIds) {
        writeCluster(id, {});
        mark(faceIds.map((faceId) => ({ key: rowKey.face(faceId), touch: TOUCH.shown })));
      },
      members(faceIds) {
        const fresh = faceIds.filter((id) => first(`member ${id}`));
        if (fresh.length === 0) return;
        const found = new Map(clusters.memberships(fresh).map((row) => [row.faceId, row]));
        for (const { cluster } of found.values()) writeCluster(cluster, {});
        write(
          "members",
          fresh.map((faceId) => found.get(faceId) ?? { faceId, cluster: null, rank: 0 }),
        );
      },
    };

    function again(entries: readonly JournalEntry[]): void {
      for (const { row } of entriesOf(entries, "person")) {
        if (!person.get(row.ref)) recorder.personMade(row.ref);
        else writePerson(row.ref, row.renamed === true);
        // What was recognized as a person who goes is not recognized any more.
        if (row.was !== null) continue;
        recorder.matches(matchedIds.all(row.ref));
        recorder.visits(visitIds.all(row.ref));
      }
      for (const { row } of entriesOf(entries, "portrait")) recorder.portrait(row.ref);
      for (const { row } of entriesOf(entries, "sighting")) recorder.sighting(row.ref);
      for (const { row } of entriesOf(entries, "encoding")) {
        if (encoding.get(row.id)) recorder.encoding(row.id);
        else recorder.encodingMade(row.id);
      }
      for (const { row } of entriesOf(entries, "owner")) recorder.owner(row.encodingId);
      const assigned = entriesOf(entries, "faces").flatMap(({ row }) => row);
      const ids = assigned.map(([id]) => id);
      recorder.faces(ids);
      recorder.matches(assigned.flatMap(([id, , , matched]) => (matched === undefined ? [] : [id])));
      recorder.matches(entriesOf(entries, "matches").flatMap(({ row }) => row.map(([id]) => id)));
      recorder.visits(entriesOf(entries, "visits").flatMap(({ row }) => row.map(([id]) => id)));
      const pairs = entriesOf(entries, "rejections").flatMap(({ row }) => row);
      recorder.rejections(pairs);
      const made = pairs.flatMap(({ personRef, faceId }) => rejected.get(personRef, faceId)?.example ?? []);
      for (const id of [...entriesOf(entries, "example").map(({ row }) => row.id), ...made]) {
        if (example.get(id)) recorder.example(id);
        else recorder.exampleMade(id);
      }
      for (const { row } of entriesOf(entries, "cluster")) {
        const { id, flagged = false, made = false } = row;
        writeCluster(id, { ...(flagged ? { flagged } : {}), ...(made ? { made } : {}) });
      }
      recorder.members([...ids, ...entriesOf(entries, "members").flatMap(({ row }) => row.map((one) => one.faceId))]);
    }

    return { recorder, again, done: () => later.forEach((run) => void run()) };
  };
}
