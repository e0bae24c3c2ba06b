import type { Suggestion } from "../../../domain/recognition.ts";
import type { Settings } from "../../../domain/settings.ts";
import type { People } from "../../../flow/people.ts";
import { mayFit, SAMPLE, suggest } from "../../../recognize/suggest.ts";
import type { ClusterOutline, StoreReads } from "../store.ts";

/** Who a cluster may be; null when no person is near enough, or it is ignored. */
export type FindSuggestion = (cluster: ClusterOutline) => Promise<Suggestion | null>;

export interface SuggestionDeps {
  readonly store: Pick<StoreReads, "clusterEncodings">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
}

export function createFindSuggestion({ store, people, settings }: SuggestionDeps): FindSuggestion {
  return async (cluster) => {
    if (cluster.ignored) return null;
    const threshold = settings()["recognition.threshold"];
    const gallery = people.gallery();
    if (!mayFit(cluster, gallery, threshold)) return null;
    const faces = cluster.size === 1 ? [] : await store.clusterEncodings(cluster.id, SAMPLE);
    return suggest(cluster, faces, gallery, threshold);
  };
}
