import { readCursor, toPageOf } from "../../domain/cursors.ts";
import type { Face } from "../../domain/face.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { FaceFilter, FaceOfLook, HourOfFaces } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { type FaceRow, IS_IN_STATE, SELECT_FACE, toFace } from "./face-rows.ts";

/** Faces read at a time, of many. */
const CHUNK = 1_000;

type Faces = Pick<Store, "face" | "faceLooks" | "faces" | "facesById" | "encodingOf" | "encodingsOf" | "facesByHour">;

const PERSON_REF = "(SELECT id FROM people WHERE person_id = ?)";

/** Reading stored faces. */
export function createFaces({ db, prepared }: Connection): Faces {
  const one = db.prepare<[number], FaceRow>(`${SELECT_FACE} WHERE f.id = ?`);
  const many = db.prepare<[string], FaceRow>(
    `${SELECT_FACE} WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id`,
  );
  const looks = db.prepare<[string], { id: number; visitId: string | null; hasThumbnail: number }>(
    `SELECT f.id, f.visit_id AS visitId, EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
     FROM json_each(?) j JOIN face_embeddings f ON f.id = j.value`,
  );
  const encoding = db.prepare<[number], { encoding: Buffer; encoding_crc: number }>(
    "SELECT encoding, encoding_crc FROM face_embeddings WHERE id = ?",
  );
  const encodings = db.prepare<[string], { id: number; encoding: Buffer; encoding_crc: number; look: number | null }>(
    `SELECT id, encoding, encoding_crc, encoding_ref AS look FROM face_embeddings
     WHERE id IN (SELECT value FROM json_each(?))`,
  );

  const byHour = db.prepare<{ since: string }, HourOfFaces>(
    `SELECT camera, (unixepoch(captured_at) - unixepoch(:since)) / 3600 AS hour, count(*) AS faces
     FROM face_embeddings WHERE captured_at >= :since GROUP BY camera, hour ORDER BY camera, hour`,
  );

  return {
    async face(id) {
      const row = one.get(id);
      return row ? toFace(row) : null;
    },

    async faces(filter, page) {
      const after = readCursor(page, ["", 0] as [string, number]);
      const { where, values } = toConditions(filter);
      if (after) {
        where.push("(f.captured_at, f.id) < (?, ?)");
        values.push(...after);
      }
      const rows = prepared<FaceRow>(
        `${SELECT_FACE} ${where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`}
         ORDER BY f.captured_at DESC, f.id DESC LIMIT ?`,
      ).all(...values, page.limit + 1);
      return toPageOf(rows, page.limit, toFace, (row) => [row.captured_at, row.id]);
    },

    facesByHour: async (since) => byHour.all({ since: since.toISOString() }),

    async faceLooks(ids) {
      const found = new Map<number, { visitId: string | null; hasThumbnail: boolean }>();
      for (let start = 0; start < ids.length; start += CHUNK) {
        if (start > 0) await new Promise(setImmediate);
        for (const { id, visitId, hasThumbnail } of looks.all(JSON.stringify(ids.slice(start, start + CHUNK)))) {
          found.set(id, { visitId, hasThumbnail: hasThumbnail === 1 });
        }
      }
      return found;
    },

    async facesById(ids) {
      const ordered = [...ids].sort((a, b) => a - b);
      const found: Face[] = [];
      for (let start = 0; start < ordered.length; start += CHUNK) {
        if (start > 0) await new Promise(setImmediate);
        for (const row of many.all(JSON.stringify(ordered.slice(start, start + CHUNK)))) found.push(toFace(row));
      }
      return found;
    },

    async encodingsOf(ids) {
      const found = new Map<number, FaceOfLook>();
      for (let start = 0; start < ids.length; start += CHUNK) {
        if (start > 0) await new Promise(setImmediate);
        for (const row of encodings.all(JSON.stringify(ids.slice(start, start + CHUNK)))) {
          if (checksum(row.encoding) !== row.encoding_crc) continue;
          found.set(row.id, { encoding: fromBlob(row.encoding), look: row.look });
        }
      }
      return found;
    },

    async encodingOf(id) {
      const row = encoding.get(id);
      return row && checksum(row.encoding) === row.encoding_crc ? fromBlob(row.encoding) : null;
    },
  };
}

function toConditions(filter: FaceFilter): { where: string[]; values: (string | number)[] } {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...more: (string | number)[]): void => {
    where.push(condition);
    values.push(...more);
  };
  if (filter.camera !== undefined) add("f.camera = ?", filter.camera);
  if (filter.personId !== undefined) add(`f.person_ref = ${PERSON_REF}`, filter.personId);
  if (filter.seenAs !== undefined) {
    add(`(f.person_ref = ${PERSON_REF} OR f.matched_ref = ${PERSON_REF})`, filter.seenAs, filter.seenAs);
  }
  if (filter.recognized !== undefined) add(`f.matched_ref IS ${filter.recognized ? "NOT " : ""}NULL`);
  if (filter.state !== undefined) add(`(${IS_IN_STATE[filter.state]})`);
  if (filter.from !== undefined) add("f.captured_at >= ?", filter.from.toISOString());
  if (filter.to !== undefined) add("f.captured_at < ?", filter.to.toISOString());
  if (filter.visit !== undefined) add("f.visit_id = ?", filter.visit);
  if (filter.frameOf !== undefined) {
    add(
      `f.id IN (SELECT ? UNION SELECT o.id FROM face_embeddings s
        JOIN face_embeddings o ON o.source = s.source AND o.camera = s.camera WHERE s.id = ?)`,
      filter.frameOf,
      filter.frameOf,
    );
  }
  if (filter.model !== undefined) add("f.model = ?", filter.model);
  if (filter.cluster !== undefined) {
    add(
      `f.id IN (SELECT face_id FROM cluster_faces
        WHERE cluster_ref = (SELECT id FROM clusters WHERE cluster_id = ?))`,
      filter.cluster,
    );
  }
  return { where, values };
}
