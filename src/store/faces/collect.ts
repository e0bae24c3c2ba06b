import type { FaceState } from "../../domain/face.ts";
import type { Log } from "../../domain/log.ts";
import { checksum } from "../file/blobs.ts";
import type { ReportDamage } from "../file/damage.ts";
import type { Connection } from "../file/database.ts";
import type { Dimensions } from "../file/dimension.ts";
import type { CollectedFaces } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { IS_IN_STATE, IS_UNASSIGNED } from "./face-rows.ts";

/** Rows read at a time: about a millisecond for each five hundred. */
const CHUNK = 1_000;

/** Without a match, or taken out of the person it matched: what a person said overrules the match. */
const IS_STRANGER = `(f.matched_ref IS NULL OR EXISTS (
  SELECT 1 FROM rejections r WHERE r.face_id = f.id AND r.person_ref = f.matched_ref))`;

const COLUMNS = "f.id, f.encoding, f.encoding_crc, f.model, f.camera, f.source";

interface Row {
  readonly id: number;
  readonly encoding: Buffer;
  readonly encoding_crc: number;
  readonly model: string;
  readonly camera: string;
  readonly source: string | null;
}

export interface CollectDeps {
  readonly connection: Connection;
  readonly dimensions: Dimensions;
  readonly reportDamage: ReportDamage;
  readonly log: Pick<Log, "error">;
}

/** Reads the encodings of many faces, packed, and yields between chunks. Damaged ones are left out and reported. */
export function createCollect(deps: CollectDeps): Pick<Store, "encodings" | "collectUnassigned" | "looksOfFaces"> {
  const { connection, dimensions, reportDamage, log } = deps;
  const { db, column } = connection;
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const byId = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM face_embeddings f WHERE f.id IN (SELECT value FROM json_each(?))`,
  );
  const looks = db
    .prepare<[number, number], [number, number]>(
      "SELECT id, encoding_ref FROM face_embeddings WHERE encoding_ref IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
    )
    .raw();
  /** Ids of damaged faces, as of the last read. */
  let damaged: readonly number[] = [];

  function prepare(condition: string) {
    return {
      count: column<[string], number>(`SELECT count(*) FROM face_embeddings f WHERE f.model = ? AND ${condition}`),
      chunk: db.prepare<[number, string, number], Row>(
        `SELECT ${COLUMNS} FROM face_embeddings f WHERE f.id > ? AND f.model = ? AND ${condition} ORDER BY f.id LIMIT ?`,
      ),
    };
  }

  const bytesOf = (model: string): number => (dimensions.of(model) ?? 0) * Float32Array.BYTES_PER_ELEMENT;
  const isDamaged = ({ encoding, encoding_crc, model }: Row, bytesEach = bytesOf(model)): boolean =>
    encoding.byteLength !== bytesEach || checksum(encoding) !== encoding_crc;

  async function collect(condition: string, model: string): Promise<CollectedFaces> {
    const bytesEach = bytesOf(model);
    const { count, chunk } = prepared.get(condition) ?? prepare(condition);
    prepared.set(condition, { count, chunk });
    // Faces that arrive during the read belong to the next one.
    const most = count.get(model) ?? 0;
    const bytes = new Uint8Array(new SharedArrayBuffer(most * bytesEach));
    const faceIds: number[] = [];
    const frames = new Int32Array(most);
    const frameNumbers = new Map<string, number>();
    const broken: number[] = [];
    for (let after = 0; faceIds.length < most; ) {
      const rows = chunk.all(after, model, CHUNK);
      for (const row of rows) {
        after = row.id;
        if (faceIds.length === most) break;
        if (isDamaged(row, bytesEach)) {
          broken.push(row.id);
          continue;
        }
        bytes.set(row.encoding, faceIds.length * bytesEach);
        frames[faceIds.length] = frameNumber(frameNumbers, row);
        faceIds.push(row.id);
      }
      if (rows.length < CHUNK) break;
      await new Promise(setImmediate);
    }
    report(broken);
    const data = new Float32Array(bytes.buffer, 0, (faceIds.length * bytesEach) / Float32Array.BYTES_PER_ELEMENT);
    return { model, faceIds, data, frames: frames.subarray(0, faceIds.length) };
  }

  /** A read sees only some faces: what earlier reads found damaged is looked at again, as it may be gone since. */
  function report(broken: readonly number[]): void {
    const suspects = JSON.stringify([...new Set([...damaged, ...broken])]);
    damaged = byId
      .all(suspects)
      .filter((row) => isDamaged(row))
      .map((row) => row.id);
    if (broken.length > 0)
      log.error({ faces: broken.slice(0, 20), count: broken.length }, "damaged encodings left out");
    reportDamage(
      "faces",
      damaged.length === 0 ? null : `${damaged.length} stored encodings are damaged and were left out`,
    );
  }

  return {
    async looksOfFaces() {
      const found = new Map<number, number>();
      for (let after = 0; ; ) {
        const rows = looks.all(after, CHUNK);
        for (const [face, look] of rows) found.set(face, look);
        if (rows.length < CHUNK) return found;
        after = rows.at(-1)?.[0] ?? after;
        await new Promise(setImmediate);
      }
    },
    async encodings(states, model) {
      const wanted = [...new Set(states)].map((state: FaceState) => `(${IS_IN_STATE[state]})`);
      const condition = `(${wanted.length > 0 ? wanted.join(" OR ") : "false"})`;
      const { frames: _, ...collected } = await collect(condition, model);
      return collected;
    },
    async collectUnassigned({ includeRecognized }) {
      const condition = `${IS_UNASSIGNED}${includeRecognized ? "" : ` AND ${IS_STRANGER}`}`;
      const found: CollectedFaces[] = [];
      for (const model of dimensions.all().keys()) {
        const collected = await collect(condition, model);
        if (collected.faceIds.length > 0) found.push(collected);
      }
      return found;
    },
  };
}

function frameNumber(numbers: Map<string, number>, { camera, source }: Row): number {
  if (source === null) return -1;
  const key = JSON.stringify([camera, source]);
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}
