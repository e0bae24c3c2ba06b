import type { Clock } from "../../domain/clock.ts";
import type { Discovery } from "../../domain/cluster.ts";
import type { Bus } from "../../domain/events.ts";
import type { Ingest } from "../../flow/ingest.ts";
import type { Problems } from "../../flow/watch/problems.ts";
import type { Store, StoreCounts } from "../../store/port.ts";

const RATE_OVER_MS = 60_000;

export interface FiguresDeps {
  readonly store: Pick<Store, "counts">;
  readonly ingest: Pick<Ingest, "rejected">;
  readonly discovery: () => Discovery;
  readonly problems: Problems;
  readonly bus: Bus;
  readonly clock: Clock;
}

export interface Stats {
  readonly counts: StoreCounts;
  readonly rejected: number;
  readonly lastDiscovery: Date | null;
  readonly problem: string | null;
  readonly facesPerMinute: number;
}

/** The figures that are told: what is stored, what was rejected, how fast faces come. */
export type ReadStats = () => Promise<Stats>;

export function createReadStats({ store, ingest, discovery, problems, bus, clock }: FiguresDeps): ReadStats {
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
    return {
      counts: await store.counts(),
      rejected: ingest.rejected,
      lastDiscovery: lastDone ?? (current.state === "idle" ? current.finishedAt : null),
      problem: problems.sentence(),
      facesPerMinute: facesPerMinute(),
    };
  };
}
