import type { Cluster } from "../../../domain/cluster.ts";
import type { Suggestion } from "../../../domain/recognition.ts";
import type { Settings } from "../../../domain/settings.ts";
import { distance, round4, varianceOf } from "../../../domain/vectors/encoding.ts";
import { meanOf } from "../../../domain/vectors/mean.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { toCandidate } from "../../../recognize/decide.ts";
import { independentFaces } from "../../../recognize/fit.ts";
import type { Gallery } from "../../../recognize/gallery.ts";
import { type Group, SAMPLE, suggest } from "../../../recognize/suggest.ts";
import type { ClusterCandidate, FacePair } from "../../../wire/out/clusters/clusters.ts";
import type { StoreReads } from "../store.ts";
import type { ClusterSuggestions } from "./cluster-suggestions.ts";

/** For so many of the nearest people the closest pair of faces is looked for. */
const PAIRS = 5;
/** Of a person or group with more faces, so many of the newest are looked at; of several groups as many for the pair. */
const LOOKED_AT = 500;

/**
 * The people whom clusters fit best, best first: to whom they might be joined, and what would be joined. All clusters are
 * taken as one person; of different models, those of the first one's.
 */
export type FindCandidates = (clusters: readonly Cluster[], limit: number) => Promise<readonly ClusterCandidate[]>;

export interface CandidatesDeps {
  readonly store: Pick<StoreReads, "faces" | "encodingsOf" | "person">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly suggestions: Pick<ClusterSuggestions, "of">;
}

export function createFindCandidates({ store, people, settings, suggestions }: CandidatesDeps): FindCandidates {
  type Encoded = { id: number; encoding: Float32Array };

  async function encoded(filter: { cluster: string } | { personId: string }, model: string): Promise<Encoded[]> {
    const { items } = await store.faces({ ...filter, model }, { limit: LOOKED_AT, cursor: null });
    const found = await store.encodingsOf(items.map((face) => face.id));
    return items.flatMap(({ id }) => {
      const encoding = found.get(id)?.encoding;
      return encoding ? [{ id, encoding }] : [];
    });
  }

  async function pairOf(group: readonly Encoded[], person: readonly Encoded[]): Promise<FacePair | null> {
    const pause = createYielder();
    const nearest: { face: number; other: number; distance: number }[] = [];
    for (const face of group) {
      await pause();
      let best: (typeof nearest)[number] | null = null;
      for (const other of person) {
        const away = distance(face.encoding, other.encoding);
        if (!best || away < best.distance) best = { face: face.id, other: other.id, distance: away };
      }
      if (best) nearest.push(best);
    }
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

  /** Who all of them are together. */
  async function findSuggestion(
    group: Group,
    [first, ...more]: readonly Cluster[],
    encodings: readonly Float32Array[],
    gallery: Gallery,
  ): Promise<Suggestion | null> {
    if (first && more.length === 0) return (await suggestions.of(first)).suggestion;
    return suggest(group, sampleOf(encodings, SAMPLE), gallery, settings()["recognition.threshold"]);
  }

  return async (clusters, limit) => {
    const [first, ...more] = clusters;
    if (!first) return [];
    const { model } = first;
    const threshold = settings()["recognition.threshold"];
    const gallery = people.gallery(model);
    const together = [first, ...more.filter((one) => one.model === model)];
    const faces = (await Promise.all(together.map(({ id }) => encoded({ cluster: id }, model)))).flat();
    const compared = sampleOf(faces, LOOKED_AT);
    const encodings = faces.map((one) => one.encoding);
    const group: Group = {
      mean: together.length === 1 || encodings.length === 0 ? first.mean : meanOf(encodings, model),
      size: together.reduce((sum, one) => sum + one.size, 0),
      notPeople: [...new Set(together.flatMap((one) => one.notPeople))],
    };
    const variance = encodings.length < 2 ? null : varianceOf(encodings);
    const fits = gallery.fitting(group.mean, independentFaces(group.size, variance, gallery.spread), limit);
    const suggestion = await findSuggestion(group, together, encodings, gallery);
    return await Promise.all(
      fits.map(async (fit, i) => {
        const candidate = toCandidate(fit);
        const within = fit.asSingle < threshold ? "perhaps" : null;
        const level = suggestion?.personId === candidate.personId ? suggestion.level : within;
        const pair = i < PAIRS ? await pairOf(compared, await encoded({ personId: candidate.personId }, model)) : null;
        const person = await store.person(candidate.personId);
        const judged = { ...candidate, threshold: round4(threshold * fit.factor), level };
        return { ...judged, faces: person?.faces ?? 0, thumbnailFace: person?.thumbnailFace ?? null, pair };
      }),
    );
  };
}

/** Of a longer list so many, evenly spread. */
function sampleOf<T>(list: readonly T[], most: number): readonly T[] {
  const every = Math.ceil(list.length / most);
  return list.filter((_, i) => i % every === 0);
}
