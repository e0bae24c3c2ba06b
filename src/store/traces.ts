import type { Connection } from "./database.ts";

const WINDOW = 16;
const ENCODING_STEP = 16;
const IMAGE_STEP = 64;
/** The rest of a longer one lies on pages of its own, which are overwritten whole when they are freed. */
const IN_PAGE_BYTES = 16_384;
const MOST_FACES = 1_000;

/** By what deleted rows would be known again, were anything of them left. */
export interface Traces {
  /** Before the faces are deleted: encodings, pictures made and waiting. */
  addFaces(faceIds: readonly number[]): void;
  addBytes(bytes: Uint8Array): void;
  addText(text: string): void;
  /** Whether anything added is in these bytes. Always true when more was added than is worth looking for. */
  isIn(bytes: Buffer): boolean;
}

/** Nothing added yet. */
export type StartTraces = () => Traces;

export function createStartTraces({ db }: Connection): StartTraces {
  const rows = db.prepare<[string], { encoding: Buffer; jpeg: Buffer | null; image: Buffer | null }>(
    `SELECT f.encoding, t.jpeg, p.image FROM face_embeddings f
     LEFT JOIN thumbnails t ON t.face_id = f.id LEFT JOIN pending_thumbnails p ON p.face_id = f.id
     WHERE f.id IN (SELECT value FROM json_each(?))`,
  );

  return () => {
    const windows = new Set<string>();
    const heads = new Set<number>();
    const texts: string[] = [];
    let faces = 0;

    function add(bytes: Buffer, step: number): void {
      const end = Math.min(bytes.length, IN_PAGE_BYTES) - WINDOW;
      for (let start = 0; start <= end; start += step) {
        heads.add(bytes.readInt32LE(start));
        windows.add(bytes.toString("latin1", start, start + WINDOW));
      }
    }

    return {
      addFaces(faceIds) {
        faces += faceIds.length;
        if (faces > MOST_FACES) return;
        for (const { encoding, jpeg, image } of rows.iterate(JSON.stringify(faceIds))) {
          add(encoding, ENCODING_STEP);
          if (jpeg) add(jpeg, IMAGE_STEP);
          if (image) add(image, IMAGE_STEP);
        }
      },
      addBytes: (bytes) => add(Buffer.from(bytes), ENCODING_STEP),
      addText: (text) => void texts.push(text),
      isIn(bytes) {
        if (faces > MOST_FACES || texts.some((text) => bytes.includes(text))) return true;
        for (let start = 0; start + WINDOW <= bytes.length; start++) {
          if (!heads.has(bytes.readInt32LE(start))) continue;
          if (windows.has(bytes.toString("latin1", start, start + WINDOW))) return true;
        }
        return false;
      },
    };
  };
}
