import { checksum, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Dimensions } from "../file/dimension.ts";
import { type Enrolment, type FaceOfEncoding, toEnrolled } from "../people/enrolment.ts";
import { groupBy } from "../people/gallery.ts";
import type { Store } from "../port.ts";
import type { FurtherBefore } from "../undo/journal-rows.ts";
import type { Recorder } from "../undo/recorder.ts";

/** What further models made of faces. They follow their faces; changes happen inside the caller's transaction. */
export interface FurtherEncodings {
  save: Store["saveFurtherEncoding"];
  /** The enrolled encodings that those of the faces have a part in. */
  looksOf(faceIds: readonly number[]): number[];
  /** They no longer have a part in enrolled encodings. */
  free(faceIds: readonly number[]): void;
  /**
   * Enrols those of the faces, which are one person's and recorded, that have a part in none yet: of each model one encoding
   * or, where others of them have a part in one already, that one computed again. Answers the ids of both.
   * @param own The encoding that was enrolled of the faces themselves, if any: a correction's makes corrections.
   * @param model Only this one.
   */
  enrol(
    faceIds: readonly number[],
    own: number | null,
    personRef: number,
    recorder: Recorder,
    model?: string,
  ): number[];
  /** As an undo row has it. */
  put(rows: readonly FurtherBefore[]): void;
}

interface Row extends FaceOfEncoding {
  readonly encoding_crc: number;
  readonly look: number | null;
}

export function createFurtherEncodings(
  { db, column, write }: Connection,
  enrolment: Pick<Enrolment, "add" | "remake">,
  dimensions: Pick<Dimensions, "check">,
): FurtherEncodings {
  // A face that was freed or erased while its picture was looked at gets none.
  const save = db.prepare(
    `INSERT INTO further_encodings (face_id, model, quality, encoding, encoding_crc)
     SELECT id, :model, :quality, :bytes, :crc FROM face_embeddings WHERE id = :faceId AND person_ref IS NOT NULL
     ON CONFLICT (face_id, model) DO UPDATE SET quality = excluded.quality, encoding = excluded.encoding,
       encoding_crc = excluded.encoding_crc`,
  );
  const looksOf = column<[string], number>(
    `SELECT DISTINCT encoding_ref FROM further_encodings
     WHERE face_id IN (SELECT value FROM json_each(?)) AND encoding_ref IS NOT NULL ORDER BY encoding_ref`,
  );
  const free = db.prepare(
    "UPDATE further_encodings SET encoding_ref = NULL WHERE face_id IN (SELECT value FROM json_each(?))",
  );
  const ofFaces = db.prepare<[string], Row>(
    `SELECT f.id, f.source, e.model, e.encoding, e.encoding_crc, e.encoding_ref AS look
     FROM further_encodings e JOIN face_embeddings f ON f.id = e.face_id
     WHERE e.face_id IN (SELECT value FROM json_each(?)) ORDER BY e.model, f.id`,
  );
  const join = db.prepare(
    `UPDATE further_encodings SET encoding_ref = :look
     WHERE model = :model AND face_id IN (SELECT value FROM json_each(:faces))`,
  );
  const follow = db.prepare(
    `UPDATE enrolled_encodings SET
       correction = COALESCE((SELECT correction FROM enrolled_encodings WHERE id = :own), 0) WHERE id = :look`,
  );
  const put = db.prepare("UPDATE further_encodings SET encoding_ref = :look WHERE face_id = :face AND model = :model");

  return {
    save: async ({ faceId, model, encoding, quality }) =>
      write(() => {
        dimensions.check(model, encoding);
        const bytes = toBlob(encoding);
        return save.run({ faceId, model, quality, bytes, crc: checksum(bytes) }).changes > 0;
      }),
    looksOf: (faceIds) => looksOf.all(JSON.stringify(faceIds)),
    free: (faceIds) => void free.run(JSON.stringify(faceIds)),
    enrol(faceIds, own, personRef, recorder, wanted) {
      const intact = ofFaces.all(JSON.stringify(faceIds)).filter((row) => checksum(row.encoding) === row.encoding_crc);
      return [...groupBy(intact, (row) => row.model)].flatMap(([model, rows]) => {
        if ((wanted !== undefined && model !== wanted) || rows.every((row) => row.look !== null)) return [];
        const faces = JSON.stringify(rows.filter((row) => row.look === null).map((row) => row.id));
        const known = rows.find((row) => row.look !== null)?.look ?? null;
        if (known !== null) {
          recorder.encoding(known);
          join.run({ look: known, model, faces });
          enrolment.remake(known);
          return [known];
        }
        const look = enrolment.add(personRef, toEnrolled(rows));
        follow.run({ look, own });
        recorder.encodingMade(look);
        join.run({ look, model, faces });
        return [look];
      });
    },
    put(rows) {
      for (const [face, model, look] of rows) put.run({ face, model, look });
    },
  };
}
