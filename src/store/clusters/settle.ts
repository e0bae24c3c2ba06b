import type { Connection } from "../file/database.ts";
import type { Clusters } from "./clusters.ts";

interface Moved {
  readonly id: number;
  readonly cluster_id: string;
}

/** Rows of clusters that discoveries leave alone. */
const KEPT = 0;

/**
 * Brings the rows of what is shown and of what is staged in line with what users did since the discovery began, some at a time
 * (inside the caller's transaction); nothing that is shown changes. Answers whether there was something to do.
 *
 * Clusters that were ignored, or brought back since, stay: they become rows that no discovery replaces, and their faces leave
 * what is staged. Those that were brought back before belong to the former result again. Staged clusters that lost faces are
 * counted again, and go when they have none.
 *
 * @param started when the discovery began
 * @param count rows at a time
 */
export type Settle = (staged: number, started: string, count: number) => boolean;

export function createSettle({ db, column }: Connection, clusters: Clusters): Settle {
  const shown = column<[], number>("SELECT generation FROM shown_generation");
  const formerly = db.prepare<[string], Moved>(
    `SELECT id, cluster_id FROM cluster_rows
     WHERE generation = ${KEPT} AND ignored = 0 AND (brought_back_at IS NULL OR brought_back_at <= ?) LIMIT 1`,
  );
  const kept = db.prepare<[{ shown: number; started: string }], Moved>(
    `SELECT id, cluster_id FROM cluster_rows WHERE generation = :shown AND ignored = 1
     UNION ALL SELECT id, cluster_id FROM cluster_rows WHERE generation = :shown AND brought_back_at > :started LIMIT 1`,
  );
  const lost = column<[number], number>("SELECT id FROM cluster_rows WHERE version = '' AND generation = ? LIMIT 1");
  const faces = column<[number, number, number], number>(
    "SELECT face_id FROM cluster_face_rows WHERE cluster_ref = ? AND generation <> ? LIMIT ?",
  );
  const unstage = db.prepare<[string, number]>(
    "DELETE FROM cluster_face_rows WHERE face_id IN (SELECT value FROM json_each(?)) AND generation = ?",
  );
  const moveFaces = db.prepare<[number, number, string]>(
    `UPDATE cluster_face_rows SET generation = ?
     WHERE cluster_ref = ? AND face_id IN (SELECT value FROM json_each(?))`,
  );
  const moveCluster = db.prepare<[number, number]>("UPDATE cluster_rows SET generation = ? WHERE id = ?");
  const rename = db.prepare<[string, string, number]>(
    "UPDATE cluster_rows SET cluster_id = ? WHERE cluster_id = ? AND generation = ?",
  );

  function move({ id, cluster_id: clusterId }: Moved, to: number, staged: number, count: number): void {
    const moved = faces.all(id, to, count);
    const json = JSON.stringify(moved);
    if (to === KEPT) unstage.run(json, staged);
    moveFaces.run(to, id, json);
    if (moved.length === count) return;
    moveCluster.run(to, id);
    if (to === KEPT) rename.run(clusters.newId(), clusterId, staged);
  }

  return (staged, started, count) => {
    const now = shown.get() ?? KEPT;
    const former = formerly.get(started);
    if (former) {
      move(former, now, staged, count);
      return true;
    }
    const stays = kept.get({ shown: now, started });
    if (stays) {
      move(stays, KEPT, staged, count);
      return true;
    }
    const ref = lost.get(staged);
    if (ref === undefined) return false;
    clusters.refresh(ref);
    return true;
  };
}
