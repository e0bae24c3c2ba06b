import type { Cluster } from "../../domain/cluster.ts";
import { readCursor, toPageOf } from "../cursors.ts";
import { type FaceRow, SELECT_FACE, toFace } from "../faces/face-rows.ts";
import { checksum, fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { ClusterRow } from "./clusters.ts";

const REPRESENTATIVES = 5;

/** Reading clusters, with the faces that represent them. */
export interface ClusterList extends Pick<Store, "clusters" | "cluster" | "clusterEncodings"> {
  toCluster(row: ClusterRow): Cluster;
}

export function createClusterList({ db }: Connection): ClusterList {
  const one = db.prepare<[string], ClusterRow>("SELECT * FROM clusters WHERE cluster_id = ?");
  const first = db.prepare<[number, number], ClusterRow>(
    "SELECT * FROM clusters WHERE ignored = ? ORDER BY size DESC, cluster_id LIMIT ?",
  );
  const next = db.prepare<[number, number, number, string, number], ClusterRow>(
    `SELECT * FROM clusters WHERE ignored = ? AND size <= ? AND (size < ? OR cluster_id > ?)
     ORDER BY size DESC, cluster_id LIMIT ?`,
  );
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
  // From the few rejections to the many members, not the other way round.
  const rejected = db.prepare<[], { cluster_ref: number; person_id: string }>(
    `SELECT DISTINCT cf.cluster_ref, p.person_id FROM rejections r
     CROSS JOIN cluster_faces cf ON cf.face_id = r.face_id
     CROSS JOIN people p ON p.id = r.person_ref ORDER BY p.person_id`,
  );

  function toNotPeople(): (ref: number) => string[] {
    const rows = rejected.all();
    return (ref) => rows.filter((row) => row.cluster_ref === ref).map((row) => row.person_id);
  }

  function toCluster(row: ClusterRow, notPeople = toNotPeople()): Cluster {
    return {
      id: row.cluster_id,
      version: row.version,
      ignored: row.ignored === 1,
      size: row.size,
      cameras: JSON.parse(row.cameras) as string[],
      firstSeen: new Date(row.first_seen),
      lastSeen: new Date(row.last_seen),
      mean: fromBlob(row.mean),
      representatives: representatives.all(row.id).map(toFace),
      notPeople: notPeople(row.id),
    };
  }

  return {
    toCluster: (row) => toCluster(row),
    async clusters({ ignored }, page) {
      const after = readCursor(page, [0, ""] as [number, string]);
      const flag = ignored ? 1 : 0;
      const rows = after
        ? next.all(flag, after[0], after[0], after[1], page.limit + 1)
        : first.all(flag, page.limit + 1);
      const notPeople = toNotPeople();
      return toPageOf(
        rows,
        page.limit,
        (row) => toCluster(row, notPeople),
        (row) => [row.size, row.cluster_id],
      );
    },
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
