import type { Connection } from "../file/database.ts";
import type { PendingThumbnail } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { type BoxColumns, toBox } from "./face-rows.ts";

type PendingRow = BoxColumns & Pick<PendingThumbnail, "faceId" | "image" | "source">;

/** Thumbnails, and the pictures that they have yet to be made of. */
export function createThumbnailRows(
  connection: Connection,
): Pick<Store, "pendingThumbnails" | "saveThumbnail" | "thumbnail"> {
  const { db, column, write } = connection;
  const pending = db.prepare<[number], PendingRow>(
    `SELECT p.face_id AS faceId, p.image, f.source, f.box_x, f.box_y, f.box_width, f.box_height
     FROM pending_thumbnails p JOIN face_embeddings f ON f.id = p.face_id ORDER BY p.id LIMIT ?`,
  );
  const done = db.prepare("DELETE FROM pending_thumbnails WHERE face_id = ?");
  // A face that was erased while its thumbnail was made gets none.
  const save = db.prepare(
    `INSERT INTO thumbnails (face_id, jpeg) SELECT id, ? FROM face_embeddings WHERE id = ?
     ON CONFLICT (face_id) DO UPDATE SET jpeg = excluded.jpeg`,
  );
  const read = column<[number], Buffer>("SELECT jpeg FROM thumbnails WHERE face_id = ?");

  return {
    pendingThumbnails: async (limit) =>
      pending.all(limit).map((row) => ({ faceId: row.faceId, image: row.image, source: row.source, box: toBox(row) })),
    saveThumbnail: async (faceId, jpeg) =>
      write(() => {
        done.run(faceId);
        if (jpeg) save.run(jpeg, faceId);
      }),
    thumbnail: async (id) => read.get(id) ?? null,
  };
}
