import { toScored } from "../../domain/encoding.ts";
import { slug, uniqueSlug } from "../../domain/names.ts";
import type { Connection } from "../file/database.ts";
import type { CameraState } from "../port/faces.ts";
import type { PersonState } from "../port/people.ts";
import type { Store } from "../port.ts";

/** Who was seen last, where, and on which face. */
export interface Sightings extends Pick<Store, "personStates" | "cameraStates"> {
  /** The camera's id; made with its first face. */
  cameraId(camera: string): string;
  atCamera(camera: string, faceId: number, capturedAt: string): void;
  /** An older face than the last one changes nothing: the last sighting never goes back. */
  ofPerson(
    personRef: number,
    seen: { readonly faceId: number; readonly camera: string; readonly capturedAt: string; readonly distance: number },
  ): void;
}

/** A person that nobody has recognized yet shows its newest assigned face. */
const PERSON_STATES = `
  SELECT p.person_id, p.name, p.seen_at, p.seen_camera, p.seen_distance,
    COALESCE(p.seen_face, (
      SELECT f.id FROM face_embeddings f
      WHERE f.person_ref = p.id AND EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id)
      ORDER BY f.captured_at DESC, f.id DESC LIMIT 1
    ), n.id) AS face_id,
    n.captured_at AS newest_at, n.camera AS newest_camera
  FROM people p
  LEFT JOIN face_embeddings n ON n.id = (
    SELECT f.id FROM face_embeddings f WHERE f.person_ref = p.id ORDER BY f.captured_at DESC, f.id DESC LIMIT 1)
  WHERE :ids IS NULL OR p.person_id IN (SELECT value FROM json_each(:ids))
  ORDER BY p.id`;

const CAMERA_STATES = `
  SELECT c.camera, c.camera_id, c.last_seen, COALESCE(c.last_face, (
    SELECT f.id FROM face_embeddings f
    WHERE f.camera = c.camera AND c.last_seen IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM cluster_faces cf JOIN clusters i ON i.id = cf.cluster_ref WHERE cf.face_id = f.id AND i.ignored = 1)
    ORDER BY f.captured_at DESC, f.id DESC LIMIT 1)) AS face_id
  FROM cameras c ORDER BY c.id`;

export function createSightings({ db }: Connection): Sightings {
  const idOf = db.prepare<[string], string>("SELECT camera_id FROM cameras WHERE camera = ?").pluck();
  const idTaken = db.prepare<[string], number>("SELECT 1 FROM cameras WHERE camera_id = ?").pluck();
  const cameraCount = db.prepare<[], number>("SELECT count(*) FROM cameras").pluck();
  const addCamera = db.prepare("INSERT INTO cameras (camera, camera_id) VALUES (?, ?)");
  const seeCamera = db.prepare(
    `UPDATE cameras SET last_seen = :at, last_face = :face
     WHERE camera = :camera AND (last_seen IS NULL OR last_seen <= :at)`,
  );
  const seePerson = db.prepare(
    `UPDATE people SET seen_at = :at, seen_camera = :camera, seen_distance = :distance, seen_face = :face
     WHERE id = :person AND (seen_at IS NULL OR seen_at <= :at)`,
  );
  const people = db.prepare<{ ids: string | null }, PersonStateRow>(PERSON_STATES);
  const cameras = db.prepare<[], CameraStateRow>(CAMERA_STATES);

  return {
    cameraId(camera) {
      const known = idOf.get(camera);
      if (known !== undefined) return known;
      const base = slug(camera, `camera_${(cameraCount.get() ?? 0) + 1}`);
      const cameraId = uniqueSlug(base, (candidate) => idTaken.get(candidate) !== undefined);
      addCamera.run(camera, cameraId);
      return cameraId;
    },
    atCamera: (camera, face, at) => void seeCamera.run({ camera, face, at }),
    ofPerson: (person, { faceId: face, camera, capturedAt: at, distance }) =>
      void seePerson.run({ person, face, camera, at, distance }),
    personStates: async (ids) => people.all({ ids: ids ? JSON.stringify([...ids]) : null }).map(toPersonState),
    cameraStates: async () => cameras.all().map(toCameraState),
  };
}

interface PersonStateRow {
  readonly person_id: string;
  readonly name: string;
  readonly seen_at: string | null;
  readonly seen_camera: string | null;
  readonly seen_distance: number | null;
  readonly face_id: number | null;
  readonly newest_at: string | null;
  readonly newest_camera: string | null;
}

interface CameraStateRow {
  readonly camera: string;
  readonly camera_id: string;
  readonly last_seen: string | null;
  readonly face_id: number | null;
}

function toPersonState(row: PersonStateRow): PersonState {
  const recognized = row.seen_at !== null && row.seen_distance !== null;
  const at = recognized ? row.seen_at : row.newest_at;
  return {
    personId: row.person_id,
    name: row.name,
    camera: recognized ? row.seen_camera : row.newest_camera,
    ...(recognized ? toScored(row.seen_distance) : { score: null, distance: null }),
    lastSeen: at === null ? null : new Date(at),
    faceId: row.face_id,
  };
}

function toCameraState(row: CameraStateRow): CameraState {
  return {
    camera: row.camera,
    cameraId: row.camera_id,
    lastSeen: row.last_seen === null ? null : new Date(row.last_seen),
    faceId: row.face_id,
  };
}
