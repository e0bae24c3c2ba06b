import { FacesError } from "../domain/errors.ts";
import type { Box, Face, FaceState } from "../domain/face.ts";

/** 128 little-endian float32, as they lie in the database. */
export function toBlob(encoding: Float32Array): Buffer {
  const blob = Buffer.alloc(encoding.length * 4);
  for (const [i, value] of encoding.entries()) blob.writeFloatLE(value, i * 4);
  return blob;
}

export function fromBlob(blob: Uint8Array): Float32Array {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  return Float32Array.from({ length: blob.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

/** What {@link FACE_COLUMNS} select. */
export interface FaceRow {
  id: number;
  uid: string;
  camera: string;
  source: string | null;
  captured_at: string;
  received_at: string;
  box_x: number | null;
  box_y: number | null;
  box_width: number | null;
  box_height: number | null;
  detection_score: number | null;
  source_event_id: string | null;
  person_name: string | null;
  person_id: string | null;
  matched_name: string | null;
  matched_id: string | null;
  matched_distance: number | null;
  ignored: string | null;
  cluster: string | null;
  has_thumbnail: number;
}

export const FACE_COLUMNS = `
  f.id, f.uid, f.camera, f.source, f.captured_at, f.received_at, f.box_x, f.box_y, f.box_width, f.box_height,
  f.detection_score, f.source_event_id, f.person_name, p.person_id, f.matched_name, m.person_id AS matched_id,
  f.matched_distance, f.ignored, c.cluster, t.face IS NOT NULL AS has_thumbnail
  FROM face_embeddings f
  LEFT JOIN people p ON p.id = f.person
  LEFT JOIN people m ON m.id = f.matched
  LEFT JOIN cluster_faces c ON c.face = f.id
  LEFT JOIN thumbnails t ON t.face = f.id`;

export function toFace(row: FaceRow): Face {
  return {
    id: row.id,
    uid: row.uid,
    camera: row.camera,
    source: row.source,
    capturedAt: new Date(row.captured_at),
    receivedAt: new Date(row.received_at),
    box: toBox(row.box_x, row.box_y, row.box_width, row.box_height),
    detectionScore: row.detection_score,
    sourceEventId: row.source_event_id,
    state: toState(row),
    person: row.person_name,
    personId: row.person_id,
    matched:
      row.matched_name !== null && row.matched_id !== null && row.matched_distance !== null
        ? { person: row.matched_name, personId: row.matched_id, distance: row.matched_distance }
        : null,
    cluster: row.cluster,
    hasThumbnail: row.has_thumbnail === 1,
  };
}

function toState(row: Pick<FaceRow, "person_name" | "ignored">): FaceState {
  if (row.person_name !== null) return "assigned";
  return row.ignored === null ? "unassigned" : "ignored";
}

export function toBox(x: number | null, y: number | null, width: number | null, height: number | null): Box | null {
  return x === null || y === null || width === null || height === null ? null : { x, y, width, height };
}

/** Where a list goes on: the sort key and id of the last one told. */
export function toCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** @throws `INVALID_INPUT` for a cursor that no page answered. */
export function fromCursor(cursor: string): [string | number, string | number] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === 2 && parts.every((p) => ["string", "number"].includes(typeof p))) {
      return parts as [string | number, string | number];
    }
  } catch (error) {
    throw new FacesError("INVALID_INPUT", '"cursor" is not one of ours', { cause: error });
  }
  throw new FacesError("INVALID_INPUT", '"cursor" is not one of ours');
}

/** One more row than the page was read, to know whether there is a next one. */
export function cutPage<R, T>(
  rows: readonly R[],
  limit: number,
  key: (row: R) => readonly (string | number)[],
  view: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? toCursor(key(last)) : null };
}
