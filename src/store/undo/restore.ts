import { DLIB } from "../../domain/model.ts";
import { checksum } from "../file/blobs.ts";
import type { ChangeDeps } from "./change-steps.ts";
import {
  entriesOf,
  type FaceBefore,
  type JournalEntry,
  type JournalRows,
  type MatchBefore,
  type Sighting,
} from "./journal-rows.ts";

export interface RestoreDeps extends ChangeDeps {
  readonly lastDiscovery: () => string | null;
}

/**
 * Restores the rows that a change kept. Faces that were purged since are passed over; faces that arrived since lose their
 * match with a person that the change had made.
 */
export function createRestore({
  connection,
  people,
  enrolment,
  further,
  clusters,
  matches,
  examples,
  visits,
  lastDiscovery,
}: RestoreDeps) {
  const { db, column } = connection;
  const insertPerson = db.prepare(
    `INSERT INTO people (id, person_id, name, name_key, seen_at, seen_camera, seen_distance, seen_face, portrait_face)
     VALUES (:ref, :personId, :name, :key, :at, :camera, :distance,
       (SELECT id FROM face_embeddings WHERE id = :face), (SELECT id FROM face_embeddings WHERE id = :portrait))`,
  );
  // No name contains a line break, so that a hidden key is never taken.
  const hideName = db.prepare("UPDATE people SET name_key = char(10) || id WHERE id = :ref");
  const hidePerson = db.prepare(
    "UPDATE people SET name_key = char(10) || id, person_id = char(10) || id WHERE id = :ref",
  );
  const sightingIs = column<[number, string | null, string | null], number>(
    "SELECT 1 FROM people WHERE id = ? AND seen_at IS ? AND seen_camera IS ?",
  );
  const setSighting = db.prepare(
    `UPDATE people SET seen_at = :at, seen_camera = :camera, seen_distance = :distance,
       seen_face = (SELECT id FROM face_embeddings WHERE id = :face) WHERE id = :ref`,
  );
  const setPortrait = db.prepare(
    "UPDATE people SET portrait_face = (SELECT id FROM face_embeddings WHERE id = :face) WHERE id = :ref",
  );
  const putEncoding = db.prepare(
    `INSERT INTO enrolled_encodings (id, person_ref, source, sources, face_count, variance, model, correction,
       encoding, encoding_crc)
     VALUES (:id, :personRef, :source, :sources, :count, :variance, :model, :correction, :bytes, :crc)
     ON CONFLICT (id) DO UPDATE SET person_ref = excluded.person_ref, source = excluded.source,
       sources = excluded.sources, face_count = excluded.face_count, variance = excluded.variance,
       model = excluded.model, correction = excluded.correction, encoding = excluded.encoding,
       encoding_crc = excluded.encoding_crc`,
  );
  const setOwner = db.prepare("UPDATE enrolled_encodings SET person_ref = ? WHERE id = ?");
  const setFace = db.prepare(
    `UPDATE face_embeddings SET
       person_ref = :person, person_name = (SELECT name FROM people WHERE id = :person), encoding_ref = :encoding
     WHERE id = :id`,
  );
  const setMatch = db.prepare(
    `UPDATE face_embeddings SET
       matched_ref = :person, matched_name = (SELECT name FROM people WHERE id = :person), matched_distance = :distance
     WHERE id = :id`,
  );
  const reject = db.prepare(
    `INSERT INTO rejections (person_ref, face_id, example_ref)
     SELECT :personRef, id, (SELECT id FROM counter_examples WHERE id = :example) FROM face_embeddings WHERE id = :faceId
     ON CONFLICT (person_ref, face_id) DO UPDATE SET example_ref = excluded.example_ref`,
  );
  const putExample = db.prepare(
    `INSERT INTO counter_examples (id, person_ref, model, count, mean_length, encoding, encoding_crc)
     VALUES (:id, :personRef, :model, :count, :plainLength, :bytes, :crc)
     ON CONFLICT (id) DO UPDATE SET person_ref = excluded.person_ref, model = excluded.model, count = excluded.count,
       mean_length = excluded.mean_length, encoding = excluded.encoding, encoding_crc = excluded.encoding_crc`,
  );
  const dropExample = db.prepare("DELETE FROM counter_examples WHERE id = ?");
  const accept = db.prepare("DELETE FROM rejections WHERE person_ref = ? AND face_id = ?");
  const isFree = column<[number], number>("SELECT 1 FROM face_embeddings WHERE id = ? AND person_ref IS NULL");

  /** A change can move a name from one person to another: all names are hidden before each is restored. */
  function putPeople(entries: readonly JournalEntry[]): void {
    const rows = entriesOf(entries, "person").map(({ row }) => row);
    for (const { ref, was } of rows) (was ? hideName : hidePerson).run({ ref });
    for (const { ref, was } of rows) {
      if (!was) continue;
      const { personId, name, key, sighting, portrait = null } = was;
      if (people.byRef(ref)) people.setName(ref, name);
      else insertPerson.run({ ref, personId, name, key, ...sighting, portrait });
    }
  }

  function putPortraits(entries: readonly JournalEntry[]): void {
    for (const { row } of entriesOf(entries, "portrait")) setPortrait.run(row);
  }

  function putEncodings(entries: readonly JournalEntry[]): void {
    for (const { row, bytes } of entriesOf(entries, "encoding")) {
      if (!row.was || !bytes) continue;
      putEncoding.run({
        id: row.id,
        variance: null,
        model: DLIB,
        correction: 0,
        ...row.was,
        bytes,
        crc: checksum(bytes),
      });
    }
    for (const { row } of entriesOf(entries, "owner")) setOwner.run(row.personRef, row.encodingId);
  }

  function putFaces(entries: readonly JournalEntry[]): void {
    const faces: FaceBefore[] = entriesOf(entries, "faces").flatMap(({ row }) => row);
    clusters.takeOut(faces.filter(([, person]) => person !== null).map(([id]) => id));
    for (const [id, person, encoding] of faces) setFace.run({ id, person, encoding });
    further.free(faces.map(([id]) => id));
    for (const { row } of entriesOf(entries, "further")) further.put(row);
    const recognized: MatchBefore[] = [
      ...faces.flatMap(([id, , , person, distance]) =>
        person === undefined || distance === undefined ? [] : [[id, person, distance] as const],
      ),
      ...entriesOf(entries, "matches").flatMap(({ row }) => row),
    ];
    for (const [id, person, distance] of recognized) setMatch.run({ id, person, distance });
  }

  /** Last first, since of a row that was kept twice the first image shows it as it was before the change. */
  function putRejections(entries: readonly JournalEntry[]): void {
    const kept = entriesOf(entries, "rejections").flatMap(({ row }) => row);
    for (const { personRef, faceId, was, example } of kept.reverse()) {
      if (was) reject.run({ personRef, faceId, example: example ?? null });
      // What a change of version 0.1 said of a face has a counter-example since, of which the change knows nothing.
      else if (example === undefined) examples.allow(personRef, [faceId], null);
      else accept.run(personRef, faceId);
    }
  }

  function putExamples(entries: readonly JournalEntry[]): void {
    for (const { row, bytes } of entriesOf(entries, "example")) {
      if (row.was && bytes) putExample.run({ id: row.id, plainLength: null, ...row.was, bytes, crc: checksum(bytes) });
      else dropExample.run(row.id);
    }
  }

  function dropMade(entries: readonly JournalEntry[]): void {
    for (const { row } of entriesOf(entries, "encoding")) if (!row.was) enrolment.drop(row.id);
    for (const { row } of entriesOf(entries, "person")) {
      if (row.was) continue;
      matches.forget(row.ref, null);
      visits.forget(row.ref, null);
      people.drop(row.ref);
    }
  }

  function putClusters(entries: readonly JournalEntry[]): void {
    const refs = new Map<string, number>();
    const make = (id: string, row: JournalRows["cluster"] | undefined): number => {
      const ignored = row?.ignored === true;
      return clusters.make(id, row?.model ?? DLIB, { ignored, broughtBack: !ignored });
    };
    for (const { row } of entriesOf(entries, "cluster")) {
      const there = clusters.find(row.id);
      if (row.gone === true) {
        if (there && row.made === true) clusters.takeOut(clusters.members(there.id));
        continue;
      }
      // Since another discovery its faces are in the clusters of that one.
      if (!there && !row.ignored && row.discovery !== lastDiscovery()) continue;
      const ref = there?.id ?? make(row.id, row);
      if (there && row.flagged === true && (there.ignored === 1) !== row.ignored) {
        clusters.setIgnored(ref, row.ignored);
      }
      refs.set(row.id, ref);
    }
    const free = entriesOf(entries, "members")
      .flatMap(({ row }) => row)
      .filter(({ faceId }) => isFree.get(faceId) !== undefined);
    const back = free.filter(({ cluster }) => cluster !== null && refs.has(cluster));
    const out = free.filter(({ cluster }) => cluster === null);
    clusters.takeOut(
      [...back, ...out].map(({ faceId }) => faceId),
      { keepMean: true },
    );
    for (const { faceId, cluster, rank, side } of back) {
      if (cluster !== null) clusters.put(faceId, ref(cluster), rank, side ?? null);
    }
    for (const id of refs.values()) clusters.refresh(id);

    function ref(cluster: string): number {
      const found = refs.get(cluster);
      // Deleted as empty just now, when its last face was taken out to be put back.
      if (found === undefined || !clusters.find(cluster)) {
        const row = entriesOf(entries, "cluster").find((entry) => entry.row.id === cluster)?.row;
        const made = make(cluster, row);
        refs.set(cluster, made);
        return made;
      }
      return found;
    }
  }

  function putSightings(entries: readonly JournalEntry[]): void {
    for (const { row } of entriesOf(entries, "sighting")) {
      const { at, camera }: Sighting = row.became;
      if (sightingIs.get(row.ref, at, camera) !== undefined) setSighting.run({ ref: row.ref, ...row.was });
    }
  }

  return (entries: readonly JournalEntry[]): void => {
    putPeople(entries);
    putPortraits(entries);
    putEncodings(entries);
    putFaces(entries);
    putExamples(entries);
    putRejections(entries);
    examples.complete();
    dropMade(entries);
    putClusters(entries);
    // What a visit was that ended since depends on the groups of its faces.
    visits.restore(entriesOf(entries, "visits").flatMap(({ row }) => row));
    putSightings(entries);
  };
}
