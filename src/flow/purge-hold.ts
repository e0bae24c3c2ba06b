import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { Store } from "../store/port.ts";

const HOUR_MS = 3_600_000;
/** The wall clock may drift this far from the monotonic one before it counts as a jump. */
const JUMP_MS = 2 * HOUR_MS;
const HOLD_MS = 24 * HOUR_MS;
const CHECK_MS = 60_000;

export interface PurgeHoldDeps {
  readonly store: Pick<Store, "purgeHold" | "savePurgeHold">;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/**
 * Holds the purge back for 24 hours after the wall clock jumped: by a wrong date, faces would be past retention. What
 * counts is time that the daemon has been running, so a hold is saved to the minute and goes on after a restart.
 */
export interface PurgeHold {
  /** Reads the hold of an earlier run, then checks the clock every minute. */
  start(): Promise<void>;
  stop(): void;
  /** Checks the clock, and answers when the hold ends; null: there is none. */
  until(): Date | null;
}

export function createPurgeHold({ store, bus, clock, log }: PurgeHoldDeps): PurgeHold {
  const readOffset = (): number => clock.now().getTime() - clock.monotonicMs();
  let offset = readOffset();
  /** On the monotonic clock. */
  let endMs: number | null = null;
  let savedMs = 0;
  let cancel: (() => void) | null = null;

  const report = (message: string | null): void =>
    bus.emit("problem", { source: "clock", code: "CLOCK_JUMPED", message });

  function check(): void {
    const nowMs = clock.monotonicMs();
    const driftMs = readOffset() - offset;
    offset += driftMs;
    if (Math.abs(driftMs) > JUMP_MS) {
      endMs = nowMs + HOLD_MS;
      report(`the clock jumped by ${toHours(Math.abs(driftMs))} hours; nothing is purged for the next 24 hours`);
    } else if (endMs !== null && nowMs >= endMs) {
      endMs = null;
      save(0);
      report(null);
    }
    if (endMs !== null) save(endMs - nowMs);
  }

  function save(ms: number): void {
    if (ms > 0 && Math.abs(ms - savedMs) < CHECK_MS) return;
    savedMs = ms;
    store.savePurgeHold(ms).catch((error: unknown) => {
      log.error({ err: error }, "the time until which nothing is purged could not be saved");
    });
  }

  function checkEveryMinute(): void {
    check();
    cancel = clock.after(CHECK_MS, checkEveryMinute);
  }

  return {
    async start() {
      savedMs = await store.purgeHold();
      if (savedMs > 0) {
        endMs = clock.monotonicMs() + savedMs;
        report(`the clock jumped before the last start; nothing is purged for the next ${toHours(savedMs)} hours`);
      }
      checkEveryMinute();
    },
    stop: () => cancel?.(),
    until() {
      check();
      return endMs === null ? null : new Date(clock.now().getTime() + endMs - clock.monotonicMs());
    },
  };
}

const toHours = (ms: number): number => Math.round((ms / HOUR_MS) * 10) / 10;
