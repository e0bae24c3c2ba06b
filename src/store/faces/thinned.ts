import { type EncodingSum, sumOf } from "../../domain/vectors/encoding-sum.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";

/** What kept faces stand for: themselves, and the faces alike that were thinned. It goes with the face. */
export interface Thinned {
  /** By face; of those whose own model this is and that stand for others. A damaged sum is left out: the face counts once. */
  of(faceIds: readonly number[], model: string): ReadonlyMap<number, EncodingSum>;
  /** Inside the caller's transaction. */
  save(faceId: number, total: EncodingSum): void;
}

interface Row {
  readonly face_id: number;
  readonly count: number;
  readonly sum: Buffer;
  readonly sum_crc: number;
  readonly squares: number;
  readonly lengths: number;
}

export function createThinned({ db }: Connection): Thinned {
  const find = db.prepare<[string, string], Row>(
    `SELECT t.* FROM thinned_sums t JOIN face_embeddings f ON f.id = t.face_id
     WHERE t.face_id IN (SELECT value FROM json_each(?)) AND f.model = ?`,
  );
  const save = db.prepare(
    `INSERT OR REPLACE INTO thinned_sums (face_id, count, sum, sum_crc, squares, lengths) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  return {
    of(faceIds, model) {
      const sound = find.all(JSON.stringify(faceIds), model).filter((row) => checksum(row.sum) === row.sum_crc);
      return new Map(
        sound.map(({ face_id, count, sum, squares, lengths }) => [
          face_id,
          { count, sum: new Float64Array(new Uint8Array(sum).buffer), squares, lengths },
        ]),
      );
    },
    save(faceId, { count, sum, squares, lengths }) {
      const blob = Buffer.from(new Uint8Array(sum.buffer, sum.byteOffset, sum.byteLength));
      save.run(faceId, count, blob, checksum(blob), squares, lengths);
    },
  };
}

/** What a face counts for: what it stands for, else itself. */
export function toSum(
  face: { readonly id: number; readonly encoding: Buffer },
  sums: ReadonlyMap<number, EncodingSum>,
): EncodingSum {
  return sums.get(face.id) ?? sumOf(fromBlob(face.encoding));
}
