import { IS_IN_STATE } from "../faces/face-rows.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { OldFace, OldFaceStore } from "../port/old-faces.ts";
import type { SaveVisits } from "./save-visits.ts";

interface Row extends Omit<OldFace, "encoding" | "capturedAt" | "receivedAt" | "ignored" | "hasThumbnail" | "matched"> {
  readonly encoding: Buffer;
  readonly crc: number;
  readonly capturedAt: string;
  readonly receivedAt: string;
  readonly matchedName: string | null;
  readonly matchedId: string | null;
  readonly matchedDistance: number | null;
  readonly ignored: number;
  readonly hasThumbnail: number;
}

const CHUNK = `
  SELECT f.id AS faceId, f.uid, f.camera, f.model, f.encoding, f.encoding_crc AS crc, f.captured_at AS capturedAt,
    f.received_at AS receivedAt, f.source,
    f.source_event_id AS sourceEventId, f.quality, f.detection_score AS detectionScore, p.person_id AS personId,
    f.matched_name AS matchedName, m.person_id AS matchedId, f.matched_distance AS matchedDistance,
    ${IS_IN_STATE.ignored} AS ignored,
    EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
  FROM face_embeddings f LEFT JOIN people p ON p.id = f.person_ref LEFT JOIN people m ON m.id = f.matched_ref
  WHERE f.visit_id IS NULL AND (f.captured_at, f.id) > (?, ?) ORDER BY f.captured_at, f.id LIMIT ?`;

/** Faces that were stored without a visit: of the past, or by a version that had none. */
export function createOldFaces({ db, write }: Connection, visits: Pick<SaveVisits, "save" | "remake">): OldFaceStore {
  const chunk = db.prepare<[string, number, number], Row>(CHUNK);
  const join = db.prepare(
    "UPDATE face_embeddings SET visit_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND visit_id IS NULL",
  );
  return {
    async oldFaces(after, limit) {
      const rows = chunk.all(after?.capturedAt.toISOString() ?? "", after?.faceId ?? 0, limit);
      return rows.map((row) => ({
        ...row,
        encoding: checksum(row.encoding) === row.crc ? fromBlob(row.encoding) : null,
        capturedAt: new Date(row.capturedAt),
        receivedAt: new Date(row.receivedAt),
        matched:
          row.matchedName === null || row.matchedId === null || row.matchedDistance === null
            ? null
            : { person: row.matchedName, personId: row.matchedId, distance: row.matchedDistance },
        ignored: row.ignored === 1,
        hasThumbnail: row.hasThumbnail === 1,
      }));
    },
    async saveOldVisits(found) {
      write(() => {
        for (const { visit, faceIds } of found) {
          const { changes } = join.run(visit.visitId, JSON.stringify(faceIds));
          if (changes === 0) continue;
          visits.save(visit);
          // Some were deleted since they were read.
          if (changes < faceIds.length) visits.remake(visit.visitId);
        }
      });
    },
  };
}
