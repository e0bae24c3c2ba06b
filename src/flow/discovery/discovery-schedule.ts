import { Cron } from "croner";
import type { Bus } from "../../domain/events.ts";
import type { Settings } from "../../domain/settings.ts";

export interface DiscoveryScheduleDeps {
  readonly settings: () => Settings;
  readonly discover: () => void;
  readonly bus: Bus;
}

/** Starts discoveries by the cron expression in force, which can change while running. */
export interface DiscoverySchedule {
  start(): void;
  stop(): void;
  /** When the next discovery is due; null without a schedule. */
  next(): Date | null;
}

/** Times are local, as users of cron expect. */
export function createDiscoverySchedule({ settings, discover, bus }: DiscoveryScheduleDeps): DiscoverySchedule {
  let job: Cron | null = null;
  let unsubscribe: (() => void) | null = null;

  function apply(): void {
    const expression = settings()["discovery.schedule"];
    if (job?.getPattern() === (expression ?? undefined)) return;
    job?.stop();
    job = expression === null ? null : new Cron(expression, { unref: true }, discover);
  }

  return {
    start() {
      apply();
      unsubscribe = bus.on("settings", apply);
    },
    stop() {
      unsubscribe?.();
      job?.stop();
      job = null;
    },
    next: () => job?.nextRun() ?? null,
  };
}
