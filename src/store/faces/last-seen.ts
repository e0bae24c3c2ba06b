import { slug, uniqueSlug } from "../../domain/text/names.ts";
import { toScored } from "../../domain/vectors/encoding.ts";
import type { Connection } from "../file/database.ts";
import { toDate } from "../file/dates.ts";
import type { CameraState } from "../port/faces.ts";
import type { PersonState } from "../port/people.ts";
import type { Store } from "../port.ts";

/** The last sighting of each person and at each camera: when, where, and on which face. */
export interface LastSeen extends Pick<Store, "personStates" | "cameraStates"> {
  /** The camera's id; it is made, and the camera added, with its first face. */
  cameraId(camera: string): string;
  /** Writes the sightings of a batch, in the order of its faces. A face that is older than the last one changes nothing. */
  save(sightings: readonly Sighting[]): void;
}

/** A stored face of the present, at its camera. */
export interface Sighting {
  readonly faceId: number;
  readonly camera: string;
  readonly capturedAt: string;
  /** Whom it matched; null: no person. */
  readonly who: { readonly personRef: number; readonly distance: number } | null;
  /** Joined an ignored group: its camera does not show it. */
  readonly ignored: boolean;
}

/** A person who was never recognized has the sighting of the newest assigned face. */
const PERSON_STATES = `
  SELECT p.person_id AS personId, p.name, p.seen_at AS seenAt, p.seen_camera AS seenCamera,
    p.seen_distance AS seenDistance,
    COALESCE(p.seen_face, (
      SELECT f.id FROM face_embeddings f
      WHERE f.person_ref = p.id AND EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id)
      ORDER BY f.captured_at DESC, f.id DESC LIMIT 1
    ), n.id) AS faceId,
    n.captured_at AS newestAt, n.camera AS newestCamera
  FROM people p
  LEFT JOIN face_embeddings n ON n.id = (
    SELECT f.id FROM face_embeddings f WHERE f.person_ref = p.id ORDER BY f.captured_at DESC, f.id DESC LIMIT 1)
  WHERE :ids IS NULL OR p.person_id IN (SELECT value FROM json_each(:ids))
  ORDER BY p.id`;

const CAMERA_STATES = `
  SELECT c.camera, c.camera_id AS cameraId, c.last_seen AS lastSeen, COALESCE(c.last_face, (
    SELECT f.id FROM face_embeddings f
    WHERE f.camera = c.camera AND c.last_seen IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM cluster_faces cf JOIN clusters i ON i.id = cf.cluster_ref WHERE cf.face_id = f.id AND i.ignored = 1)
    ORDER BY f.captured_at DESC, f.id DESC LIMIT 1)) AS faceId
  FROM cameras c ORDER BY c.id`;

export function createLastSeen({ db, column }: Connection): LastSeen {
  const idOf = column<[string], string>("SELECT camera_id FROM cameras WHERE camera = ?");
  const idTaken = column<[string], number>("SELECT 1 FROM cameras WHERE camera_id = ?");
  const cameraCount = column<[], number>("SELECT count(*) FROM cameras");
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
  const cameras = db.prepare<[], Omit<CameraState, "lastSeen"> & { lastSeen: string | null }>(CAMERA_STATES);

  return {
    cameraId(camera) {
      const known = idOf.get(camera);
      if (known !== undefined) return known;
      const base = slug(camera, `camera_${(cameraCount.get() ?? 0) + 1}`);
      const cameraId = uniqueSlug(base, (candidate) => idTaken.get(candidate) !== undefined);
      addCamera.run(camera, cameraId);
      return cameraId;
    },
    save(sightings) {
      // The last of each is what would be left if each were written.
      const cameras = new Map<string, Sighting>();
      const people = new Map<number, Sighting>();
      for (const one of sightings) {
        if (!one.ignored) keepLater(cameras, one.camera, one);
        if (one.who) keepLater(people, one.who.personRef, one);
      }
      for (const { camera, faceId: face, capturedAt: at } of cameras.values()) seeCamera.run({ camera, face, at });
      for (const [person, { camera, faceId: face, capturedAt: at, who }] of people) {
        seePerson.run({ person, face, camera, at, distance: who?.distance });
      }
    },
    personStates: async (ids) => people.all({ ids: ids ? JSON.stringify([...ids]) : null }).map(toPersonState),
    cameraStates: async () => cameras.all().map((row) => ({ ...row, lastSeen: toDate(row.lastSeen) })),
  };
}

function keepLater<K>(latest: Map<K, Sighting>, key: K, one: Sighting): void {
  const before = latest.get(key);
  if (!before || before.capturedAt <= one.capturedAt) latest.set(key, one);
}

interface PersonStateRow {
  readonly personId: string;
  readonly name: string;
  readonly seenAt: string | null;
  readonly seenCamera: string | null;
  readonly seenDistance: number | null;
  readonly faceId: number | null;
  readonly newestAt: string | null;
  readonly newestCamera: string | null;
}

function toPersonState(row: PersonStateRow): PersonState {
  const { personId, name, faceId, seenAt, seenCamera, seenDistance, newestAt, newestCamera } = row;
  const seen =
    seenAt !== null && seenDistance !== null
      ? { camera: seenCamera, ...toScored(seenDistance), lastSeen: toDate(seenAt) }
      : { camera: newestCamera, score: null, distance: null, lastSeen: toDate(newestAt) };
  return { personId, name, ...seen, faceId };
}
