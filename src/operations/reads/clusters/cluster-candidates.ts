import type { Cluster } from "../../../domain/cluster.ts";
import type { Settings } from "../../../domain/settings.ts";
import { distance, round4, varianceOf } from "../../../domain/vectors/encoding.ts";
import type { People } from "../../../flow/people.ts";
import { toCandidate } from "../../../recognize/decide.ts";
import { independentFaces } from "../../../recognize/fit.ts";
import type { ClusterCandidate, FacePair } from "../../../wire/out/clusters.ts";
import type { StoreReads } from "../store.ts";
import type { ClusterSuggestions } from "./cluster-suggestions.ts";

/** For so many of the nearest people the closest pair of faces is looked for. */
const PAIRS = 5;
/** Of a person or group with more faces, so many of the newest are looked at. */
const LOOKED_AT = 500;

/** The people who fit a cluster best, best first: whom it might be joined to, and what would be joined. */
export type FindCandidates = (cluster: Cluster, limit: number) => Promise<readonly ClusterCandidate[]>;

export interface CandidatesDeps {
  readonly store: Pick<StoreReads, "faces" | "encodingOf" | "person">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly suggestions: Pick<ClusterSuggestions, "of">;
}

export function createFindCandidates({ store, people, settings, suggestions }: CandidatesDeps): FindCandidates {
  type Encoded = { id: number; encoding: Float32Array };

  async function encoded(filter: { cluster: string } | { personId: string }, model: string): Promise<Encoded[]> {
    const { items } = await store.faces({ ...filter, model }, { limit: LOOKED_AT, cursor: null });
    const all = await Promise.all(items.map(async ({ id }) => ({ id, encoding: await store.encodingOf(id) })));
    return all.filter((one): one is Encoded => one.encoding !== null);
  }

  function pairOf(group: readonly Encoded[], person: readonly Encoded[]): FacePair | null {
    const nearest = group.flatMap((face) => {
      let best: { face: number; other: number; distance: number } | null = null;
      for (const other of person) {
        const away = distance(face.encoding, other.encoding);
        if (!best || away < best.distance) best = { face: face.id, other: other.id, distance: away };
      }
      return best ? [best] : [];
    });
    nearest.sort((a, b) => a.distance - b.distance || a.face - b.face);
    const [closest, furthest] = [nearest[0], nearest.at(-1)];
    if (!closest || !furthest) return null;
    return {
      closestFace: closest.other,
      clusterFace: closest.face,
      closestDistance: closest.distance,
      furthestFace: furthest.face,
      furthestDistance: furthest.distance,
    };
  }

  return async (cluster, limit) => {
    const threshold = settings()["recognition.threshold"];
    const gallery = people.gallery(cluster.model);
    const group = await encoded({ cluster: cluster.id }, cluster.model);
    const variance = group.length < 2 ? null : varianceOf(group.map((one) => one.encoding));
    const fits = gallery.fitting(cluster.mean, independentFaces(cluster.size, variance, gallery.spread), limit);
    const { suggestion } = await suggestions.of(cluster);
    return await Promise.all(
      fits.map(async (fit, i) => {
        const candidate = toCandidate(fit);
        const within = fit.asSingle < threshold ? "perhaps" : null;
        const level = suggestion?.personId === candidate.personId ? suggestion.level : within;
        const pair = i < PAIRS ? pairOf(group, await encoded({ personId: candidate.personId }, cluster.model)) : null;
        const person = await store.person(candidate.personId);
        const judged = { ...candidate, threshold: round4(threshold * fit.factor), level };
        return { ...judged, faces: person?.faces ?? 0, thumbnailFace: person?.thumbnailFace ?? null, pair };
      }),
    );
  };
}
