import type { Cluster, SplitSides } from "../../domain/cluster.ts";
import { readCursor, toPageOf } from "../cursors.ts";
import { type FaceRow, SELECT_FACE, toFace } from "../faces/face-rows.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { ClusterOutline, ClusterSort } from "../port/clusters.ts";
import type { Store } from "../port.ts";
import { toClusterConditions } from "./cluster-conditions.ts";
import type { ClusterRow } from "./clusters.ts";

const REPRESENTATIVES = 5;
/** Rows read at a time. */
const CHUNK = 500;

/** The column of each order, which is descending, and what a page after `(key, id)` begins with. */
const ORDERS: Readonly<
  Record<ClusterSort, { readonly column: "size" | "last_seen"; readonly like: [number | string, string] }>
> = {
  size: { column: "size", like: [0, ""] },
  last_seen: { column: "last_seen", like: ["", ""] },
};

/** Reading clusters, with the faces that represent them. */
export interface ClusterList
  extends Pick<Store, "clusters" | "cluster" | "clusterEncodings" | "clusterOutlines" | "countRecognized"> {
  toCluster(row: ClusterRow): Cluster;
  /** The proposed split of the cluster with this number; null: none, or no face of one side is left. */
  splitOf(ref: number): SplitSides | null;
}

export function createClusterList({ db, column, prepared }: Connection): ClusterList {
  const one = db.prepare<[string], ClusterRow>("SELECT * FROM clusters WHERE cluster_id = ?");
  const representatives = db.prepare<[number], FaceRow>(
    `${SELECT_FACE} WHERE cf.cluster_ref = ? ORDER BY cf.rank, f.id LIMIT ${REPRESENTATIVES}`,
  );
  const encodings = db.prepare<[{ cluster: string; limit: number }], { encoding: Buffer; encoding_crc: number }>(
    `WITH members AS (
       SELECT face_id, row_number() OVER (ORDER BY face_id) AS at, count(*) OVER () AS size FROM cluster_faces
       WHERE cluster_ref = (SELECT id FROM clusters WHERE cluster_id = :cluster))
     SELECT f.encoding, f.encoding_crc FROM members JOIN face_embeddings f ON f.id = face_id
     WHERE at * :limit / max(size, :limit) > (at - 1) * :limit / max(size, :limit) ORDER BY f.id`,
  );
  const sides = db.prepare<[number], { face_id: number; side: 0 | 1 }>(
    "SELECT face_id, side FROM cluster_faces WHERE cluster_ref = ? AND side IS NOT NULL ORDER BY face_id",
  );
  const stranger = column<[number], string>(
    `SELECT s.stranger_id FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id
     JOIN visits v ON v.visit_id = f.visit_id JOIN strangers s ON s.id = v.stranger_ref
     JOIN clusters c ON c.id = cf.cluster_ref
     WHERE cf.cluster_ref = ? GROUP BY s.id HAVING 2 * count(*) > c.size`,
  );
  // From the few rejections to the many members, not the other way round.
  const rejected = db.prepare<[], { cluster_ref: number; person_id: string }>(
    `SELECT DISTINCT cf.cluster_ref, p.person_id FROM rejections r
     CROSS JOIN cluster_faces cf ON cf.face_id = r.face_id
     CROSS JOIN people p ON p.id = r.person_ref ORDER BY p.person_id`,
  );

  const outlines = db.prepare<[number, number, number], ClusterRow>(
    "SELECT * FROM clusters WHERE ignored = ? AND id > ? ORDER BY id LIMIT ?",
  );
  const recognized = column<[string, string], number>(
    `SELECT count(*) FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id
     WHERE cf.cluster_ref = (SELECT id FROM clusters WHERE cluster_id = ?)
     AND f.matched_ref = (SELECT id FROM people WHERE person_id = ?)`,
  );

  function toNotPeople(): (ref: number) => string[] {
    const byCluster = new Map<number, string[]>();
    for (const { cluster_ref: ref, person_id: personId } of rejected.all()) {
      byCluster.set(ref, [...(byCluster.get(ref) ?? []), personId]);
    }
    return (ref) => byCluster.get(ref) ?? [];
  }

  function splitOf(ref: number): SplitSides | null {
    const rows = sides.all(ref);
    const side = (wanted: 0 | 1): number[] => rows.flatMap((row) => (row.side === wanted ? row.face_id : []));
    const split = [side(0), side(1)] as const;
    return split[0].length > 0 && split[1].length > 0 ? split : null;
  }

  function toOutline(row: ClusterRow, notPeople: (ref: number) => string[]): ClusterOutline {
    return {
      id: row.cluster_id,
      version: row.version,
      ignored: row.ignored === 1,
      size: row.size,
      cameras: JSON.parse(row.cameras) as string[],
      firstSeen: new Date(row.first_seen),
      lastSeen: new Date(row.last_seen),
      mean: fromBlob(row.mean),
      notPeople: notPeople(row.id),
      split: splitOf(row.id),
      model: row.model,
    };
  }

  function toCluster(row: ClusterRow, notPeople = toNotPeople()): Cluster {
    const { worst_face: faceId, worst_distance: distance } = row;
    return {
      ...toOutline(row, notPeople),
      representatives: representatives.all(row.id).map(toFace),
      tightness: row.tightness,
      worst: faceId === null || distance === null ? null : { faceId, distance },
      strangerId: stranger.get(row.id) ?? null,
    };
  }

  return {
    toCluster: (row) => toCluster(row),
    splitOf,
    async clusters(filter, page) {
      const { column: order, like } = ORDERS[filter.sort ?? "size"];
      const after = readCursor(page, like);
      const { where, values } = toClusterConditions(filter);
      if (after) {
        where.push(`${order} <= ? AND (${order} < ? OR cluster_id > ?)`);
        values.push(after[0], after[0], after[1]);
      }
      const rows = prepared<ClusterRow>(
        `SELECT * FROM clusters WHERE ${where.join(" AND ")} ORDER BY ${order} DESC, cluster_id LIMIT ?`,
      ).all(...values, page.limit + 1);
      const notPeople = toNotPeople();
      return toPageOf(
        rows,
        page.limit,
        (row) => toCluster(row, notPeople),
        (row) => [row[order], row.cluster_id],
      );
    },
    async clusterOutlines({ ignored }) {
      const found: ClusterOutline[] = [];
      const notPeople = toNotPeople();
      for (let after = 0; ; ) {
        const rows = outlines.all(ignored ? 1 : 0, after, CHUNK);
        for (const row of rows) found.push(toOutline(row, notPeople));
        if (rows.length < CHUNK) return found;
        after = rows.at(-1)?.id ?? after;
        await new Promise(setImmediate);
      }
    },
    countRecognized: async (cluster, personId) => recognized.get(cluster, personId) ?? 0,
    async cluster(id) {
      const row = one.get(id);
      return row ? toCluster(row) : null;
    },
    async clusterEncodings(cluster, limit) {
      const rows = encodings.all({ cluster, limit });
      return rows.filter((row) => checksum(row.encoding) === row.encoding_crc).map((row) => fromBlob(row.encoding));
    },
  };
}
