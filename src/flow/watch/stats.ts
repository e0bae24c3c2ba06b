import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { Stats } from "../../domain/stats.ts";

const EVERY_MS = 1_000;

export interface StatsDeps {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly read: () => Promise<Stats>;
  readonly log: Pick<Log, "error">;
}

/** Emits the figures at once and then whenever one may have changed, at most once a second. Returns how to stop. */
export function watchStats({ bus, clock, read, log }: StatsDeps): () => void {
  let cancel: (() => void) | null = null;
  let emittedAtMs = Number.NEGATIVE_INFINITY;

  function emitSoon(): void {
    cancel ??= clock.after(Math.max(0, emittedAtMs + EVERY_MS - clock.monotonicMs()), () => {
      cancel = null;
      emittedAtMs = clock.monotonicMs();
      read()
        .then((stats) => bus.emit("stats", stats))
        .catch((error: unknown) => log.error({ err: error }, "figures could not be read"));
    });
  }

  const causes = ["face", "rejected", "discovery", "clusters", "people", "erased", "problem"] as const;
  const stops = causes.map((name) => bus.on(name, emitSoon));
  emitSoon();
  return () => {
    for (const stop of stops) stop();
    cancel?.();
  };
}
