import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";

/** Makes two of a group as it proposes, and shows both; where that is refused, says why and shows the group as it is now. */
export async function splitGroup(app: App, cluster: ClusterJson): Promise<void> {
  try {
    const { clusters } = await app.clusters.split(cluster.id, cluster.version);
    app.toasts.show({
      text: app.t.discover.split.done(clusters.map(({ size }) => size)),
      picture: { thumbnail: cluster.representatives[0]?.thumbnail ?? null, round: false },
      undo: app.undoing(),
    });
  } catch (error) {
    app.complain(error);
  }
  await app.waiting.load();
}
