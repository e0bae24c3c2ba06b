import type { Connection } from "../file/database.ts";
import type { Store } from "../port.ts";
import type { Clusters } from "./clusters.ts";
import { createStagedDiscovery } from "./staged-discovery.ts";

const CHUNK = 1_000;

interface DiscoveryRow {
  readonly id: string;
  readonly faces: number;
  readonly clusters: number;
  readonly started_at: string;
  readonly finished_at: string;
}

/** The result of the last discovery. */
export interface LastDiscovery
  extends Pick<Store, "clusterMembers" | "saveDiscovery" | "dropFormerClusters" | "lastDiscovery"> {
  /** Id of the last discovery, or null. */
  lastId(): string | null;
}

export function createLastDiscovery(connection: Connection, clusters: Clusters): LastDiscovery {
  const { db, column } = connection;
  const staged = createStagedDiscovery(connection, clusters, (run) => run());
  const last = db.prepare<[], DiscoveryRow>("SELECT * FROM discoveries");
  const shown = column<[], number>("SELECT generation FROM shown_generation");
  const members = db.prepare<[number, number], { face_id: number; cluster_id: string }>(
    `SELECT cf.face_id, c.cluster_id FROM cluster_faces cf CROSS JOIN clusters c ON c.id = cf.cluster_ref
     WHERE cf.face_id > ? AND c.ignored = 0 ORDER BY cf.face_id LIMIT ?`,
  );

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
      let generation = shown.get();
      for (let after = 0; ; ) {
        if (shown.get() !== generation) {
          // Another discovery's clusters are shown since.
          generation = shown.get();
          found.clear();
          after = 0;
        }
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

    saveDiscovery: staged.save,
    dropFormerClusters: staged.sweep,
  };
}
