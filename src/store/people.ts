import { nameKey } from "../domain/names.ts";
import type { PersonSummary } from "../domain/person.ts";
import type { Db } from "./database.ts";
import type { Store } from "./port.ts";
import { cutPage, fromBlob, fromCursor } from "./rows.ts";

type PeopleMethods = Pick<Store, "gallery" | "people" | "person" | "personStates" | "registry">;

interface SummaryRow {
  id: number;
  person_id: string;
  name: string;
  name_key: string;
  encodings: number;
  faces: number;
  first_seen: string | null;
  last_seen: string | null;
  last_camera: string | null;
  thumbnail_face: number | null;
}

const SUMMARY = `
  SELECT p.id, p.person_id, p.name, p.name_key,
    (SELECT count(*) FROM enrolled WHERE person = p.id) AS encodings,
    (SELECT count(*) FROM face_embeddings WHERE person = p.id) AS faces,
    (SELECT min(captured_at) FROM face_embeddings WHERE person = p.id) AS first_seen,
    (SELECT max(captured_at) FROM face_embeddings WHERE person = p.id) AS last_seen,
    (SELECT camera FROM face_embeddings WHERE person = p.id ORDER BY captured_at DESC, id DESC LIMIT 1) AS last_camera,
    (SELECT f.id FROM face_embeddings f JOIN thumbnails t ON t.face = f.id
      WHERE f.person = p.id ORDER BY f.captured_at DESC, f.id DESC LIMIT 1) AS thumbnail_face
  FROM people p`;

/** What is known of people, for reading. */
export function createPeople(db: Db): PeopleMethods {
  const byKey = db.prepare<[string], SummaryRow>(`${SUMMARY} WHERE p.name_key = ?`);
  const byId = db.prepare<[string], SummaryRow>(`${SUMMARY} WHERE p.person_id = ?`);
  const list = db.prepare<[number, number], SummaryRow>(`${SUMMARY} WHERE p.id > ? ORDER BY p.id LIMIT ?`);
  const all = db.prepare<[], { id: number; person_id: string; name: string }>(
    "SELECT id, person_id, name FROM people ORDER BY id",
  );
  const enrolled = db.prepare<
    [],
    { id: number; person: number; encoding: Buffer; source: string; sources: string; count: number }
  >("SELECT id, person, encoding, source, sources, count FROM enrolled ORDER BY person, id");
  const rejected = db.prepare<[], { person: number; encoding: Buffer }>(
    "SELECT r.person, f.encoding FROM rejections r JOIN face_embeddings f ON f.id = r.face",
  );
  const ignored = db.prepare<[], { id: string; mean: Buffer }>(
    "SELECT id, mean FROM clusters WHERE ignored = 1 ORDER BY id",
  );
  const states = db.prepare<[], StateRow>(`
    SELECT p.person_id, p.name, p.seen_camera, p.seen_score, p.seen_distance, p.seen_at, p.seen_face,
      f.camera AS newest_camera, f.captured_at AS newest_at, f.id AS newest_face
    FROM people p LEFT JOIN face_embeddings f ON f.id =
      (SELECT id FROM face_embeddings WHERE person = p.id ORDER BY captured_at DESC, id DESC LIMIT 1)
    ORDER BY p.id`);

  return {
    async gallery() {
      const encodings = groupBy(enrolled.all(), (row) => row.person);
      const not = groupBy(rejected.all(), (row) => row.person);
      return {
        people: all.all().map((person) => ({
          personId: person.person_id,
          name: person.name,
          encodings: (encodings.get(person.id) ?? []).map((row) => fromBlob(row.encoding)),
          notEncodings: (not.get(person.id) ?? []).map((row) => fromBlob(row.encoding)),
        })),
        ignored: ignored.all().map((row) => ({ cluster: row.id, mean: fromBlob(row.mean) })),
      };
    },

    async people({ limit, cursor }) {
      const after = cursor === null ? 0 : Number(fromCursor(cursor)[1]);
      return cutPage(list.all(after, limit + 1), limit, (row) => [0, row.id], toSummary);
    },

    async person(nameOrId) {
      const row = byKey.get(nameKey(nameOrId)) ?? byId.get(nameOrId);
      return row ? toSummary(row) : null;
    },

    async personStates() {
      return states.all().map((row) => {
        const seen = row.seen_at !== null;
        const at = seen ? row.seen_at : row.newest_at;
        return {
          personId: row.person_id,
          name: row.name,
          camera: seen ? row.seen_camera : row.newest_camera,
          score: row.seen_score,
          distance: row.seen_distance,
          lastSeen: at === null ? null : new Date(at),
          faceId: seen ? row.seen_face : row.newest_face,
        };
      });
    },

    async registry() {
      const encodings = groupBy(enrolled.all(), (row) => row.person);
      return all.all().map((person) => ({
        personId: person.person_id,
        name: person.name,
        encodings: (encodings.get(person.id) ?? []).map((row) => ({
          id: row.id,
          encoding: fromBlob(row.encoding),
          source: row.source,
          sources: JSON.parse(row.sources) as string[],
          count: row.count,
        })),
      }));
    },
  };
}

interface StateRow {
  person_id: string;
  name: string;
  seen_camera: string | null;
  seen_score: number | null;
  seen_distance: number | null;
  seen_at: string | null;
  seen_face: number | null;
  newest_camera: string | null;
  newest_at: string | null;
  newest_face: number | null;
}

function toSummary(row: SummaryRow): PersonSummary {
  return {
    personId: row.person_id,
    name: row.name,
    encodings: row.encodings,
    faces: row.faces,
    firstSeen: row.first_seen === null ? null : new Date(row.first_seen),
    lastSeen: row.last_seen === null ? null : new Date(row.last_seen),
    lastCamera: row.last_camera,
    thumbnailFace: row.thumbnail_face,
  };
}

function groupBy<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
