import { fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { CounterExamples } from "./counter-examples.ts";
import type { Enrolment } from "./enrolment.ts";
import type { PersonRows } from "./person-rows.ts";

/** Everything that recognition compares with. */
export function createGallery(
  { db }: Connection,
  { people, enrolment, examples }: { people: PersonRows; enrolment: Enrolment; examples: CounterExamples },
): Pick<Store, "gallery"> {
  const ignored = db.prepare<[], { cluster_id: string; mean: Buffer; mean_count: number; model: string }>(
    "SELECT cluster_id, mean, mean_count, model FROM clusters WHERE ignored = 1 ORDER BY id",
  );
  return {
    async gallery() {
      const encodings = groupBy(enrolment.all(), (row) => row.personRef);
      const notEncodings = groupBy(examples.all(), (row) => row.personRef);
      return {
        people: people.all().map(({ ref, personId, name }) => ({
          personId,
          name,
          encodings: (encodings.get(ref) ?? []).map(({ encoding, count, model }) => ({ encoding, count, model })),
          notEncodings: (notEncodings.get(ref) ?? []).map(({ encoding, count, model }) => ({ encoding, count, model })),
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
