import { fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { Enrolment } from "./enrolment.ts";
import type { PersonRows } from "./person-rows.ts";

/** Everything that recognition compares with. */
export function createGallery({ db }: Connection, people: PersonRows, enrolment: Enrolment): Pick<Store, "gallery"> {
  const rejected = db.prepare<[], { person_ref: number; encoding: Buffer; model: string }>(
    `SELECT r.person_ref, f.encoding, f.model FROM rejections r JOIN face_embeddings f ON f.id = r.face_id
     ORDER BY r.person_ref, r.face_id`,
  );
  const ignored = db.prepare<[], { cluster_id: string; mean: Buffer; mean_count: number; model: string }>(
    "SELECT cluster_id, mean, mean_count, model FROM clusters WHERE ignored = 1 ORDER BY id",
  );
  return {
    async gallery() {
      const encodings = groupBy(enrolment.all(), (row) => row.personRef);
      const notEncodings = groupBy(rejected.all(), (row) => row.person_ref);
      return {
        people: people.all().map(({ ref, personId, name }) => ({
          personId,
          name,
          encodings: (encodings.get(ref) ?? []).map(({ encoding, count, model }) => ({ encoding, count, model })),
          notEncodings: (notEncodings.get(ref) ?? []).map(({ encoding, model }) => ({
            encoding: fromBlob(encoding),
            count: 1,
            model,
          })),
        })),
        ignored: ignored.all().map((row) => ({
          cluster: row.cluster_id,
          encoding: fromBlob(row.mean),
          count: row.mean_count,
          model: row.model,
        })),
      };
    },
  };
}

/** Rows by key, in order. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
