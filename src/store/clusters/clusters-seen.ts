import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";

/** Clusters by the faces in them. */
export function createClustersSeen({ prepared }: Connection): Pick<Store, "clustersSeen"> {
  return {
    async clustersSeen({ camera, from, to }) {
      const where: string[] = [];
      const values: string[] = [];
      const add = (condition: string, value: string | undefined): void => {
        if (value === undefined) return;
        where.push(condition);
        values.push(value);
      };
      add("f.camera = ?", camera);
      add("f.captured_at >= ?", from?.toISOString());
      add("f.captured_at < ?", to?.toISOString());
      const rows = prepared<{ cluster_id: string }>(
        `SELECT cluster_id FROM clusters WHERE id IN (
           SELECT cf.cluster_ref FROM face_embeddings f JOIN cluster_faces cf ON cf.face_id = f.id
           ${where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`})`,
      ).all(...values);
      return new Set(rows.map((row) => row.cluster_id));
    },
  };
}
