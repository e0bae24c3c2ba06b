import type { SplitSides } from "../../domain/cluster.ts";
import { FacesError } from "../../domain/errors.ts";
import { fromBlob } from "../file/blobs.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords } from "../undo/sentences.ts";
import type { ClusterList } from "./cluster-list.ts";
import type { ClusterRow } from "./clusters.ts";

interface SplitRow {
  readonly split: number;
  readonly side: 0 | 1;
  readonly face_id: number;
}

/** Splits clusters, and remembers whom a user took apart. */
export function createSplitCluster(
  { connection, clusters, journal }: ChangeDeps,
  list: ClusterList,
): Pick<Store, "split" | "splits" | "saveProposedSplit"> {
  const { db, write } = connection;
  const remember = db.prepare<[number]>("INSERT INTO splits (change_ref) VALUES (?)");
  const put = db.prepare("INSERT INTO cluster_splits (split, side, face_id) VALUES (?, ?, ?)");
  // What was undone is forgotten until it is done again.
  const standing = db.prepare<[], SplitRow>(
    `SELECT cs.split, cs.side, cs.face_id FROM cluster_splits cs JOIN splits s ON s.id = cs.split
     LEFT JOIN changes c ON c.id = s.change_ref WHERE c.undone_at IS NULL ORDER BY cs.split, cs.face_id`,
  );
  const encodings = db.prepare<[number], { id: number; encoding: Buffer }>(
    `SELECT f.id, f.encoding FROM cluster_faces cf JOIN face_embeddings f ON f.id = cf.face_id
     WHERE cf.cluster_ref = ? ORDER BY f.id`,
  );
  const clearSides = db.prepare("UPDATE cluster_faces SET side = NULL WHERE cluster_ref = ? AND side IS NOT NULL");
  const setSide = db.prepare("UPDATE cluster_faces SET side = ? WHERE cluster_ref = ? AND face_id = ?");

  /** Both parts, the larger one first, each with its best representatives first. Without `faces` those leave that are proposed. */
  function toSides(cluster: ClusterRow, faces: readonly number[] | null): SplitSides {
    const wanted = faces ?? list.splitOf(cluster.id)?.[1];
    if (!wanted) {
      throw new FacesError("EMPTY_SELECTION", "no split is proposed: which faces are somebody else?");
    }
    const members = clusters.membersWith(cluster, wanted);
    const leaving = new Set(wanted);
    const sides = [members.filter((id) => !leaving.has(id)), members.filter((id) => leaving.has(id))] as const;
    if (sides[0].length === 0 || sides[1].length === 0) {
      throw new FacesError("EMPTY_SELECTION", "both parts of the group need faces");
    }
    return sides[0].length >= sides[1].length ? sides : [sides[1], sides[0]];
  }

  function move(faceIds: readonly number[], from: ClusterRow, to: number): void {
    clusters.takeOut(faceIds);
    for (const [rank, faceId] of faceIds.entries()) clusters.put(faceId, to, rank);
    clearSides.run(from.id);
    clusters.refresh(to);
  }

  return {
    split: async ({ cluster: clusterId, version, faces }, by) =>
      write(() => {
        const cluster = clusters.need(clusterId, version);
        if (cluster.ignored === 1) {
          throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${clusterId}" is ignored: it is not split`);
        }
        const sides = toSides(cluster, faces);
        return journal.record(
          "split",
          by,
          (recorder) => {
            recorder.members([...sides[0], ...sides[1]]);
            const id = clusters.newId();
            recorder.clusterMade(id);
            move(sides[1], cluster, clusters.make(id, cluster.model));
            const split = Number(remember.run(recorder.change).lastInsertRowid);
            for (const side of [0, 1] as const) for (const face of sides[side]) put.run(split, side, face);
            return { clusters: [clusterId, id] as const, change: recorder.change };
          },
          () => ({
            sentence: `a group of ${facesInWords(sides[0].length + sides[1].length)} was split`,
            faces: sides[0].length + sides[1].length,
          }),
        );
      }),

    async splits() {
      const found = new Map<number, Map<number, 0 | 1>>();
      for (const { split, side, face_id: faceId } of standing.all()) {
        const sides = found.get(split) ?? new Map<number, 0 | 1>();
        found.set(split, sides.set(faceId, side));
      }
      return [...found.values()];
    },

    saveProposedSplit: async (clusterId, propose) =>
      write(() => {
        const cluster = clusters.find(clusterId);
        if (!cluster) return;
        const rows = encodings.all(cluster.id);
        const split = propose(
          rows.map((row) => row.id),
          rows.map((row) => fromBlob(row.encoding)),
          cluster.model,
        );
        clearSides.run(cluster.id);
        split?.forEach((faces, side) => {
          for (const face of faces) setSide.run(side, cluster.id, face);
        });
      }),
  };
}
