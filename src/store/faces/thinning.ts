import { addSums } from "../../domain/vectors/encoding-sum.ts";
import type { Clusters } from "../clusters/clusters.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { Scrub } from "../file/scrub.ts";
import type { FaceToThin, ThinningStore } from "../port/thinning.ts";
import { IS_UNASSIGNED } from "./face-rows.ts";
import { createThinned, toSum } from "./thinned.ts";

/** Visits answered at a time, and faces of a visit that are looked at. */
const VISITS = 500;
const FACES = 2_000;

/** Of what a user said or may still undo or redo nothing goes. */
const IS_FREE = `${IS_UNASSIGNED} AND f.visit_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.face_id = f.id)
  AND NOT EXISTS (SELECT 1 FROM grouping_faces g WHERE g.face_id = f.id)
  AND NOT EXISTS (SELECT 1 FROM further_encodings e WHERE e.face_id = f.id)
  AND NOT EXISTS (SELECT 1 FROM change_faces c WHERE c.face_id = f.id)
  AND NOT EXISTS (SELECT 1 FROM change_keys k WHERE k.key IN ('f' || f.id, 'm' || f.id))`;
const IS_PINNED = `(EXISTS (SELECT 1 FROM visits v WHERE v.best_face = f.id)
  OR EXISTS (SELECT 1 FROM cameras c WHERE c.last_face = f.id)
  OR EXISTS (SELECT 1 FROM people p WHERE p.seen_face = f.id))`;

interface Row extends Omit<FaceToThin, "capturedMs" | "pinned" | "hasThumbnail" | "encoding"> {
  readonly capturedAt: string;
  readonly pinned: number;
  readonly hasThumbnail: number;
  readonly encoding: Buffer;
  readonly crc: number;
  readonly model: string;
}

/** Thinning of ended visits. */
export function createThinning(connection: Connection, clusters: Clusters, scrub: Scrub, notes: Notes): ThinningStore {
  const { db, column, write } = connection;
  const thinned = createThinned(connection);
  const visits = column<[number, string, number], string>(
    `SELECT visit_id FROM visits WHERE over = 1 AND ifnull(thinned, 0) < ? AND ended_at < ? LIMIT ?`,
  );
  const isOver = column<[string], number>("SELECT over FROM visits WHERE visit_id = ?");
  const mark = db.prepare("UPDATE visits SET thinned = ? WHERE visit_id = ?");
  const faces = db.prepare<[string, number], Row>(
    `SELECT f.id, f.uid, f.captured_at AS capturedAt, f.source, f.encoding, f.encoding_crc AS crc, f.model,
       f.matched_ref AS matched, f.quality, f.detection_score AS detectionScore,
       ifnull(f.box_width * f.box_height, 0) AS size, ${IS_PINNED} AS pinned,
       EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
     FROM face_embeddings f WHERE f.visit_id = ? AND ${IS_FREE} ORDER BY f.captured_at, f.id LIMIT ?`,
  );
  const remember = db.prepare("INSERT INTO thinned_uids (uid, face_id) VALUES (?, ?)");
  const follow = db.prepare("UPDATE thinned_uids SET face_id = ? WHERE face_id = ?");
  const drop = db.prepare("DELETE FROM face_embeddings WHERE id IN (SELECT value FROM json_each(?))");

  const read = (visitId: string): Row[] =>
    faces.all(visitId, FACES).filter((row) => checksum(row.encoding) === row.crc);

  return {
    visitsToThin: async (distance, before) => visits.all(distance, before.toISOString(), VISITS),
    facesToThin: async (visitId) =>
      read(visitId).map(({ capturedAt, crc: _, model: __, ...row }) => ({
        ...row,
        capturedMs: Date.parse(capturedAt),
        encoding: fromBlob(row.encoding),
        pinned: row.pinned === 1,
        hasThumbnail: row.hasThumbnail === 1,
      })),
    thin: async (visitId, distance, thinnings) =>
      write(() => {
        if (isOver.get(visitId) !== 1) return [];
        const free = new Map((thinnings.length > 0 ? read(visitId) : []).map((row) => [row.id, row]));
        const deleted: number[] = [];
        for (const { keep, gone } of thinnings) {
          const kept = free.get(keep);
          const rows = gone.flatMap((id) => free.get(id) ?? []).filter((row) => row.id !== keep && row.pinned === 0);
          if (!kept || rows.length === 0) continue;
          const ids = rows.map((row) => row.id);
          const sums = thinned.of([keep, ...ids], kept.model);
          thinned.save(keep, addSums([kept, ...rows].map((row) => toSum(row, sums))));
          for (const { id, uid } of rows) {
            follow.run(keep, id);
            remember.run(uid, keep);
            free.delete(id);
          }
          deleted.push(...ids);
        }
        mark.run(distance, visitId);
        if (deleted.length === 0) return [];
        clusters.takeOut(deleted);
        // The visit stays as it was: what it knows of its faces is of all of them.
        drop.run(JSON.stringify(deleted));
        scrub.request("purge");
        const total = Number(notes.get("thinned_total") ?? 0) + deleted.length;
        notes.set("thinned_total", String(total));
        return deleted;
      }),
    async endThinning(count) {
      write(() => notes.set("thinned_last_run", String(count)));
      if (count > 0) await scrub.run();
    },
    thinnedCounts: async () => ({
      total: Number(notes.get("thinned_total") ?? 0),
      lastRun: Number(notes.get("thinned_last_run") ?? 0),
    }),
  };
}
