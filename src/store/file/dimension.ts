import type Database from "better-sqlite3";
import { StartRefused } from "../../domain/errors.ts";
import { DIMENSION } from "../../domain/vectors/encoding.ts";
import type { Connection } from "./database.ts";
import type { Notes } from "./notes.ts";

const LENGTHS = `
  SELECT length(encoding) / 4.0 AS numbers FROM face_embeddings
  UNION SELECT length(encoding) / 4.0 FROM enrolled_encodings
  UNION SELECT length(mean) / 4.0 FROM clusters
  UNION SELECT length(bytes) / 4.0 FROM change_rows WHERE bytes IS NOT NULL`;

/**
 * Answers how many numbers the encodings in the database have, and keeps that in a new one.
 * @throws {StartRefused} when any have another number than this version works with.
 */
export function keepDimension({ db, file, write }: Connection, notes: Notes): number {
  const wrong = findWrongDimension(db);
  if (wrong !== null) {
    db.close();
    throw new StartRefused(`${file} cannot be used: ${wrong}`);
  }
  if (notes.get("dimension") === null) write(() => notes.set("dimension", String(DIMENSION)));
  return DIMENSION;
}

/** A sentence when encodings of another length than this version works with are in the database, else null. */
export function findWrongDimension(db: Database.Database): string | null {
  const kept = db.prepare<[], string>("SELECT value FROM notes WHERE key = 'dimension'").pluck().get();
  // Version 0.1.0 kept no length, and could be configured to store another one. Only the first start looks through all.
  const found = kept === undefined ? db.prepare<[], number>(LENGTHS).pluck().all() : [Number(kept)];
  const wrong = found.find((numbers) => numbers !== DIMENSION);
  if (wrong === undefined) return null;
  return `it has encodings of ${wrong} numbers, this version of faces2mqtt works with ${DIMENSION}`;
}
