import { FacesError } from "../../domain/errors.ts";
import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords } from "../undo/sentences.ts";
import type { ClusterList } from "./cluster-list.ts";
import type { ClusterRow } from "./clusters.ts";

/** Ignores clusters, and stops ignoring them under the same id. */
export function createIgnore(
  { connection, clusters, journal }: ChangeDeps,
  list: ClusterList,
): Pick<Store, "ignore" | "unignore"> {
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
