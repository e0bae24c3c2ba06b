import type { Cluster, SplitSides } from "../../domain/cluster.ts";
import { readCursor, toPageOf } from "../../domain/cursors.ts";
import { type FaceRow, SELECT_FACE, toFace } from "../faces/face-rows.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { ClusterOutline, ClusterSort } from "../port/clusters.ts";
import type { Store } from "../port.ts";
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

const STRANGER = `SELECT cf.cluster_ref AS ref, s.stranger_id AS strangerId, s.id AS number,
  (SELECT count(*) FROM visits WHERE stranger_ref = s.id) AS visits`;
const MOST_FACES = "GROUP BY cf.cluster_ref, s.id HAVING 2 * count(*) > c.size";

interface EncodingRow {
  readonly id: number;
  readonly encoding: Buffer;
  readonly encoding_crc: number;
}

/** To whose visits most of a cluster's faces belong. */
interface StrangerRow {
  readonly ref: number;
  readonly strangerId: string;
  readonly number: number;
  readonly visits: number;
}

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
  const members = column<[{ cluster: string; limit: number }], number>(
    `WITH members AS (
       SELECT face_id, row_number() OVER (ORDER BY face_id) AS at, count(*) OVER () AS size FROM cluster_faces
       WHERE cluster_ref = (SELECT id FROM clusters WHERE cluster_id = :cluster))
     SELECT face_id FROM members
     WHERE at * :limit / max(size, :limit) > (at - 1) * :limit / max(size, :limit) ORDER BY face_id`,
  );
  const encodings = db.prepare<[string], EncodingRow>(
    `SELECT id, encoding, encoding_crc FROM face_embeddings
     WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  const sides = db.prepare<[number], { face_id: number; side: 0 | 1 }>(
    "SELECT face_id, side FROM cluster_faces WHERE cluster_ref = ? AND side IS NOT NULL ORDER BY face_id",
  );
  const visits = column<[number], number>(
    `SELECT max(1, count(DISTINCT f.visit_id)) FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id
     WHERE cf.cluster_ref = ?`,
  );
  // From the few visits of strangers to the many members, not the other way round.
  const strangers = db.prepare<[], StrangerRow>(
    `${STRANGER} FROM strangers s CROSS JOIN visits v ON v.stranger_ref = s.id
     CROSS JOIN face_embeddings f ON f.visit_id = v.visit_id CROSS JOIN cluster_faces cf ON cf.face_id = f.id
     CROSS JOIN clusters c ON c.id = cf.cluster_ref ${MOST_FACES}`,
  );
  const stranger = db.prepare<[number], StrangerRow>(
    `${STRANGER} FROM cluster_faces cf CROSS JOIN face_embeddings f ON f.id = cf.face_id
     CROSS JOIN visits v ON v.visit_id = f.visit_id CROSS JOIN strangers s ON s.id = v.stranger_ref
     CROSS JOIN clusters c ON c.id = cf.cluster_ref WHERE cf.cluster_ref = ? ${MOST_FACES}`,
  );
  // From the few rejections to the many members, not the other way round.
  const rejected = db.prepare<[], { cluster_ref: number; person_id: string }>(
    `SELECT DISTINCT cf.cluster_ref, p.person_id FROM rejections r
     CROSS JOIN cluster_faces cf ON cf.face_id = r.face_id
     CROSS JOIN people p ON p.id = r.person_ref ORDER BY p.person_id`,
  );

  const shown = column<[], number>("SELECT generation FROM shown_generation");
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

  function toOutline(
    row: ClusterRow,
    notPeople: (ref: number) => string[],
    strangerOf: (ref: number) => StrangerRow | undefined,
  ): ClusterOutline {
    const found = strangerOf(row.id);
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
      stranger: found ? { strangerId: found.strangerId, number: found.number, visits: found.visits } : null,
    };
  }

  function toCluster(row: ClusterRow, notPeople = toNotPeople()): Cluster {
    const { worst_face: faceId, worst_distance: distance } = row;
    return {
      ...toOutline(row, notPeople, stranger.get.bind(stranger)),
      representatives: representatives.all(row.id).map(toFace),
      tightness: row.tightness,
      worst: faceId === null || distance === null ? null : { faceId, distance },
      visits: visits.get(row.id) ?? 1,
    };
  }

  return {
    toCluster: (row) => toCluster(row),
    splitOf,
    async clusters({ ignored, ids, sort = "size" }, page) {
      const { column: order, like } = ORDERS[sort];
      const after = readCursor(page, like);
      const where = ["ignored = ?"];
      const values: (string | number)[] = [ignored ? 1 : 0];
      if (ids !== undefined) {
        where.push("cluster_id IN (SELECT value FROM json_each(?))");
        values.push(JSON.stringify(ids));
      }
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
      let found: ClusterOutline[] = [];
      let generation = shown.get();
      const notPeople = toNotPeople();
      const byCluster = new Map(strangers.all().map((row) => [row.ref, row]));
      for (let after = 0; ; ) {
        if (shown.get() !== generation) {
          // Another discovery's clusters are shown since.
          generation = shown.get();
          found = [];
          after = 0;
        }
        const rows = outlines.all(ignored ? 1 : 0, after, CHUNK);
        for (const row of rows) found.push(toOutline(row, notPeople, (ref) => byCluster.get(ref)));
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
      const rows: EncodingRow[] = [];
      const ids = members.all({ cluster, limit });
      for (let start = 0; start < ids.length; start += CHUNK) {
        if (start > 0) await new Promise(setImmediate);
        for (const row of encodings.all(JSON.stringify(ids.slice(start, start + CHUNK)))) rows.push(row);
      }
      return rows
        .filter((row) => checksum(row.encoding) === row.encoding_crc)
        .map((row) => ({ faceId: row.id, encoding: fromBlob(row.encoding) }));
    },
  };
}
