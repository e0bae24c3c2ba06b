import type { Clock } from "../../domain/clock.ts";
import type { Discovery } from "../../domain/cluster.ts";
import type { Bus } from "../../domain/events.ts";
import type { Stats } from "../../domain/stats.ts";
import type { Ingest } from "../../flow/ingest.ts";
import type { Problems } from "../../flow/watch/problems.ts";
import type { ClusterSuggestions } from "./clusters/cluster-suggestions.ts";
import type { StoreReads } from "./store.ts";

const RATE_OVER_MS = 60_000;

export interface ReadStatsDeps {
  readonly store: Pick<StoreReads, "counts">;
  /** Clusters that are more of a person who has a name already do not wait. */
  readonly suggestions: Pick<ClusterSuggestions, "waiting">;
  readonly ingest: Pick<Ingest, "rejected">;
  readonly discovery: () => Discovery;
  readonly problems: Pick<Problems, "sentence">;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** Reads the figures; from its creation on it counts the faces that come. */
export function createReadStats({
  store,
  suggestions,
  ingest,
  discovery,
  problems,
  bus,
  clock,
}: ReadStatsDeps): () => Promise<Stats> {
  const arrivals: number[] = [];
  bus.on("face", () => {
    arrivals.push(clock.monotonicMs());
  });

  function facesPerMinute(): number {
    const since = clock.monotonicMs() - RATE_OVER_MS;
    let old = 0;
    while (old < arrivals.length && (arrivals[old] as number) < since) old++;
    arrivals.splice(0, old);
    return arrivals.length;
  }

  let lastDone: Date | null = null;
  bus.on("discovery", (state) => {
    if (state.state === "idle") lastDone = state.finishedAt;
  });

  return async () => {
    const current = discovery();
    const clusters = await suggestions.waiting();
    return {
      counts: { ...(await store.counts()), clusters },
      rejected: ingest.rejected,
      lastDiscovery: lastDone ?? (current.state === "idle" ? current.finishedAt : null),
      problem: problems.sentence(),
      facesPerMinute: facesPerMinute(),
    };
  };
}
