import type { CountedEncoding } from "../../domain/person.ts";
import { varianceOf } from "../../domain/vectors/encoding.ts";
import type { ClusterList } from "../clusters/cluster-list.ts";
import { fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { CounterExamples } from "./counter-examples.ts";
import type { Enrolment } from "./enrolment.ts";
import type { PersonRows } from "./person-rows.ts";

/** Faces that an ignored group's variance is computed from. */
const SAMPLE = 20;

interface GalleryDeps {
  readonly people: PersonRows;
  readonly enrolment: Enrolment;
  readonly examples: CounterExamples;
  readonly clusterList: Pick<ClusterList, "clusterEncodings">;
}

/** Everything that recognition compares with. */
export function createGallery(
  { db }: Connection,
  { people, enrolment, examples, clusterList }: GalleryDeps,
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
          encodings: (encodings.get(ref) ?? []).map((row) => ({ id: row.id, ...toCounted(row) })),
          notEncodings: (notEncodings.get(ref) ?? []).map(({ encoding, count, model }) => ({ encoding, count, model })),
        })),
        ignored: await Promise.all(
          ignored.all().map(async (row) => {
            const faces = await clusterList.clusterEncodings(row.cluster_id, SAMPLE);
            return {
              cluster: row.cluster_id,
              encoding: fromBlob(row.mean),
              count: row.mean_count,
              variance: faces.length < 2 ? null : varianceOf(faces.map((face) => face.encoding)),
              model: row.model,
            };
          }),
        ),
      };
    },
  };
}

function toCounted({ encoding, count, variance = null, model }: CountedEncoding): CountedEncoding {
  return { encoding, count, variance, model };
}

/** Rows by key, in order. */
export function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
