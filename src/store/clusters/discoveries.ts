import type { FoundCluster } from "../../domain/cluster.ts";
import { toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import type { DiscoveryResult } from "../port/clusters.ts";
import type { Store } from "../port.ts";
import { versionOf } from "./cluster-version.ts";
import type { Clusters } from "./clusters.ts";

const CHUNK = 5_000;

interface DiscoveryRow {
  readonly id: string;
  readonly faces: number;
  readonly clusters: number;
  readonly started_at: string;
  readonly finished_at: string;
}

/** The result of the last discovery. */
export interface Discoveries extends Pick<Store, "clusterMembers" | "saveDiscovery" | "lastDiscovery"> {
  /** Id of the last discovery, or null. */
  lastId(): string | null;
}

export function createDiscoveries({ db, write }: Connection, clusters: Clusters): Discoveries {
  const last = db.prepare<[], DiscoveryRow>("SELECT * FROM discoveries");
  const forget = db.prepare("DELETE FROM discoveries");
  const remember = db.prepare(
    "INSERT INTO discoveries (id, started_at, finished_at, faces, clusters) VALUES (?, ?, ?, ?, ?)",
  );
  // A group that was brought back while the discovery ran was not looked at: it stays.
  const dropWaiting = db.prepare(
    "DELETE FROM clusters WHERE ignored = 0 AND (brought_back_at IS NULL OR brought_back_at <= ?)",
  );
  const free = db.prepare<[number], { camera: string; captured_at: string }>(
    `SELECT camera, captured_at FROM face_embeddings f WHERE f.id = ? AND f.person_ref IS NULL
     AND NOT EXISTS (SELECT 1 FROM cluster_faces cf WHERE cf.face_id = f.id)`,
  );
  const fill = db.prepare(
    `UPDATE clusters SET size = ?, version = ?, cameras = ?, first_seen = ?, last_seen = ?, mean = ?, mean_count = ?
     WHERE id = ?`,
  );
  const members = db.prepare<[number, number], { face_id: number; cluster_id: string }>(
    `SELECT cf.face_id, c.cluster_id FROM cluster_faces cf JOIN clusters c ON c.id = cf.cluster_ref
     WHERE cf.face_id > ? AND c.ignored = 0 ORDER BY cf.face_id LIMIT ?`,
  );

  /** False when none of its faces are free any more. */
  function keep(found: FoundCluster): boolean {
    const faces = found.faceIds.flatMap((id) => {
      const row = free.get(id);
      return row ? [{ id, ...row }] : [];
    });
    if (faces.length === 0) return false;
    const ref = clusters.make(clusters.freeId(found.id), false, false);
    let firstSeen = "~";
    let lastSeen = "";
    faces.forEach((face, rank) => {
      clusters.put(face.id, ref, rank);
      if (face.captured_at < firstSeen) firstSeen = face.captured_at;
      if (face.captured_at > lastSeen) lastSeen = face.captured_at;
    });
    if (faces.length !== found.faceIds.length) {
      clusters.refresh(ref);
      return true;
    }
    const cameras = [...new Set(faces.map((face) => face.camera))].sort();
    const version = versionOf(faces.map((face) => face.id));
    fill.run(
      faces.length,
      version,
      JSON.stringify(cameras),
      firstSeen,
      lastSeen,
      toBlob(found.mean),
      faces.length,
      ref,
    );
    return true;
  }

  return {
    lastId: () => last.get()?.id ?? null,

    async lastDiscovery() {
      const row = last.get();
      if (!row) return null;
      const { id, faces, clusters, started_at, finished_at } = row;
      return { id, faces, clusters, startedAt: new Date(started_at), finishedAt: new Date(finished_at) };
    },

    async clusterMembers() {
      const found = new Map<string, number[]>();
      for (let after = 0; ; ) {
        const rows = members.all(after, CHUNK);
        for (const { face_id, cluster_id } of rows) {
          after = face_id;
          const faceIds = found.get(cluster_id);
          if (faceIds) faceIds.push(face_id);
          else found.set(cluster_id, [face_id]);
        }
        if (rows.length < CHUNK) return found;
        await new Promise(setImmediate);
      }
    },

    saveDiscovery: async ({ clusters: found, ...result }: DiscoveryResult) =>
      write(() => {
        const { id, startedAt, finishedAt, faces } = result;
        dropWaiting.run(startedAt.toISOString());
        const kept = found.filter(keep).length;
        forget.run();
        remember.run(id, startedAt.toISOString(), finishedAt.toISOString(), faces, kept);
        return { ...result, clusters: kept };
      }),
  };
}
