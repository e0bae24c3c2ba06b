import type Database from "better-sqlite3";
import { StartRefused } from "../../domain/errors.ts";
import { COMMON_THRESHOLD, DLIB, type EncodingModel, type Models } from "../../domain/model.ts";
import { DIMENSION } from "../../domain/vectors/encoding.ts";
import type { Connection } from "./database.ts";
import type { Notes } from "./notes.ts";

const LENGTHS = `
  SELECT length(encoding) / 4.0 AS numbers FROM face_embeddings
  UNION SELECT length(encoding) / 4.0 FROM enrolled_encodings
  UNION SELECT length(mean) / 4.0 FROM clusters
  UNION SELECT length(bytes) / 4.0 FROM change_rows WHERE bytes IS NOT NULL`;

/** How many numbers the encodings in the database have, by model. */
export interface Dimensions {
  /** null: there never was one of the model. */
  of(model: string): number | null;
  all(): ReadonlyMap<string, number>;
  /** Keeps that of a new model, inside the caller's transaction. @throws {RangeError} for one of another length than the others of its model */
  check(model: string, encoding: Float32Array): void;
}

/**
 * @throws {StartRefused} when those of a model have another number than it says, or were scaled for another threshold, or
 * dlib's have another number than 128.
 */
export function openDimensions({ db, file, write }: Connection, notes: Notes, models: Models): Dimensions {
  const read = (): Map<string, number> => {
    const others = JSON.parse(notes.get("dimensions") ?? "{}") as Record<string, number>;
    return new Map([[DLIB, DIMENSION], ...Object.entries(others)]);
  };
  const readScales = (): Record<string, number> => JSON.parse(notes.get("scales") ?? "{}") as Record<string, number>;
  const wrong = findWrongDimension(db) ?? findOtherThan(models, read()) ?? findOtherScale(models, readScales());
  if (wrong !== null) {
    db.close();
    throw new StartRefused(`${file} cannot be used: ${wrong}`);
  }
  if (notes.get("dimension") === null) write(() => notes.set("dimension", String(DIMENSION)));

  /** From the first encoding on that is stored while the model is described. */
  function keepScale(model: string): void {
    const length = models.get(model)?.length ?? null;
    const scales = length === null ? null : readScales();
    if (scales && scales[model] === undefined) notes.set("scales", JSON.stringify({ ...scales, [model]: length }));
  }

  return {
    of: (model) => read().get(model) ?? null,
    all: read,
    check(model, encoding) {
      keepScale(model);
      const kept = read();
      const dimension = kept.get(model);
      if (dimension === encoding.length) return;
      if (dimension !== undefined) {
        throw new RangeError(`encodings of ${model} have ${dimension} numbers here, not ${encoding.length}`);
      }
      kept.delete(DLIB);
      notes.set("dimensions", JSON.stringify(Object.fromEntries(kept.set(model, encoding.length))));
    },
  };
}

/** A sentence when dlib's encodings, which are all that version 0.1 had, have another length than 128; else null. */
export function findWrongDimension(db: Database.Database): string | null {
  const kept = db.prepare<[], string>("SELECT value FROM notes WHERE key = 'dimension'").pluck().get();
  // Version 0.1.0 kept no length, and could be configured to store another one. Only the first start looks through all.
  const found = kept === undefined ? db.prepare<[], number>(LENGTHS).pluck().all() : [Number(kept)];
  const wrong = found.find((numbers) => numbers !== DIMENSION);
  if (wrong === undefined) return null;
  return `it has encodings of ${wrong} numbers, this version of faces2mqtt works with ${DIMENSION}`;
}

function findOtherThan(models: Models, kept: ReadonlyMap<string, number>): string | null {
  for (const [name, numbers] of kept) {
    const wanted = models.get(name)?.dimension ?? numbers;
    if (wanted === numbers) continue;
    return `its encodings of the model ${name} have ${numbers} numbers, not ${wanted}: another model needs another name`;
  }
  return null;
}

/** Encodings that were scaled for another threshold would be compared as if they were nearer or farther than they are. */
function findOtherScale(models: Models, kept: Readonly<Record<string, number>>): string | null {
  for (const [name, length] of Object.entries(kept)) {
    const wanted = models.get(name)?.length ?? length;
    if (Math.abs(wanted - length) < 1e-6) continue;
    const toThreshold = (scale: number): number => Number((COMMON_THRESHOLD / scale).toFixed(4));
    return (
      `its encodings of the model ${name} were stored with the threshold ${toThreshold(length)}, ` +
      `not ${toThreshold(wanted)}: another threshold needs another name`
    );
  }
  return null;
}

/** The models, and those of which there are encodings although nothing describes them any more: they stay as they are. */
export function withKept(models: Models, kept: ReadonlyMap<string, number>): Models {
  const others = [...kept].map(([name, dimension]): EncodingModel => ({ name, dimension, length: null }));
  return new Map([...others, ...models.values()].map((model) => [model.name, model]));
}
