import { createHash } from "node:crypto";
import type { Cluster } from "../domain/cluster.ts";
import { meanEncoding } from "../domain/encoding.ts";
import { FacesError } from "../domain/errors.ts";
import type { Db } from "./database.ts";
import type { Store } from "./port.ts";
import { cutPage, FACE_COLUMNS, type FaceRow, fromBlob, fromCursor, toBlob, toFace } from "./rows.ts";

const REPRESENTATIVES = 5;

type ClusterMethods = Pick<Store, "clusterMembers" | "saveDiscovery" | "lastDiscovery" | "clusters" | "cluster">;

/** What changes to people need of clusters. */
export interface ClusterRows {
  /** @throws `CLUSTER_NOT_FOUND`, and `CLUSTER_CHANGED` when a version is given and is another. */
  members(id: string, ignored: boolean, version: string | null): number[];
  /** Takes faces out of whatever cluster they are in; means are made again, empty clusters go. */
  takeOut(faceIds: readonly number[]): void;
}

/** The last discovery's result. Members are kept best representative first. */
export function createClusters(db: Db): ClusterMethods & ClusterRows {
  const head = db.prepare<[string], { id: string; ignored: number; mean: Buffer }>(
    "SELECT id, ignored, mean FROM clusters WHERE id = ?",
  );
  const memberIds = db.prepare<[string], { face: number }>(
    "SELECT face FROM cluster_faces WHERE cluster = ? ORDER BY face",
  );
  const memberEncodings = db.prepare<[string], { encoding: Buffer }>(
    "SELECT f.encoding FROM cluster_faces c JOIN face_embeddings f ON f.id = c.face WHERE c.cluster = ?",
  );
  const shape = db.prepare<[string], { n: number; first: string; last: string }>(
    "SELECT count(*) AS n, min(captured_at) AS first, max(captured_at) AS last FROM cluster_faces c JOIN face_embeddings f ON f.id = c.face WHERE c.cluster = ?",
  );
  const cameras = db.prepare<[string], { camera: string }>(
    "SELECT camera FROM cluster_faces c JOIN face_embeddings f ON f.id = c.face WHERE c.cluster = ? GROUP BY camera ORDER BY count(*) DESC, camera",
  );
  const shown = db.prepare<[string], FaceRow>(
    `SELECT ${FACE_COLUMNS} WHERE c.cluster = ? ORDER BY c.rank, f.id LIMIT ${REPRESENTATIVES}`,
  );
  const notPeople = db.prepare<[string], { person_id: string }>(
    "SELECT DISTINCT p.person_id FROM cluster_faces c JOIN rejections r ON r.face = c.face JOIN people p ON p.id = r.person WHERE c.cluster = ? ORDER BY p.person_id",
  );
  const list = db.prepare<[number, number, number, string, number], { id: string; n: number }>(`
    SELECT id, n FROM (SELECT c.id, count(*) AS n FROM clusters c JOIN cluster_faces m ON m.cluster = c.id WHERE c.ignored = ? GROUP BY c.id)
    WHERE n < ? OR (n = ? AND id > ?) ORDER BY n DESC, id LIMIT ?`);
  const allMembers = db.prepare<[], { cluster: string; face: number }>(
    "SELECT m.cluster, m.face FROM cluster_faces m JOIN clusters c ON c.id = m.cluster WHERE c.ignored = 0 ORDER BY m.cluster, m.face",
  );
  const clear = db.prepare("DELETE FROM clusters WHERE ignored = 0");
  const add = db.prepare("INSERT INTO clusters (id, mean) VALUES (?, ?)");
  const addMember = db.prepare(`
    INSERT INTO cluster_faces (cluster, face, rank)
    SELECT ?, id, ? FROM face_embeddings WHERE id = ? AND person IS NULL AND ignored IS NULL`);
  const remove = db.prepare("DELETE FROM cluster_faces WHERE face = ?");
  const clusterOf = db.prepare<[number], { cluster: string }>("SELECT cluster FROM cluster_faces WHERE face = ?");
  const setMean = db.prepare("UPDATE clusters SET mean = ? WHERE id = ?");
  const drop = db.prepare("DELETE FROM clusters WHERE id = ?");
  const setMeta = db.prepare(
    "INSERT INTO meta VALUES ('last_discovery', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const getMeta = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'last_discovery'");
  const countWaiting = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM clusters WHERE ignored = 0");

  function freshMean(id: string): void {
    const encodings = memberEncodings.all(id).map((row) => fromBlob(row.encoding));
    if (encodings.length === 0) drop.run(id);
    else setMean.run(toBlob(meanEncoding(encodings)), id);
  }

  function read(id: string): Cluster | null {
    const row = head.get(id);
    const figures = shape.get(id);
    if (!row || !figures || figures.n === 0) return null;
    return {
      id,
      version: toVersion(memberIds.all(id).map((one) => one.face)),
      ignored: row.ignored === 1,
      size: figures.n,
      cameras: cameras.all(id).map((one) => one.camera),
      firstSeen: new Date(figures.first),
      lastSeen: new Date(figures.last),
      mean: fromBlob(row.mean),
      representatives: shown.all(id).map(toFace),
      notPeople: notPeople.all(id).map((one) => one.person_id),
    };
  }

  return {
    async clusterMembers() {
      const members = new Map<string, number[]>();
      for (const { cluster, face } of allMembers.all()) {
        const faces = members.get(cluster);
        if (faces) faces.push(face);
        else members.set(cluster, [face]);
      }
      return members;
    },

    saveDiscovery: async (result) =>
      db
        .transaction(() => {
          clear.run();
          for (const cluster of result.clusters) {
            add.run(cluster.id, toBlob(cluster.mean));
            let kept = 0;
            cluster.faceIds.forEach((face, rank) => {
              kept += addMember.run(cluster.id, rank, face).changes;
            });
            if (kept < cluster.faceIds.length) freshMean(cluster.id);
          }
          const { id, faces } = result;
          setMeta.run(JSON.stringify({ id, faces, startedAt: result.startedAt, finishedAt: result.finishedAt }));
        })
        .immediate(),

    async lastDiscovery() {
      const row = getMeta.get();
      if (!row) return null;
      const last = JSON.parse(row.value) as { id: string; faces: number; startedAt: string; finishedAt: string };
      return {
        id: last.id,
        faces: last.faces,
        clusters: countWaiting.get()?.n ?? 0,
        startedAt: new Date(last.startedAt),
        finishedAt: new Date(last.finishedAt),
      };
    },

    async clusters({ ignored }, { limit, cursor }) {
      const [n, id] = cursor === null ? [Number.MAX_SAFE_INTEGER, ""] : fromCursor(cursor);
      const rows = list.all(ignored ? 1 : 0, Number(n), Number(n), String(id), limit + 1);
      return cutPage(
        rows,
        limit,
        (row) => [row.n, row.id],
        (row) => read(row.id) as Cluster,
      );
    },

    cluster: async (id) => read(id),

    members(id, ignored, version) {
      const row = head.get(id);
      const faces = memberIds.all(id).map((one) => one.face);
      if (!row || faces.length === 0 || (row.ignored === 1) !== ignored) {
        throw new FacesError("CLUSTER_NOT_FOUND", `there is no ${ignored ? "ignored " : ""}cluster "${id}"`);
      }
      const now = toVersion(faces);
      if (version !== null && version !== now) {
        throw new FacesError("CLUSTER_CHANGED", `cluster "${id}" has changed since it was shown`, {
          details: { version: now },
        });
      }
      return faces;
    },

    takeOut(faceIds) {
      const touched = new Set<string>();
      for (const face of faceIds) {
        const cluster = clusterOf.get(face)?.cluster;
        if (cluster === undefined) continue;
        touched.add(cluster);
        remove.run(face);
      }
      for (const cluster of touched) freshMean(cluster);
    },
  };
}

function toVersion(faceIds: readonly number[]): string {
  return createHash("sha256").update(faceIds.join()).digest("hex").slice(0, 12);
}
