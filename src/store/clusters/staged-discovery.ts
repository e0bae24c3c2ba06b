import type { FoundCluster } from "../../domain/cluster.ts";
import type { Connection } from "../file/database.ts";
import { createPace } from "../file/pace.ts";
import type { DiscoveryResult, StoredDiscovery } from "../port/clusters.ts";
import type { Clusters, MemberRow } from "./clusters.ts";
import { createSettle } from "./settle.ts";

/** A cluster of which some faces are written. */
interface Begun {
  readonly ref: number;
  readonly rows: MemberRow[];
  readonly sideOf: ReadonlyMap<number, 0 | 1>;
  next: number;
}

/**
 * Writes the result of a discovery in many short transactions, unseen, and shows it in one: whatever happens in between, the
 * former one is shown as a whole, with what users change in it.
 */
export interface StagedDiscovery {
  save(result: DiscoveryResult): Promise<StoredDiscovery>;
  /** Deletes what is not shown: former results, and one that was never finished. In chunks; ends early when the store closes. */
  sweep(): Promise<void>;
}

/** @param alone runs it while no change of users is half done */
export function createStagedDiscovery(
  connection: Connection,
  clusters: Clusters,
  alone: <T>(run: () => Promise<T>) => Promise<T>,
): StagedDiscovery {
  const { db, column, write } = connection;
  const lastGeneration = column<[], number>(
    "SELECT max(generation) FROM (SELECT generation FROM shown_generation UNION SELECT max(generation) FROM cluster_rows)",
  );
  // Whatever becomes of a cluster meanwhile, this discovery does not replace it: it was not part of it.
  const stays = column<[string, string], number>(
    "SELECT 1 FROM clusters WHERE cluster_id = ? AND (ignored = 1 OR brought_back_at > ?)",
  );
  const free = db.prepare<[number], MemberRow>(
    "SELECT id, camera, captured_at FROM face_embeddings WHERE id = ? AND person_ref IS NULL",
  );
  const isKept = column<[number], number>("SELECT 1 FROM cluster_face_rows WHERE face_id = ? AND generation = 0");
  const countFaces = column<[number], number>("SELECT count(*) FROM cluster_face_rows WHERE cluster_ref = ?");
  const countClusters = column<[number], number>("SELECT count(*) FROM cluster_rows WHERE generation = ?");
  const drop = db.prepare("DELETE FROM discoveries");
  const insert = db.prepare(
    "INSERT INTO discoveries (id, started_at, finished_at, faces, clusters) VALUES (?, ?, ?, ?, ?)",
  );
  const show = db.prepare("UPDATE shown_generation SET generation = ?");
  const unseen = column<[number, number], number>(
    `SELECT id FROM cluster_rows WHERE generation > 0 AND generation NOT IN (?, (SELECT generation FROM shown_generation))
     ORDER BY generation, ignored, id LIMIT ?`,
  );
  const dropFaces = db.prepare<[number, number]>(
    `DELETE FROM cluster_face_rows WHERE (face_id, generation) IN (
       SELECT face_id, generation FROM cluster_face_rows WHERE cluster_ref = ? LIMIT ?)`,
  );
  const dropCluster = db.prepare<[number]>("DELETE FROM cluster_rows WHERE id = ?");
  const settle = createSettle(connection, clusters);
  let sweeping = Promise.resolve();
  /** The generation that is written now; 0: none. */
  let staged = 0;

  function begin({ id, model, split = null }: FoundCluster, generation: number, startedAt: string): Begun {
    const ref = clusters.make(stays.get(id, startedAt) ? clusters.newId() : id, model, { generation });
    const sides = split?.flatMap((faces, side) => faces.map((face) => [face, side === 0 ? 0 : 1] as const));
    return { ref, rows: [], sideOf: new Map(sides), next: 0 };
  }

  function put(begun: Begun, faceIds: readonly number[]): void {
    for (const faceId of faceIds) {
      const row = free.get(faceId);
      if (!row || isKept.get(faceId)) continue;
      clusters.put(faceId, begun.ref, begun.rows.length, begun.sideOf.get(faceId) ?? null);
      begun.rows.push(row);
    }
    begun.next += faceIds.length;
  }

  /** What lost faces is counted later, from those that are left. */
  function end({ ref, rows }: Begun, found: FoundCluster): void {
    if (rows.length < found.faceIds.length || countFaces.get(ref) !== rows.length) return;
    clusters.fill(ref, rows, found);
  }

  async function stage(found: readonly FoundCluster[], generation: number, startedAt: string): Promise<void> {
    const pace = createPace();
    let at = 0;
    let begun: Begun | null = null;
    const writeSome = (count: number): void => {
      for (let left = count; left > 0 && at < found.length; left--) {
        const cluster = found[at] as FoundCluster;
        begun ??= begin(cluster, generation, startedAt);
        const faceIds = cluster.faceIds.slice(begun.next, begun.next + left);
        put(begun, faceIds);
        left -= faceIds.length;
        if (begun.next < cluster.faceIds.length) continue;
        end(begun, cluster);
        begun = null;
        at++;
      }
    };
    while (at < found.length) {
      const count = pace.size();
      await pace.step(count, () => write(() => writeSome(count)));
    }
  }

  function sweepSome(count: number): boolean {
    const refs = unseen.all(staged, count);
    let left = count;
    for (const ref of refs) {
      left -= dropFaces.run(ref, left).changes;
      if (left <= 0) return true;
      dropCluster.run(ref);
      left--;
    }
    return refs.length > 0;
  }

  async function sweepAll(): Promise<void> {
    const pace = createPace();
    for (let isMore = true; isMore && db.open; ) {
      const count = pace.size();
      isMore = await pace.step(count, () => write(() => sweepSome(count)));
    }
  }

  /** One at a time. */
  function sweep(): Promise<void> {
    sweeping = sweeping.catch(() => undefined).then(sweepAll);
    return sweeping;
  }

  /** Settles until there is nothing left, and runs `last` in the transaction that finds so. */
  async function settleAll<T>(started: string, last: () => T): Promise<T> {
    const pace = createPace();
    for (;;) {
      const count = pace.size();
      const done = await pace.step(count, () =>
        write(() => (settle(staged, started, count) ? null : { answer: last() })),
      );
      if (done) return done.answer;
    }
  }

  function showStaged({ id, startedAt, finishedAt, faces }: Omit<DiscoveryResult, "clusters">): StoredDiscovery {
    const clusters = countClusters.get(staged) ?? 0;
    drop.run();
    insert.run(id, startedAt.toISOString(), finishedAt.toISOString(), faces, clusters);
    show.run(staged);
    return { id, startedAt, finishedAt, faces, clusters };
  }

  return {
    sweep,
    async save({ clusters: found, ...result }) {
      await sweep();
      staged = (lastGeneration.get() ?? 0) + 1;
      const started = result.startedAt.toISOString();
      try {
        await settleAll(started, () => undefined);
        await stage(found, staged, started);
        return await alone(() => settleAll(started, () => showStaged(result)));
      } finally {
        staged = 0;
      }
    },
  };
}
