import type { Log } from "../../domain/log.ts";
import type { Models } from "../../domain/model.ts";
import type { CountedEncoding, EnrolledEncoding } from "../../domain/person.ts";
import { nearestIndex, varianceOf } from "../../domain/vectors/encoding.ts";
import { addSums, type EncodingSum, meanOfSum } from "../../domain/vectors/encoding-sum.ts";
import { meanOf, toModelLength } from "../../domain/vectors/mean.ts";
import { createThinned, toSum } from "../faces/thinned.ts";
import { checksum, fromBlob, toBlob } from "../file/blobs.ts";
import type { ReportDamage } from "../file/damage.ts";
import type { Connection } from "../file/database.ts";

/** A face that an encoding is computed from. */
export interface FaceOfEncoding {
  readonly id: number;
  readonly source: string | null;
  readonly encoding: Buffer;
  readonly model: string;
}

/** A row of `enrolled_encodings`. */
export interface EncodingRow {
  readonly id: number;
  readonly person_ref: number;
  readonly source: string;
  readonly sources: string;
  readonly face_count: number;
  readonly encoding: Buffer;
  readonly encoding_crc: number;
  readonly model: string;
  /** 1: made of a visit that a user corrected. */
  readonly correction: number;
  readonly variance: number | null;
}

/** The enrolled encodings of people. Changes happen inside the caller's transaction. */
export interface Enrolment {
  /** @returns the new encoding's id */
  add(personRef: number, encoding: EnrolledEncoding & Pick<CountedEncoding, "variance">): number;
  /** What faces that were assigned together are enrolled as, with those that they stand for. */
  toLook(faces: readonly FaceOfEncoding[]): ReturnType<typeof toEnrolled>;
  /** Computes an encoding again from what its model made of its faces; without any it is deleted. */
  remake(encodingId: number): void;
  facesOf(encodingId: number): FaceOfEncoding[];
  idsOf(personRef: number): number[];
  count(personRef: number): number;
  drop(encodingId: number): void;
  /**
   * All encodings, in order, for the gallery and the registry file; damaged ones are left out and reported. Those of a model
   * that was configured only later, or otherwise before, are as long as it says now.
   */
  all(): (EnrolledEncoding & CountedEncoding & { readonly id: number; readonly personRef: number })[];
}

export interface EnrolmentDeps {
  /** Those that faces may have. */
  readonly models: Models;
  readonly reportDamage: ReportDamage;
  readonly log: Pick<Log, "error">;
}

export function createEnrolment(connection: Connection, { models, reportDamage, log }: EnrolmentDeps): Enrolment {
  const { db, column } = connection;
  const thinned = createThinned(connection);
  const insert = db.prepare(
    `INSERT INTO enrolled_encodings (person_ref, source, sources, face_count, variance, encoding, encoding_crc, model)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE enrolled_encodings SET source = ?, sources = ?, face_count = ?, variance = ?, encoding = ?, encoding_crc = ?
     WHERE id = ?`,
  );
  const facesOf = db.prepare<{ look: number }, FaceOfEncoding>(
    `SELECT id, source, encoding, model FROM face_embeddings WHERE encoding_ref = :look
     UNION ALL SELECT f.id, f.source, e.encoding, e.model FROM further_encodings e
       JOIN face_embeddings f ON f.id = e.face_id WHERE e.encoding_ref = :look
     ORDER BY id`,
  );
  const loosen = db.prepare("UPDATE face_embeddings SET encoding_ref = NULL WHERE encoding_ref = ?");
  const drop = db.prepare("DELETE FROM enrolled_encodings WHERE id = ?");
  const idsOf = column<[number], number>("SELECT id FROM enrolled_encodings WHERE person_ref = ? ORDER BY id");
  const count = column<[number], number>("SELECT count(*) FROM enrolled_encodings WHERE person_ref = ?");
  const all = db.prepare<[], EncodingRow>("SELECT * FROM enrolled_encodings ORDER BY person_ref, id");

  function toKnownLength(encoding: Float32Array, name: string): Float32Array {
    const model = models.get(name);
    return model ? toModelLength(encoding, model) : encoding;
  }

  function toLook(faces: readonly FaceOfEncoding[]): ReturnType<typeof toEnrolled> {
    const ids = faces.map((face) => face.id);
    return toEnrolled(faces, thinned.of(ids, faces[0]?.model ?? ""));
  }

  return {
    toLook,
    add(personRef, { encoding, source, sources, count: faceCount, variance = null, model }) {
      const blob = toBlob(encoding);
      const { lastInsertRowid } = insert.run(
        personRef,
        source,
        JSON.stringify(sources),
        faceCount,
        variance,
        blob,
        checksum(blob),
        model,
      );
      return Number(lastInsertRowid);
    },
    remake(encodingId) {
      const faces = facesOf.all({ look: encodingId });
      if (faces.length === 0) {
        drop.run(encodingId);
        return;
      }
      const made = toLook(faces);
      const blob = toBlob(made.encoding);
      update.run(
        made.source,
        JSON.stringify(made.sources),
        made.count,
        made.variance,
        blob,
        checksum(blob),
        encodingId,
      );
    },
    facesOf: (encodingId) => facesOf.all({ look: encodingId }),
    idsOf: (personRef) => idsOf.all(personRef),
    count: (personRef) => count.get(personRef) ?? 0,
    drop(encodingId) {
      loosen.run(encodingId);
      drop.run(encodingId);
    },
    all() {
      const rows = all.all();
      const damaged = rows.filter((row) => checksum(row.encoding) !== row.encoding_crc);
      if (damaged.length > 0)
        log.error({ encodings: damaged.map((row) => row.id) }, "damaged enrolled encodings left out");
      reportDamage(
        "people",
        damaged.length === 0
          ? null
          : `${damaged.length} enrolled encodings in the database are damaged and were left out`,
      );
      return rows
        .filter((row) => !damaged.includes(row))
        .map((row) => ({
          id: row.id,
          personRef: row.person_ref,
          encoding: toKnownLength(fromBlob(row.encoding), row.model),
          source: row.source,
          sources: JSON.parse(row.sources) as string[],
          count: row.face_count,
          model: row.model,
          variance: row.variance,
        }));
    },
  };
}

/**
 * What faces that were assigned together are enrolled as: their mean, and their frames.
 * @param faces of one model, at least one
 * @param sums By face, what those stand for that stand for others.
 */
export function toEnrolled(
  faces: readonly FaceOfEncoding[],
  sums: ReadonlyMap<number, EncodingSum> = new Map(),
): EnrolledEncoding & { readonly variance: number } {
  const [first] = faces;
  if (!first) throw new RangeError("no encoding can be made of no faces");
  const encodings = faces.map((face) => fromBlob(face.encoding));
  const total = sums.size === 0 ? null : addSums(faces.map((face) => toSum(face, sums)));
  const { mean, variance } = total
    ? meanOfSum(total, first.model)
    : { mean: meanOf(encodings, first.model), variance: varianceOf(encodings) };
  const withSource = faces.filter((face) => face.source !== null);
  // Of the faces that came with a frame, the nearest to the mean.
  const nearest =
    withSource[
      nearestIndex(
        mean,
        withSource.map((face) => fromBlob(face.encoding)),
      )
    ];
  return {
    encoding: mean,
    source: nearest?.source ?? "",
    sources: [...new Set(withSource.map((face) => face.source as string))],
    count: total?.count ?? faces.length,
    variance,
    model: first.model,
  };
}
