import type { Clusters } from "../clusters/clusters.ts";
import { checksum, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { FaceToSave, SavedFace } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { type FaceRow, SELECT_FACE, toFace } from "./face-rows.ts";
import type { Sightings } from "./sightings.ts";

const INSERT = `
  INSERT INTO face_embeddings (uid, camera, source, captured_at, received_at, box_x, box_y, box_width, box_height,
    encoding, encoding_crc, detection_score, source_event_id, matched_name, matched_ref, matched_distance)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export interface SaveFacesDeps {
  readonly connection: Connection;
  readonly clusters: Pick<Clusters, "join">;
  readonly sightings: Sightings;
}

/** Stores the faces of a batch in one transaction, which is committed before the call returns its promise. */
export function createSaveFaces({ connection, clusters, sightings }: SaveFacesDeps): Store["saveFaces"] {
  const { db, column, write } = connection;
  const insert = db.prepare(INSERT);
  const known = column<[string], number>("SELECT id FROM face_embeddings WHERE uid = ?");
  const read = db.prepare<[number], FaceRow>(`${SELECT_FACE} WHERE f.id = ?`);
  const personRef = db.prepare<[string], { id: number; name: string }>(
    "SELECT id, name FROM people WHERE person_id = ?",
  );
  const awaitThumbnail = db.prepare("INSERT INTO pending_thumbnails (face_id, image) VALUES (?, ?)");

  function save(face: FaceToSave): SavedFace {
    const stored = known.get(face.uid);
    return toSaved(stored ?? add(face), stored !== undefined);
  }

  function toSaved(id: number, duplicate: boolean): SavedFace {
    const row = read.get(id);
    if (!row) throw new Error(`face ${id} was neither stored nor found`);
    return { face: toFace(row), cameraId: sightings.cameraId(row.camera), duplicate };
  }

  function add(face: FaceToSave): number {
    const capturedAt = face.capturedAt.toISOString();
    const blob = toBlob(face.encoding);
    // A person who was removed since the comparison matches nothing.
    const who = face.matched ? personRef.get(face.matched.personId) : undefined;
    const distance = who ? (face.matched?.distance ?? null) : null;
    const { box } = face;
    sightings.cameraId(face.camera);
    const { lastInsertRowid } = insert.run(
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
    const id = Number(lastInsertRowid);
    const joined = face.ignoredCluster !== null && clusters.join(face.ignoredCluster, id, face, capturedAt);
    if (!joined) sightings.atCamera(face.camera, id, capturedAt);
    if (who && distance !== null) sightings.ofPerson(who.id, { faceId: id, camera: face.camera, capturedAt, distance });
    if (face.wantsThumbnail) awaitThumbnail.run(id, face.thumbnail);
    return id;
  }

  return async (batch) => write(() => batch.map(save));
}
