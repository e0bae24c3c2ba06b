import { randomUUID } from "node:crypto";
import type { Clock } from "../../domain/clock.ts";
import type { FoundCluster } from "../../domain/cluster.ts";
import { FacesError } from "../../domain/errors.ts";
import { meanEncoding } from "../../domain/vectors/encoding.ts";
import { toMean, withEncoding } from "../../domain/vectors/mean.ts";
import { measureTightness } from "../../domain/vectors/tightness.ts";
import { fromBlob, toBlob } from "../file/blobs.ts";
import type { Connection } from "../file/database.ts";
import { versionOf } from "./cluster-version.ts";

/** A row of `clusters`, the view of what is shown. `id` is internal (a ref), `cluster_id` public. */
export interface ClusterRow {
  readonly id: number;
  readonly cluster_id: string;
  readonly ignored: number;
  readonly brought_back_at: string | null;
  readonly size: number;
  readonly version: string;
  readonly cameras: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly mean: Buffer;
  readonly mean_count: number;
  readonly mean_length: number | null;
  readonly model: string;
  readonly tightness: number | null;
  readonly worst_face: number | null;
  readonly worst_distance: number | null;
}

/** A face's membership in a cluster: the lower the rank, the better the face represents it. */
export interface Membership {
  readonly faceId: number;
  readonly cluster: string;
  readonly rank: number;
  /** Of the proposed split. */
  readonly side: 0 | 1 | null;
}

/** Which faces belong together. Everything here happens inside the caller's transaction. */
export interface Clusters {
  find(clusterId: string): ClusterRow | null;
  /** @throws `CLUSTER_NOT_FOUND`, or `CLUSTER_CHANGED` when its version is another than wanted (null: any) */
  need(clusterId: string, version: string | null): ClusterRow;
  /** Face ids, best representatives first. */
  members(ref: number): number[];
  /**
   * The same, if the faces `named` are all among them.
   * @throws `FACE_NOT_FOUND`, `INVALID_INPUT` for a face of another cluster or none
   */
  membersWith(cluster: ClusterRow, named: readonly number[]): number[];
  memberships(faceIds: readonly number[]): Membership[];
  /** An empty cluster, to be filled and refreshed: of the result that is shown, or staged for a later generation. */
  make(
    clusterId: string,
    model: string,
    options?: { ignored?: boolean; broughtBack?: boolean; generation?: number },
  ): number;
  put(faceId: number, ref: number, rank: number, side?: 0 | 1 | null): void;
  setIgnored(ref: number, ignored: boolean): void;
  /** Removes faces from the clusters they are in, and refreshes those. */
  takeOut(faceIds: readonly number[], options?: { keepMean: boolean }): void;
  /**
   * Computes size, version, cameras, times, mean and tightness from the faces; an empty cluster is deleted. `keepMean`: that
   * of an ignored cluster stays as it was.
   */
  refresh(ref: number, options?: { keepMean: boolean }): void;
  /** The same from what is known: `rows` are all of its faces. */
  fill(ref: number, rows: readonly MemberRow[], known: KnownOfCluster): void;
  /** Adds a new face to an ignored cluster; false when there is no such cluster any more. */
  join(
    clusterId: string,
    faceId: number,
    face: { camera: string; encoding: Float32Array },
    capturedAt: string,
  ): boolean;
  /** A random id that no cluster has. */
  newId(): string;
}

/** What is known of a cluster without reading its faces' encodings. */
export type KnownOfCluster = Pick<FoundCluster, "mean" | "plainLength" | "tightness" | "worst"> & {
  readonly meanCount?: number;
};

/** What a cluster keeps of a face in it. */
export interface MemberRow {
  readonly id: number;
  readonly camera: string;
  readonly captured_at: string;
}

export function createClusters({ db, column }: Connection, clock: Clock): Clusters {
  const find = db.prepare<[string], ClusterRow>("SELECT * FROM clusters WHERE cluster_id = ?");
  const byRef = db.prepare<[number], ClusterRow>("SELECT * FROM cluster_rows WHERE id = ?");
  const members = column<[number], number>(
    "SELECT face_id FROM cluster_face_rows WHERE cluster_ref = ? ORDER BY rank, face_id",
  );
  const memberRows = db.prepare<[number], MemberRow>(
    `SELECT f.id, f.camera, f.captured_at FROM cluster_face_rows cf
     JOIN face_embeddings f ON f.id = cf.face_id WHERE cf.cluster_ref = ? ORDER BY f.id`,
  );
  const encodings = column<[number], Buffer>(`SELECT f.encoding FROM cluster_face_rows cf
       JOIN face_embeddings f ON f.id = cf.face_id WHERE cf.cluster_ref = ? ORDER BY f.id`);
  const exists = column<[number], number>("SELECT 1 FROM face_embeddings WHERE id = ?");
  const memberships = db.prepare<[string], Membership>(
    `SELECT cf.face_id AS faceId, c.cluster_id AS cluster, cf.rank, cf.side FROM json_each(?) j
     JOIN cluster_faces cf ON cf.face_id = j.value JOIN clusters c ON c.id = cf.cluster_ref ORDER BY cf.face_id`,
  );
  const insert = db.prepare(
    `INSERT INTO cluster_rows (generation, cluster_id, model, ignored, brought_back_at, size, version, cameras, first_seen,
       last_seen, mean, mean_count)
     VALUES (COALESCE(?, (SELECT generation FROM shown_generation)), ?, ?, ?, ?, 0, '', '[]', '', '', x'', 0)`,
  );
  const put = db.prepare(`INSERT INTO cluster_face_rows (face_id, generation, cluster_ref, rank, side)
     SELECT ?, generation, id, ?, ? FROM cluster_rows WHERE id = ?`);
  const putLast = db.prepare(
    `INSERT INTO cluster_face_rows (face_id, generation, cluster_ref, rank)
     SELECT ?, generation, id, 1 + COALESCE((SELECT max(rank) FROM cluster_face_rows WHERE cluster_ref = :ref), 0)
     FROM cluster_rows WHERE id = :ref`,
  );
  const setIgnored = db.prepare("UPDATE cluster_rows SET ignored = ?, brought_back_at = ? WHERE id = ?");
  const clustersOf = column<[string], number>(
    "SELECT DISTINCT cluster_ref FROM cluster_faces WHERE face_id IN (SELECT value FROM json_each(?))",
  );
  const takeOut = db.prepare(
    `DELETE FROM cluster_face_rows WHERE face_id IN (SELECT value FROM json_each(?))
     AND generation IN (0, (SELECT generation FROM shown_generation))`,
  );
  const drop = db.prepare("DELETE FROM cluster_rows WHERE id = ?");
  const update = db.prepare(
    `UPDATE cluster_rows SET size = ?, version = ?, cameras = ?, first_seen = ?, last_seen = ?, mean = ?, mean_count = ?,
       mean_length = ? WHERE id = ?`,
  );
  const measure = db.prepare("UPDATE cluster_rows SET tightness = ?, worst_face = ?, worst_distance = ? WHERE id = ?");

  function fill(ref: number, rows: readonly MemberRow[], known: KnownOfCluster): void {
    const { mean, meanCount, plainLength, tightness, worst } = known;
    let [{ captured_at: first }] = rows as [MemberRow];
    let last = first;
    for (const { captured_at: at } of rows) {
      if (at < first) first = at;
      if (at > last) last = at;
    }
    update.run(
      rows.length,
      versionOf(rows.map((row) => row.id)),
      JSON.stringify([...new Set(rows.map((row) => row.camera))].sort()),
      first,
      last,
      toBlob(mean),
      meanCount ?? rows.length,
      plainLength ?? null,
      ref,
    );
    measure.run(tightness ?? null, worst?.faceId ?? null, worst?.distance ?? null, ref);
  }

  function refresh(ref: number, { keepMean } = { keepMean: false }): void {
    const cluster = byRef.get(ref);
    const rows = memberRows.all(ref);
    if (!cluster || rows.length === 0) drop.run(ref);
    else if (keepMean && cluster.ignored === 1 && cluster.mean_count > 0) {
      const { mean, mean_count: meanCount, mean_length: plainLength } = cluster;
      fill(ref, rows, { mean: fromBlob(mean), meanCount, plainLength });
    } else fill(ref, rows, knownOf(rows, encodings.all(ref).map(fromBlob), cluster.model));
  }

  function knownOf(rows: readonly MemberRow[], faces: readonly Float32Array[], model: string): KnownOfCluster {
    const { mean, plainLength } = toMean(faces, model);
    const { tightness, worst } = measureTightness(faces, meanEncoding(faces));
    const row = worst && rows[worst.index];
    return { mean, plainLength, tightness, worst: row ? { faceId: row.id, distance: worst.distance } : null };
  }

  return {
    find: (clusterId) => find.get(clusterId) ?? null,
    need(clusterId, version) {
      const row = find.get(clusterId);
      if (!row) throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${clusterId}" does not exist`);
      if (version !== null && version !== row.version) {
        throw new FacesError(
          "CLUSTER_CHANGED",
          `cluster "${clusterId}" has changed since it was shown: its version is ${row.version}, not ${version}`,
          { details: { cluster: clusterId, version: row.version } },
        );
      }
      return row;
    },
    members: (ref) => members.all(ref),
    membersWith({ id: ref, cluster_id: cluster }, named) {
      const found = members.all(ref);
      const known = new Set(found);
      for (const id of named) {
        if (known.has(id)) continue;
        if (exists.get(id) === undefined) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
        throw new FacesError("INVALID_INPUT", `face ${id} is not in cluster "${cluster}"`);
      }
      return found;
    },
    memberships: (faceIds) => memberships.all(JSON.stringify(faceIds)),
    make(clusterId, model, { ignored = false, broughtBack = false, generation } = {}) {
      const at = broughtBack ? clock.now().toISOString() : null;
      return Number(insert.run(generation ?? null, clusterId, model, ignored ? 1 : 0, at).lastInsertRowid);
    },
    put: (faceId, ref, rank, side = null) => void put.run(faceId, rank, side, ref),
    setIgnored: (ref, ignored) => void setIgnored.run(ignored ? 1 : 0, clock.now().toISOString(), ref),
    takeOut(faceIds, options) {
      const ids = JSON.stringify(faceIds);
      const touched = clustersOf.all(ids);
      takeOut.run(ids);
      for (const ref of touched) refresh(ref, options);
    },
    refresh,
    fill,
    join(clusterId, faceId, { camera, encoding }, capturedAt) {
      const cluster = find.get(clusterId);
      if (cluster?.ignored !== 1) return false;
      putLast.run(faceId, { ref: cluster.id });
      const { mean_count: count, mean_length: plainLength } = cluster;
      const changed = withEncoding({ mean: fromBlob(cluster.mean), count, plainLength }, encoding, cluster.model);
      const times = [cluster.first_seen, cluster.last_seen, capturedAt].sort();
      const cameras = new Set([...(JSON.parse(cluster.cameras) as string[]), camera]);
      update.run(
        cluster.size + 1,
        versionOf([faceId], cluster.version),
        JSON.stringify([...cameras].sort()),
        times[0],
        times.at(-1),
        toBlob(changed.mean),
        changed.count,
        changed.plainLength,
        cluster.id,
      );
      return true;
    },
    newId() {
      for (;;) {
        const id = `c_${randomUUID().slice(0, 8)}`;
        if (!find.get(id)) return id;
      }
    },
  };
}
