import type { Cluster } from "../../../domain/cluster.ts";
import type { Settings } from "../../../domain/settings.ts";
import { distance, varianceOf } from "../../../domain/vectors/encoding.ts";
import type { People } from "../../../flow/people.ts";
import { independentFaces } from "../../../recognize/fit.ts";
import { oddOne, type WeighedMean } from "../../../recognize/outliers/odd-one.ts";
import { SAMPLE } from "../../../recognize/suggest.ts";
import type { Comparison } from "../../../wire/out/clusters/cluster-changes.ts";
import type { StoreReads } from "../store.ts";
import type { FindCandidates } from "./cluster-candidates.ts";

/** So many people are proposed. */
const CANDIDATES = 20;

/** How clusters that were selected together fit one another, each compared with all, and whom all together may be. */
export type CompareClusters = (clusters: readonly Cluster[]) => Promise<Comparison>;

export interface CompareDeps {
  readonly store: Pick<StoreReads, "clusterEncodings">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly findCandidates: FindCandidates;
}

export function createCompareClusters({ store, people, settings, findCandidates }: CompareDeps): CompareClusters {
  async function weigh({ id, size, mean, model }: Cluster): Promise<WeighedMean> {
    const faces = await store.clusterEncodings(id, SAMPLE);
    const variance = faces.length < 2 ? null : varianceOf(faces.map((face) => face.encoding));
    return { mean, faces: independentFaces(size, variance, people.gallery(model).spread) };
  }

  return async (clusters) => {
    const distances = clusters.map((one) => {
      const others = clusters.filter((other) => other !== one && other.model === one.model);
      const sum = others.reduce((total, other) => total + distance(one.mean, other.mean), 0);
      return { id: one.id, distance: others.length === 0 ? null : sum / others.length };
    });
    const model = clusters[0]?.model ?? "";
    const same = clusters.filter((one) => one.model === model);
    const { spread } = people.gallery(model);
    const odd = oddOne(await Promise.all(same.map(weigh)), settings()["recognition.threshold"], spread);
    const largestFirst = [...clusters].sort((a, b) => b.size - a.size);
    const candidates = await findCandidates(largestFirst, CANDIDATES);
    return { clusters: distances, odd: same[odd]?.id ?? null, candidates };
  };
}
