import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords, groupsInWords } from "../undo/sentences.ts";
import type { ClusterList } from "./cluster-list.ts";
import type { ClusterRow } from "./clusters.ts";

/** Ignores clusters, and stops ignoring them under the same id. */
export function createIgnore(
  { connection, clusters, journal }: ChangeDeps,
  list: ClusterList,
): Pick<Store, "ignore" | "ignoreAll" | "unignore"> {
  const { write } = connection;
  return {
    ignore: async (clusterId, version, by) =>
      write(() => {
        const cluster = clusters.need(clusterId, version);
        if (cluster.ignored === 1) return { ...list.toCluster(cluster), change: null };
        return journal.record(
          "ignore",
          by,
          (recorder) => {
            recorder.ignored(clusterId, clusters.members(cluster.id));
            clusters.setIgnored(cluster.id, true);
            return { ...list.toCluster(clusters.find(clusterId) as ClusterRow), change: recorder.change };
          },
          ({ size }) => ({ sentence: `a group of ${facesInWords(size)} was ignored`, faces: size }),
        );
      }),

    ignoreAll: async (wanted, by) =>
      write(() => {
        const rows = wanted.map(({ cluster, version }) => clusters.need(cluster, version));
        const waiting = rows.filter((row) => row.ignored === 0);
        const faces = waiting.reduce((sum, row) => sum + row.size, 0);
        const outcome = { clusters: waiting.length, faces };
        if (waiting.length === 0) return { ...outcome, change: null };
        return journal.record(
          "ignore",
          by,
          (recorder) => {
            for (const { id, cluster_id: clusterId } of waiting) {
              recorder.ignored(clusterId, clusters.members(id));
              clusters.setIgnored(id, true);
            }
            return { ...outcome, change: recorder.change };
          },
          () => ({
            sentence: `${groupsInWords(waiting.length)} with ${facesInWords(faces)} ${waiting.length === 1 ? "was" : "were"} ignored`,
            faces,
          }),
        );
      }),

    unignore: async (clusterId, by) =>
      write(() => {
        const cluster = clusters.find(clusterId);
        if (cluster?.ignored !== 1) {
          throw new FacesError("CLUSTER_NOT_FOUND", `there is no ignored cluster "${clusterId}"`);
        }
        const faceIds = clusters.members(cluster.id);
        return journal.record(
          "unignore",
          by,
          (recorder) => {
            recorder.ignored(clusterId, faceIds);
            recorder.members(faceIds);
            clusters.setIgnored(cluster.id, false);
            clusters.refresh(cluster.id);
            return { cluster: clusterId, faceIds, change: recorder.change };
          },
          () => ({
            sentence: `an ignored group of ${facesInWords(faceIds.length)} was brought back`,
            faces: faceIds.length,
          }),
        );
      }),
  };
}
