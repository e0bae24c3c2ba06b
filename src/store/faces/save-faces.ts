import type { Clusters } from "../clusters/clusters.ts";
import { checksum, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { FaceToSave, SavedFace } from "../port/faces.ts";
import type { Store } from "../port.ts";
import type { Sightings } from "./sightings.ts";

const INSERT = `
  INSERT INTO face_embeddings (uid, camera, source, captured_at, received_at, box_x, box_y, box_width, box_height,
    encoding, encoding_crc, detection_score, source_event_id, matched_name, matched_ref, matched_distance)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (uid) DO NOTHING`;

export interface SaveFacesDeps {
  readonly connection: Connection;
  readonly clusters: Pick<Clusters, "join">;
  readonly sightings: Sightings;
}

/** The way of every face to disk: one transaction for the whole batch, written before this returns. */
export function createSaveFaces({ connection, clusters, sightings }: SaveFacesDeps): Store["saveFaces"] {
  const { db, write } = connection;
  const insert = db.prepare(INSERT);
  const known = db.prepare<[string], { id: number; camera_id: string }>(
    "SELECT f.id, c.camera_id FROM face_embeddings f JOIN cameras c ON c.camera = f.camera WHERE f.uid = ?",
  );
  const personRef = db.prepare<[string], { id: number; name: string }>(
    "SELECT id, name FROM people WHERE person_id = ?",
  );
  const awaitThumbnail = db.prepare("INSERT INTO pending_thumbnails (face_id, image) VALUES (?, ?)");

  function save(face: FaceToSave): SavedFace {
    const cameraId = sightings.cameraId(face.camera);
    const capturedAt = face.capturedAt.toISOString();
    const blob = toBlob(face.encoding);
    // Somebody who is gone meanwhile matches nobody.
    const who = face.matched ? personRef.get(face.matched.personId) : undefined;
    const distance = who ? (face.matched?.distance ?? null) : null;
    const { box } = face;
    const { changes, lastInsertRowid } = insert.run(
      face.uid,
      face.camera,
      face.source,
      capturedAt,
      face.receivedAt.toISOString(),
      box?.x ?? null,
      box?.y ?? null,
      box?.width ?? null,
      box?.height ?? null,
      blob,
      checksum(blob),
      face.detectionScore,
      face.sourceEventId,
      who?.name ?? null,
      who?.id ?? null,
      distance,
    );
    if (changes === 0) {
      const stored = known.get(face.uid);
      if (!stored) throw new Error(`face ${face.uid} was neither stored nor found`);
      return { id: stored.id, cameraId: stored.camera_id, duplicate: true };
    }
    const id = Number(lastInsertRowid);
    const joined = face.ignoredCluster !== null && clusters.join(face.ignoredCluster, id, face, capturedAt);
    if (!joined) sightings.atCamera(face.camera, id, capturedAt);
    if (who && distance !== null) sightings.ofPerson(who.id, { faceId: id, camera: face.camera, capturedAt, distance });
    if (face.wantsThumbnail) awaitThumbnail.run(id, face.thumbnail);
    return { id, cameraId, duplicate: false };
  }

  return async (batch) => write(() => batch.map(save));
}
