import type { Face } from "../../domain/face.ts";
import { DLIB } from "../../domain/model.ts";
import type { Clusters } from "../clusters/clusters.ts";
import { checksum, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Dimensions } from "../file/dimension.ts";
import type { FaceToSave, SavedFace } from "../port/faces.ts";
import type { Store } from "../port.ts";
import type { SaveVisits } from "../visits/save-visits.ts";
import { type FaceRow, SELECT_FACE, toFace } from "./face-rows.ts";
import type { LastSeen, Sighting } from "./last-seen.ts";

const INSERT = `
  INSERT INTO face_embeddings (uid, camera, source, captured_at, received_at, box_x, box_y, box_width, box_height,
    encoding, encoding_crc, model, quality, visit_id, detection_score, source_event_id, matched_name, matched_ref, matched_distance)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (uid) DO NOTHING`;

/** The id of a face that is only tried. */
const TRIED = 0;

export interface SaveFacesDeps {
  readonly connection: Connection;
  readonly clusters: Pick<Clusters, "join">;
  readonly dimensions: Pick<Dimensions, "check">;
  readonly sightings: LastSeen;
  readonly visits: Pick<SaveVisits, "save">;
}

/** Stores the faces of a batch and their visits in one transaction, which is committed before the call returns its promise. */
export function createSaveFaces(deps: SaveFacesDeps): Pick<Store, "saveFaces" | "tryFace" | "knownUids"> {
  const { connection, clusters, dimensions, sightings, visits } = deps;
  const { db, column, write } = connection;
  const insert = db.prepare(INSERT);
  const tryInsert = db.prepare(
    "INSERT INTO face_embeddings (id, uid, camera, captured_at, received_at, encoding, encoding_crc, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const tryDelete = db.prepare("DELETE FROM face_embeddings WHERE id = ?");
  const known = db.prepare<[string], FaceRow>(`${SELECT_FACE} WHERE f.uid = ?`);
  const isKnown = column<[string], number>("SELECT 1 FROM face_embeddings WHERE uid = ?");
  const keptOf = column<[string], number>("SELECT face_id FROM thinned_uids WHERE uid = ?");
  const byId = db.prepare<[number], FaceRow>(`${SELECT_FACE} WHERE f.id = ?`);
  const personRef = db.prepare<[string], { id: number; name: string }>(
    "SELECT id, name FROM people WHERE person_id = ?",
  );
  const awaitThumbnail = db.prepare("INSERT INTO pending_thumbnails (face_id, image) VALUES (?, ?)");

  /** What the faces of a batch have in common is read once. */
  interface Batch {
    readonly cameraId: (camera: string) => string;
    readonly person: (personId: string) => { readonly id: number; readonly name: string } | undefined;
    readonly sightings: Sighting[];
  }
  const startBatch = (): Batch => ({
    cameraId: once(sightings.cameraId),
    person: once((personId) => personRef.get(personId)),
    sightings: [],
  });

  function save(face: FaceToSave, inBatch: Batch): SavedFace {
    const kept = keptOf.get(face.uid);
    const standIn = kept === undefined ? undefined : byId.get(kept);
    if (standIn) return { face: toFace(standIn), cameraId: inBatch.cameraId(standIn.camera), duplicate: true };
    const capturedAt = face.capturedAt.toISOString();
    const blob = toBlob(face.encoding);
    // A person who was removed since the comparison matches nothing.
    const who = face.matched ? inBatch.person(face.matched.personId) : undefined;
    const matched =
      who && face.matched
        ? { person: who.name, personId: face.matched.personId, distance: face.matched.distance }
        : null;
    const { uid, camera, source, box, receivedAt, model, quality, detectionScore, sourceEventId } = face;
    const cameraId = inBatch.cameraId(camera);
    const { changes, lastInsertRowid } = insert.run(
      uid,
      camera,
      source,
      capturedAt,
      receivedAt.toISOString(),
      box?.x ?? null,
      box?.y ?? null,
      box?.width ?? null,
      box?.height ?? null,
      blob,
      checksum(blob),
      model,
      quality,
      face.visitId,
      detectionScore,
      sourceEventId,
      who?.name ?? null,
      who?.id ?? null,
      matched?.distance ?? null,
    );
    if (changes === 0) {
      const row = known.get(uid);
      if (!row) throw new Error(`face ${uid} was neither stored nor found`);
      return { face: toFace(row), cameraId: inBatch.cameraId(row.camera), duplicate: true };
    }
    const id = Number(lastInsertRowid);
    const joined = face.ignoredCluster !== null && clusters.join(face.ignoredCluster, id, face, capturedAt);
    if (!face.history) {
      const seen = who && matched ? { personRef: who.id, distance: matched.distance } : null;
      inBatch.sightings.push({ faceId: id, camera, capturedAt, who: seen, ignored: joined });
    }
    if (face.wantsThumbnail) awaitThumbnail.run(id, face.thumbnail);
    const stored: Face = {
      id,
      uid,
      camera,
      source,
      capturedAt: face.capturedAt,
      receivedAt,
      box,
      model,
      quality,
      detectionScore,
      sourceEventId,
      visitId: face.visitId,
      strangerId: null,
      state: joined ? "ignored" : "unassigned",
      person: null,
      personId: null,
      matched,
      cluster: joined ? face.ignoredCluster : null,
      hasThumbnail: false,
    };
    return { face: stored, cameraId, duplicate: false };
  }

  return {
    saveFaces: async (batch, batchVisits = []) =>
      write(() => {
        for (const { model, encoding } of batch) if (model !== DLIB) dimensions.check(model, encoding);
        const inBatch = startBatch();
        const saved = batch.map((face) => save(face, inBatch));
        sightings.save(inBatch.sightings);
        for (const visit of batchVisits) visits.save(visit);
        return saved;
      }),
    // An id of its own, so that the next face gets the id that it would have had.
    tryFace: async ({ uid, camera, capturedAt, receivedAt, encoding, model }) =>
      write(() => {
        // Its camera is not among the cameras; what counts is how things are at the end.
        db.pragma("defer_foreign_keys = ON");
        const blob = toBlob(encoding);
        tryInsert.run(
          TRIED,
          uid,
          camera,
          capturedAt.toISOString(),
          receivedAt.toISOString(),
          blob,
          checksum(blob),
          model,
        );
        tryDelete.run(TRIED);
      }),
    knownUids: async (uids) => new Set(uids.filter((uid) => (isKnown.get(uid) ?? keptOf.get(uid)) !== undefined)),
  };
}

/** Asks once for each key. */
function once<T>(ask: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (known.has(key)) return known.get(key) as T;
    const answer = ask(key);
    known.set(key, answer);
    return answer;
  };
}
