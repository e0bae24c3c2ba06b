import type { PersonVariance } from "../../domain/person.ts";
import { varianceOf } from "../../domain/vectors/encoding.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";

/** Faces of a person that are looked at: the newest. */
const LOOKED_AT = 400;

/** How the faces of people vary. */
export function createPersonVariances({ db, column }: Connection): Pick<Store, "personVariances"> {
  const people = column<[], number>("SELECT id FROM people ORDER BY id");
  const faces = db.prepare<[number, number], { model: string; encoding: Buffer; encoding_crc: number; hour: string }>(
    `SELECT model, encoding, encoding_crc, camera || substr(captured_at, 1, 13) AS hour
     FROM face_embeddings WHERE person_ref = ? ORDER BY captured_at DESC, id DESC LIMIT ?`,
  );
  return {
    async personVariances() {
      const found: PersonVariance[] = [];
      for (const person of people.all()) {
        const byModel = new Map<string, Map<string, Float32Array>>();
        for (const row of faces.all(person, LOOKED_AT)) {
          if (checksum(row.encoding) !== row.encoding_crc) continue;
          const byHour = byModel.get(row.model) ?? new Map<string, Float32Array>();
          byModel.set(row.model, byHour.set(row.hour, fromBlob(row.encoding)));
        }
        for (const [model, byHour] of byModel) {
          found.push({ model, faces: byHour.size, variance: varianceOf([...byHour.values()]) });
        }
        await new Promise(setImmediate);
      }
      return found;
    },
  };
}
