import { fromBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { Clusters } from "./clusters.ts";

/** A cluster shows as many of its faces. */
const REPRESENTATIVES = 5;

interface Row {
  readonly id: number;
  readonly rank: number;
  readonly encoding: Buffer;
  readonly visitId: string | null;
  readonly hasThumbnail: number;
}

/** Keeps which faces represent a cluster, and the split that it shows. */
export function createClusterView({ db, write }: Connection, clusters: Clusters): Pick<Store, "saveClusterView"> {
  const faces = db.prepare<[number], Row>(
    `SELECT f.id, cf.rank, f.encoding, f.visit_id AS visitId,
       EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
     FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id WHERE cf.cluster_ref = ? ORDER BY f.id`,
  );
  const setRank = db.prepare(
    "UPDATE cluster_face_rows SET rank = ? WHERE cluster_ref = ? AND face_id = ? AND rank <> ?",
  );
  const clearSides = db.prepare("UPDATE cluster_face_rows SET side = NULL WHERE cluster_ref = ? AND side IS NOT NULL");
  const setSide = db.prepare("UPDATE cluster_face_rows SET side = ? WHERE cluster_ref = ? AND face_id = ?");

  return {
    saveClusterView: async (clusterId, view) =>
      write(() => {
        const cluster = clusters.find(clusterId);
        if (!cluster) return false;
        const before = clusters.members(cluster.id).slice(0, REPRESENTATIVES);
        const rows = faces.all(cluster.id);
        const { faceIds, split } = view(
          rows.map(({ id, encoding, visitId, hasThumbnail }) => ({
            faceId: id,
            encoding: fromBlob(encoding),
            visitId,
            hasThumbnail: hasThumbnail === 1,
          })),
          cluster.model,
        );
        for (const [rank, faceId] of faceIds.entries()) setRank.run(rank, cluster.id, faceId, rank);
        if (split !== undefined) {
          clearSides.run(cluster.id);
          split?.forEach((side, i) => {
            for (const face of side) setSide.run(i, cluster.id, face);
          });
        }
        return before.some((faceId, i) => faceId !== faceIds[i]);
      }),
  };
}
