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

/**
 * Emits the figures at once and then whenever one may have changed, at most once a second; one after the other, so that
 * none is older than the one before. Returns how to stop.
 */
export function watchStats({ bus, clock, read, log }: StatsDeps): () => void {
  let cancel: (() => void) | null = null;
  let emittedAtMs = Number.NEGATIVE_INFINITY;
  let reading = false;
  let changed = false;
  let stopped = false;

  function emitSoon(): void {
    if (stopped) return;
    changed = true;
    if (reading) return;
    cancel ??= clock.after(Math.max(0, emittedAtMs + EVERY_MS - clock.monotonicMs()), () => {
      cancel = null;
      emittedAtMs = clock.monotonicMs();
      void emit();
    });
  }

  async function emit(): Promise<void> {
    reading = true;
    changed = false;
    try {
      bus.emit("stats", await read());
    } catch (error) {
      log.error({ err: error }, "figures could not be read");
    }
    reading = false;
    if (changed) emitSoon();
  }

  const causes = ["face", "rejected", "discovery", "clusters", "people", "erased", "settings", "problem"] as const;
  const stops = causes.map((name) => bus.on(name, emitSoon));
  emitSoon();
  return () => {
    stopped = true;
    for (const stop of stops) stop();
    cancel?.();
  };
}
