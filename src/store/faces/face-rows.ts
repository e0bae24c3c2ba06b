import type { Face, FaceState } from "../../domain/face.ts";

/** `f` is the face; joined to its person, its match and its cluster. */
export const SELECT_FACE = `
  SELECT f.id, f.uid, f.camera, f.source, f.captured_at, f.received_at,
    f.box_x, f.box_y, f.box_width, f.box_height, f.model, f.quality, f.detection_score, f.source_event_id, f.visit_id, s.stranger_id,
    f.person_name, p.person_id, f.matched_name, m.person_id AS matched_id, f.matched_distance,
    c.cluster_id, c.ignored,
    EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS has_thumbnail
  FROM face_embeddings f
  LEFT JOIN people p ON p.id = f.person_ref
  LEFT JOIN people m ON m.id = f.matched_ref
  LEFT JOIN cluster_faces cf ON cf.face_id = f.id
  LEFT JOIN clusters c ON c.id = cf.cluster_ref
  LEFT JOIN visits v ON v.visit_id = f.visit_id
  LEFT JOIN strangers s ON s.id = v.stranger_ref`;

/** Conditions on a face `f`, which is in exactly one state. */
const IS_ASSIGNED = "f.person_ref IS NOT NULL";
const IS_IGNORED = `EXISTS (
  SELECT 1 FROM cluster_faces i JOIN clusters ic ON ic.id = i.cluster_ref WHERE i.face_id = f.id AND ic.ignored = 1)`;
export const IS_UNASSIGNED = `f.person_ref IS NULL AND NOT ${IS_IGNORED}`;
export const IS_IN_STATE: { readonly [S in FaceState]: string } = {
  assigned: IS_ASSIGNED,
  ignored: IS_IGNORED,
  unassigned: IS_UNASSIGNED,
};

export interface BoxColumns {
  readonly box_x: number | null;
  readonly box_y: number | null;
  readonly box_width: number | null;
  readonly box_height: number | null;
}

/** A row of {@link SELECT_FACE}. */
export interface FaceRow extends BoxColumns {
  readonly id: number;
  readonly uid: string;
  readonly camera: string;
  readonly source: string | null;
  readonly captured_at: string;
  readonly received_at: string;
  readonly model: string;
  readonly quality: number | null;
  readonly detection_score: number | null;
  readonly source_event_id: string | null;
  readonly visit_id: string | null;
  readonly stranger_id: string | null;
  readonly person_name: string | null;
  readonly person_id: string | null;
  readonly matched_name: string | null;
  readonly matched_id: string | null;
  readonly matched_distance: number | null;
  readonly cluster_id: string | null;
  readonly ignored: number | null;
  readonly has_thumbnail: number;
}

export function toFace(row: FaceRow): Face {
  return {
    id: row.id,
    uid: row.uid,
    camera: row.camera,
    source: row.source,
    capturedAt: new Date(row.captured_at),
    receivedAt: new Date(row.received_at),
    box: toBox(row),
    model: row.model,
    quality: row.quality,
    detectionScore: row.detection_score,
    sourceEventId: row.source_event_id,
    visitId: row.visit_id,
    strangerId: row.stranger_id,
    state: row.person_id !== null ? "assigned" : row.ignored === 1 ? "ignored" : "unassigned",
    person: row.person_name,
    personId: row.person_id,
    matched:
      row.matched_name === null || row.matched_id === null || row.matched_distance === null
        ? null
        : { person: row.matched_name, personId: row.matched_id, distance: row.matched_distance },
    cluster: row.cluster_id,
    hasThumbnail: row.has_thumbnail === 1,
  };
}

/** null unless all four columns are set. */
export function toBox(row: BoxColumns): Face["box"] {
  const { box_x: x, box_y: y, box_width: width, box_height: height } = row;
  if (x === null || y === null || width === null || height === null) return null;
  return { x, y, width, height };
}
