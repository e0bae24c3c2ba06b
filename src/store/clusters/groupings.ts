import type { Grouping, SplitSides } from "../../domain/cluster.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, groupsInWords } from "../undo/sentences.ts";
import type { ClusterList } from "./cluster-list.ts";
import type { ClusterRow } from "./clusters.ts";
import { createFaceSelection } from "./face-selection.ts";

interface GroupingRow {
  readonly id: number;
  readonly together: number;
  readonly side: number;
  readonly face_id: number;
}

type Groupings = Pick<Store, "split" | "mergeClusters" | "keepApart" | "keepTogether" | "groupings">;

/** Splits and merges clusters, and remembers what a user said of their faces. */
export function createGroupings(
  { connection, clusters, journal }: ChangeDeps,
  list: Pick<ClusterList, "splitOf">,
): Groupings {
  const { db, write } = connection;
  const { select, checkFrames } = createFaceSelection({ connection, clusters });
  const make = db.prepare<[number, number]>("INSERT INTO groupings (together, change_ref) VALUES (?, ?)");
  const put = db.prepare("INSERT INTO grouping_faces (grouping_ref, side, face_id) VALUES (?, ?, ?)");
  // What was undone is forgotten until it is done again.
  const standing = db.prepare<[], GroupingRow>(
    `SELECT g.id, g.together, gf.side, gf.face_id FROM grouping_faces gf JOIN groupings g ON g.id = gf.grouping_ref
     LEFT JOIN changes c ON c.id = g.change_ref WHERE c.undone_at IS NULL ORDER BY g.id, gf.face_id`,
  );
  const clearSides = db.prepare("UPDATE cluster_face_rows SET side = NULL WHERE cluster_ref = ? AND side IS NOT NULL");

  function remember(change: number, together: boolean, sides: readonly (readonly number[])[]): void {
    const grouping = Number(make.run(together ? 1 : 0, change).lastInsertRowid);
    for (const [side, faces] of sides.entries()) for (const face of faces) put.run(grouping, side, face);
  }

  /** One that is not ignored. */
  function needWaiting(id: string, version: string | null, what: string): ClusterRow {
    const cluster = clusters.need(id, version);
    if (cluster.ignored === 1)
      throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${id}" is ignored: it is not ${what}`);
    return cluster;
  }

  /** Two or more, the largest first. */
  function needSome(ids: readonly string[], what: string): ClusterRow[] {
    const rows = [...new Set(ids)].map((id) => needWaiting(id, null, what));
    if (rows.length < 2) throw new FacesError("EMPTY_SELECTION", "two groups or more are needed");
    return rows.sort((a, b) => b.size - a.size);
  }

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
        const cluster = needWaiting(clusterId, version, "split");
        const sides = toSides(cluster, faces);
        return journal.record(
          "split",
          by,
          (recorder) => {
            recorder.members([...sides[0], ...sides[1]]);
            const id = clusters.newId();
            recorder.clusterMade(id);
            move(sides[1], cluster, clusters.make(id, cluster.model));
            remember(recorder.change, false, sides);
            return { clusters: [clusterId, id] as const, change: recorder.change };
          },
          () => toWords(`a group of ${facesInWords(cluster.size)} was split`, cluster.size),
        );
      }),

    mergeClusters: async ({ clusters: ids, allowSameFrame }, by) =>
      write(() => {
        const [kept, ...others] = needSome(ids, "merged") as [ClusterRow, ...ClusterRow[]];
        const rows = [kept, ...others];
        if (others.some((one) => one.model !== kept.model)) {
          throw new FacesError("INVALID_INPUT", "groups of different models cannot be compared: they are not merged");
        }
        if (!allowSameFrame) {
          const shown = rows.map((row) => ({ cluster: row.cluster_id, version: null, excludeFaces: [] }));
          checkFrames(shown.flatMap(select), null);
        }
        const sides = rows.map((row) => clusters.members(row.id));
        const faces = sides.reduce((sum, side) => sum + side.length, 0);
        return journal.record(
          "merge_groups",
          by,
          (recorder) => {
            recorder.members(sides.flat());
            move(sides.slice(1).flat(), kept, kept.id);
            remember(recorder.change, true, sides);
            return { cluster: kept.cluster_id, change: recorder.change };
          },
          () => toWords(`${groupsInWords(rows.length)} with ${facesInWords(faces)} were merged into one`, faces),
        );
      }),

    keepApart: async (ids, by) =>
      write(() => {
        const rows = needSome(ids, "kept apart");
        const sides = rows.map((row) => clusters.members(row.id));
        const faces = sides.reduce((sum, side) => sum + side.length, 0);
        return journal.record(
          "keep_apart",
          by,
          (recorder) => {
            for (const [i, row] of rows.entries()) recorder.saidOf(row.cluster_id, sides[i] ?? []);
            remember(recorder.change, false, sides);
            return { change: recorder.change };
          },
          () =>
            toWords(
              `${groupsInWords(rows.length)} with ${facesInWords(faces)} were said to be different people`,
              faces,
            ),
        );
      }),

    keepTogether: async ({ cluster: id, version }, by) =>
      write(() => {
        const cluster = needWaiting(id, version, "kept together");
        const faceIds = clusters.members(cluster.id);
        return journal.record(
          "keep_together",
          by,
          (recorder) => {
            recorder.members(faceIds);
            clearSides.run(cluster.id);
            remember(recorder.change, true, [faceIds]);
            return { change: recorder.change };
          },
          () => toWords(`a group of ${facesInWords(faceIds.length)} was said to be one person`, faceIds.length),
        );
      }),

    async groupings() {
      const found = new Map<number, { together: boolean; sides: Map<number, number> }>();
      for (const { id, together, side, face_id: faceId } of standing.all()) {
        const grouping = found.get(id) ?? { together: together === 1, sides: new Map<number, number>() };
        grouping.sides.set(faceId, side);
        found.set(id, grouping);
      }
      return [...found.values()] satisfies Grouping[];
    },
  };
}

const toWords = (sentence: string, faces: number) => ({ sentence, faces });
