import type { FaceState } from "../domain/face.ts";
import { slug, uniqueSlug } from "../domain/names.ts";
import type { Db } from "./database.ts";
import type { CollectedFaces, FaceEncodings, FaceFilter, FaceToSave, Page, SavedFace, Store } from "./port.ts";
import { cutPage, FACE_COLUMNS, type FaceRow, fromBlob, fromCursor, toBlob, toBox, toFace } from "./rows.ts";

/** Rows read before others get a turn: about 10 ms. */
const CHUNK = 500;

type FaceMethods = Pick<
  Store,
  | "saveFaces"
  | "pendingThumbnails"
  | "saveThumbnail"
  | "face"
  | "faces"
  | "facesById"
  | "encodingOf"
  | "thumbnail"
  | "encodings"
  | "collectUnassigned"
  | "cameraStates"
>;

const WHERE_STATE: { readonly [K in FaceState]: string } = {
  unassigned: "person IS NULL AND ignored IS NULL",
  assigned: "person IS NOT NULL",
  ignored: "ignored IS NOT NULL",
};

export function createFaces(db: Db): FaceMethods {
  const insert = db.prepare(`
    INSERT INTO face_embeddings (uid, camera, source, captured_at, received_at, box_x, box_y, box_width, box_height,
      detection_score, source_event_id, encoding, matched_name, matched_distance, matched, ignored)
    VALUES (@uid, @camera, @source, @captured, @received, @x, @y, @width, @height,
      @score, @event, @encoding, @matchedName, @matchedDistance, @matched, @ignored)
    ON CONFLICT (uid) DO NOTHING`);
  const idOf = db.prepare<[string], { id: number }>("SELECT id FROM face_embeddings WHERE uid = ?");
  const personOf = db.prepare<[string], { id: number; name: string }>(
    "SELECT id, name FROM people WHERE person_id = ?",
  );
  const ignoredCluster = db.prepare<[string], { n: number }>(
    "SELECT (SELECT count(*) FROM cluster_faces WHERE cluster = c.id) AS n FROM clusters c WHERE id = ? AND ignored = 1",
  );
  const joinCluster = db.prepare("INSERT INTO cluster_faces (cluster, face, rank) VALUES (?, ?, ?)");
  const cameraOf = db.prepare<[string], { camera_id: string }>("SELECT camera_id FROM cameras WHERE camera = ?");
  const cameraIdTaken = db.prepare("SELECT 1 FROM cameras WHERE camera_id = ?");
  const countCameras = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM cameras");
  const addCamera = db.prepare("INSERT INTO cameras (camera, camera_id) VALUES (?, ?)");
  const seeCamera = db.prepare(
    "UPDATE cameras SET last_seen = @at, face_id = @face WHERE camera = @camera AND (last_seen IS NULL OR last_seen <= @at)",
  );
  const seePerson = db.prepare(`
    UPDATE people SET seen_camera = @camera, seen_score = @score, seen_distance = @distance, seen_at = @at, seen_face = @face
    WHERE id = @person AND (seen_at IS NULL OR seen_at <= @at)`);
  const addPending = db.prepare("INSERT INTO pending_thumbnails (face, image) VALUES (?, ?)");

  function cameraId(camera: string): string {
    const known = cameraOf.get(camera);
    if (known) return known.camera_id;
    const base = slug(camera, `camera_${(countCameras.get()?.n ?? 0) + 1}`);
    const id = uniqueSlug(base, (taken) => cameraIdTaken.get(taken) !== undefined);
    addCamera.run(camera, id);
    return id;
  }

  function save(face: FaceToSave): SavedFace {
    const camera = cameraId(face.camera);
    // Whoever or whatever it matched may be gone since; then it is an unassigned face like any other.
    const matched = face.matched && personOf.get(face.matched.personId);
    const group = face.ignoredCluster === null ? undefined : ignoredCluster.get(face.ignoredCluster);
    const at = face.capturedAt.toISOString();
    const { changes, lastInsertRowid } = insert.run({
      uid: face.uid,
      camera: face.camera,
      source: face.source,
      captured: at,
      received: face.receivedAt.toISOString(),
      x: face.box?.x ?? null,
      y: face.box?.y ?? null,
      width: face.box?.width ?? null,
      height: face.box?.height ?? null,
      score: face.detectionScore,
      event: face.sourceEventId,
      encoding: toBlob(face.encoding),
      matchedName: matched?.name ?? null,
      matchedDistance: matched ? (face.matched?.distance ?? null) : null,
      matched: matched?.id ?? null,
      ignored: group ? face.ignoredCluster : null,
    });
    if (changes === 0) return { id: idOf.get(face.uid)?.id ?? 0, cameraId: camera, duplicate: true };
    const id = Number(lastInsertRowid);
    if (group) joinCluster.run(face.ignoredCluster, id, group.n);
    if (face.wantsThumbnail) addPending.run(id, face.thumbnail);
    seeCamera.run({ at, face: id, camera: face.camera });
    if (matched && face.matched) {
      const { distance, score } = face.matched;
      seePerson.run({ at, face: id, person: matched.id, camera: face.camera, score, distance: roundTo4(distance) });
    }
    return { id, cameraId: camera, duplicate: false };
  }

  const saveAll = db.transaction((batch: readonly FaceToSave[]) => batch.map(save));
  const pending = db.prepare<
    [number],
    {
      face: number;
      image: Buffer | null;
      source: string | null;
      box_x: number | null;
      box_y: number | null;
      box_width: number | null;
      box_height: number | null;
    }
  >(`
    SELECT p.face, p.image, f.source, f.box_x, f.box_y, f.box_width, f.box_height
    FROM pending_thumbnails p JOIN face_embeddings f ON f.id = p.face ORDER BY p.face LIMIT ?`);
  const dropPending = db.prepare("DELETE FROM pending_thumbnails WHERE face = ?");
  const addThumbnail = db.prepare(
    "INSERT OR REPLACE INTO thumbnails (face, jpeg) SELECT id, ? FROM face_embeddings WHERE id = ?",
  );
  const oneFace = db.prepare<[number], FaceRow>(`SELECT ${FACE_COLUMNS} WHERE f.id = ?`);
  const oneEncoding = db.prepare<[number], { encoding: Buffer }>("SELECT encoding FROM face_embeddings WHERE id = ?");
  const oneThumbnail = db.prepare<[number], { jpeg: Buffer }>("SELECT jpeg FROM thumbnails WHERE face = ?");
  const cameras = db.prepare<
    [],
    { camera: string; camera_id: string; last_seen: string | null; face_id: number | null }
  >("SELECT camera, camera_id, last_seen, face_id FROM cameras ORDER BY camera_id");

  /** Reads in chunks by id, so that ingest and everybody else go on. */
  async function readEncodings(where: string): Promise<FaceEncodings & { frames: Int32Array }> {
    type Row = { id: number; encoding: Buffer; camera: string; source: string | null };
    const chunk = db.prepare<[number], Row>(
      `SELECT id, encoding, camera, source FROM face_embeddings WHERE id > ? AND (${where}) ORDER BY id LIMIT ${CHUNK}`,
    );
    const total = (db.prepare(`SELECT count(*) AS n FROM face_embeddings WHERE ${where}`).get() as { n: number }).n;
    const first = chunk.get(0);
    const dimension = first ? first.encoding.length / 4 : 0;
    const data = new Float32Array(new SharedArrayBuffer(total * dimension * 4));
    const frames = new Int32Array(total).fill(-1);
    const frameNumbers = new Map<string, number>();
    const faceIds: number[] = [];
    for (let after = 0; faceIds.length < total; ) {
      const rows = chunk.all(after).slice(0, total - faceIds.length);
      if (rows.length === 0) break;
      for (const row of rows) {
        data.set(fromBlob(row.encoding), faceIds.length * dimension);
        if (row.source !== null) {
          const key = `${row.camera}\0${row.source}`;
          if (!frameNumbers.has(key)) frameNumbers.set(key, frameNumbers.size);
          frames[faceIds.length] = frameNumbers.get(key) as number;
        }
        faceIds.push(row.id);
        after = row.id;
      }
      await new Promise(setImmediate);
    }
    return { faceIds, data: data.subarray(0, faceIds.length * dimension), frames: frames.subarray(0, faceIds.length) };
  }

  return {
    saveFaces: async (batch) => saveAll.immediate(batch),

    pendingThumbnails: async (limit) =>
      pending.all(limit).map((row) => ({
        faceId: row.face,
        image: row.image,
        source: row.source,
        box: toBox(row.box_x, row.box_y, row.box_width, row.box_height),
      })),

    saveThumbnail: async (faceId, jpeg) =>
      db
        .transaction(() => {
          if (jpeg) addThumbnail.run(jpeg, faceId);
          dropPending.run(faceId);
        })
        .immediate(),

    face: async (id) => {
      const row = oneFace.get(id);
      return row ? toFace(row) : null;
    },

    faces: async (filter, page) => findFaces(db, filter, page),
    facesById: async (ids) =>
      ids.flatMap((id) => {
        const row = oneFace.get(id);
        return row ? [toFace(row)] : [];
      }),

    encodingOf: async (id) => {
      const row = oneEncoding.get(id);
      return row ? fromBlob(row.encoding) : null;
    },
    thumbnail: async (id) => oneThumbnail.get(id)?.jpeg ?? null,
    encodings: (states) => readEncodings(states.map((state) => `(${WHERE_STATE[state]})`).join(" OR ")),
    collectUnassigned: ({ includeRecognized }): Promise<CollectedFaces> =>
      readEncodings(WHERE_STATE.unassigned + (includeRecognized ? "" : " AND matched_name IS NULL")),
    cameraStates: async () =>
      cameras.all().map((row) => ({
        camera: row.camera,
        cameraId: row.camera_id,
        lastSeen: row.last_seen === null ? null : new Date(row.last_seen),
        faceId: row.face_id,
      })),
  };
}

function findFaces(db: Db, filter: FaceFilter, { limit, cursor }: Page) {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]) => {
    where.push(sql);
    values.push(...bound);
  };
  if (filter.camera !== undefined) add("f.camera = ?", filter.camera);
  if (filter.personId !== undefined) add("f.person = (SELECT id FROM people WHERE person_id = ?)", filter.personId);
  if (filter.state !== undefined) add(WHERE_STATE[filter.state].replace(/person|ignored/g, "f.$&"));
  if (filter.from !== undefined) add("f.captured_at >= ?", filter.from.toISOString());
  if (filter.to !== undefined) add("f.captured_at < ?", filter.to.toISOString());
  if (filter.cluster !== undefined) add("c.cluster = ?", filter.cluster);
  if (cursor !== null) add("(f.captured_at, f.id) < (?, ?)", ...fromCursor(cursor));
  const rows = db
    .prepare<(string | number)[], FaceRow>(
      `SELECT ${FACE_COLUMNS} ${where.length > 0 ? `WHERE ${where.join(" AND ")}` : ""}
       ORDER BY f.captured_at DESC, f.id DESC LIMIT ?`,
    )
    .all(...values, limit + 1);
  return cutPage(rows, limit, (row) => [row.captured_at, row.id], toFace);
}

function roundTo4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
