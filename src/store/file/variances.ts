import type { Database } from "better-sqlite3";
import { varianceOf } from "../../domain/vectors/encoding.ts";
import { fromBlob } from "./blobs.ts";

/** Computes the variance of each enrolled encoding from its faces; of one without any it stays unknown. */
export function fillVariances(db: Database): void {
  const ids = db.prepare<[], number>(
    "SELECT DISTINCT encoding_ref FROM face_embeddings WHERE encoding_ref IS NOT NULL",
  );
  const faces = db.prepare<[number], Buffer>("SELECT encoding FROM face_embeddings WHERE encoding_ref = ?").pluck();
  const set = db.prepare("UPDATE enrolled_encodings SET variance = ? WHERE id = ?");
  for (const id of ids.pluck().all()) set.run(varianceOf(faces.all(id).map(fromBlob)), id);
}
