import type { ClusterFilter } from "../port/clusters.ts";

/** Conditions of a query on `clusters`, to be joined by AND, and the values of their placeholders, in order. */
export interface ClusterConditions {
  readonly where: string[];
  readonly values: (string | number)[];
}

/** What a filter asks of a row of `clusters`. */
export function toClusterConditions({ ignored, ids, minSize, camera, from, to }: ClusterFilter): ClusterConditions {
  const where = ["ignored = ?"];
  const values: (string | number)[] = [ignored ? 1 : 0];
  const add = (condition: string, value: string | number): void => {
    where.push(condition);
    values.push(value);
  };
  if (ids !== undefined) add("cluster_id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
  if (minSize !== undefined) add("size >= ?", minSize);
  // The times of a cluster rule most of them out without looking at their faces.
  if (from !== undefined) add("last_seen >= ?", from.toISOString());
  if (to !== undefined) add("first_seen < ?", to.toISOString());
  const faces: string[] = [];
  if (camera !== undefined) {
    faces.push("f.camera = ?");
    values.push(camera);
  }
  if (from !== undefined) {
    faces.push("f.captured_at >= ?");
    values.push(from.toISOString());
  }
  if (to !== undefined) {
    faces.push("f.captured_at < ?");
    values.push(to.toISOString());
  }
  if (faces.length > 0) {
    where.push(`EXISTS (SELECT 1 FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id
      WHERE cf.cluster_ref = clusters.id AND ${faces.join(" AND ")})`);
  }
  return { where, values };
}
