import type { Log } from "../../domain/log.ts";
import { checksum } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { CollectedFaces, FaceEncodings } from "../port/faces.ts";
import type { Store } from "../port.ts";
import { IS_ASSIGNED, IS_IGNORED, IS_UNASSIGNED } from "./face-rows.ts";

/** Rows read at a time: about a millisecond for each five hundred. */
const CHUNK = 1_000;

/** Without a match, or taken out of whom it matched: "not this person" is the last word. */
const IS_NOBODYS = `(f.matched_ref IS NULL OR EXISTS (
  SELECT 1 FROM rejections r WHERE r.face_id = f.id AND r.person_ref = f.matched_ref))`;

interface Row {
  readonly id: number;
  readonly encoding: Buffer;
  readonly encoding_crc: number;
  readonly camera: string;
  readonly source: string | null;
}

/** Reads the encodings of many faces, packed; others get a turn between chunks. */
export function createCollect(
  { db }: Connection,
  log: Log,
  onProblem: (message: string) => void,
): Pick<Store, "encodings" | "collectUnassigned"> {
  const prepared = new Map<string, ReturnType<typeof prepare>>();

  function prepare(condition: string) {
    return {
      count: db.prepare<[], number>(`SELECT count(*) FROM face_embeddings f WHERE ${condition}`).pluck(),
      size: db
        .prepare<[], number>(
          `SELECT length(encoding) FROM face_embeddings f WHERE ${condition} ORDER BY id DESC LIMIT 1`,
        )
        .pluck(),
      chunk: db.prepare<[number, number], Row>(
        `SELECT f.id, f.encoding, f.encoding_crc, f.camera, f.source FROM face_embeddings f
         WHERE f.id > ? AND ${condition} ORDER BY f.id LIMIT ?`,
      ),
    };
  }

  async function collect(condition: string): Promise<CollectedFaces> {
    const { count, size, chunk } = prepared.get(condition) ?? prepare(condition);
    prepared.set(condition, { count, size, chunk });
    // What arrives while this reads belongs to the next discovery.
    const most = count.get() ?? 0;
    const bytesEach = size.get() ?? 0;
    const bytes = new Uint8Array(new SharedArrayBuffer(most * bytesEach));
    const faceIds: number[] = [];
    const frames = new Int32Array(most);
    const frameNumbers = new Map<string, number>();
    const broken: number[] = [];
    for (let after = 0; faceIds.length < most; ) {
      const rows = chunk.all(after, CHUNK);
      for (const row of rows) {
        after = row.id;
        if (faceIds.length === most) break;
        if (row.encoding.byteLength !== bytesEach || checksum(row.encoding) !== row.encoding_crc) {
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
    if (broken.length > 0) {
      log.error(
        { faces: broken.slice(0, 20), count: broken.length },
        "encodings that are damaged, or of another length than the newest, were left out",
      );
      onProblem(
        `${broken.length} stored encodings are damaged, or of another length than the newest, and were left out`,
      );
    }
    const data = new Float32Array(bytes.buffer, 0, (faceIds.length * bytesEach) / Float32Array.BYTES_PER_ELEMENT);
    return { faceIds, data, frames: frames.subarray(0, faceIds.length) };
  }

  return {
    async encodings(states): Promise<FaceEncodings> {
      const conditions = { assigned: IS_ASSIGNED, ignored: IS_IGNORED, unassigned: IS_UNASSIGNED };
      const wanted = [...new Set(states)].map((state) => `(${conditions[state]})`);
      const { faceIds, data } = await collect(`(${wanted.length > 0 ? wanted.join(" OR ") : "false"})`);
      return { faceIds, data };
    },
    collectUnassigned: ({ includeRecognized }) =>
      collect(`${IS_UNASSIGNED}${includeRecognized ? "" : ` AND ${IS_NOBODYS}`}`),
  };
}

function frameNumber(numbers: Map<string, number>, { camera, source }: Row): number {
  if (source === null) return -1;
  const key = JSON.stringify([camera, source]);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
