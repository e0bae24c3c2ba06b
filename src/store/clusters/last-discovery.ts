import type { FoundCluster, SplitSides } from "../../domain/cluster.ts";
import type { Connection } from "../file/database.ts";
import type { DiscoveryResult } from "../port/clusters.ts";
import type { Store } from "../port.ts";
import type { Clusters, MemberRow } from "./clusters.ts";

const CHUNK = 5_000;

interface DiscoveryRow {
  readonly id: string;
  readonly faces: number;
  readonly clusters: number;
  readonly started_at: string;
  readonly finished_at: string;
}

/** The result of the last discovery. */
export interface LastDiscovery extends Pick<Store, "clusterMembers" | "saveDiscovery" | "lastDiscovery"> {
  /** Id of the last discovery, or null. */
  lastId(): string | null;
}

export function createLastDiscovery({ db, write }: Connection, clusters: Clusters): LastDiscovery {
  const last = db.prepare<[], DiscoveryRow>("SELECT * FROM discoveries");
  const drop = db.prepare("DELETE FROM discoveries");
  const insert = db.prepare(
    "INSERT INTO discoveries (id, started_at, finished_at, faces, clusters) VALUES (?, ?, ?, ?, ?)",
  );
  // A cluster that was unignored after the discovery began was not part of it: it stays.
  const dropWaiting = db.prepare(
    "DELETE FROM clusters WHERE ignored = 0 AND (brought_back_at IS NULL OR brought_back_at <= ?)",
  );
  const free = db.prepare<[number], MemberRow>(
    `SELECT id, camera, captured_at FROM face_embeddings f WHERE f.id = ? AND f.person_ref IS NULL
     AND NOT EXISTS (SELECT 1 FROM cluster_faces cf WHERE cf.face_id = f.id)`,
  );
  const members = db.prepare<[number, number], { face_id: number; cluster_id: string }>(
    `SELECT cf.face_id, c.cluster_id FROM cluster_faces cf JOIN clusters c ON c.id = cf.cluster_ref
     WHERE cf.face_id > ? AND c.ignored = 0 ORDER BY cf.face_id LIMIT ?`,
  );

  /** False when none of its faces is free any more. */
  function keep({ id, faceIds, model, split = null, ...known }: FoundCluster): boolean {
    const rows = faceIds.flatMap((faceId) => free.get(faceId) ?? []);
    if (rows.length === 0) return false;
    const ref = clusters.make(clusters.find(id) ? clusters.newId() : id, model);
    const sides = sidesOf(split);
    rows.forEach((row, rank) => {
      clusters.put(row.id, ref, rank, sides(row.id));
    });
    if (rows.length === faceIds.length) clusters.fill(ref, rows, known);
    else clusters.refresh(ref);
    return true;
  }

  function sidesOf(split: SplitSides | null): (faceId: number) => 0 | 1 | null {
    const sides = new Map(split?.flatMap((faces, side) => faces.map((face) => [face, side === 0 ? 0 : 1] as const)));
    return (faceId) => sides.get(faceId) ?? null;
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
        drop.run();
        insert.run(id, startedAt.toISOString(), finishedAt.toISOString(), faces, kept);
        return { ...result, clusters: kept };
      }),
  };
}
