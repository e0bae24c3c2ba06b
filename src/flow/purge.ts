import { posix } from "node:path";
import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { Settings } from "../domain/settings.ts";
import type { Frames } from "../frames/locate.ts";
import type { PurgeCandidate } from "../store/port/faces.ts";
import type { Store } from "../store/port.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The wall clock may drift this far from the monotonic one before it counts as a jump. */
const JUMP_MS = 2 * HOUR_MS;
const HELD_MS = 24 * HOUR_MS;
const WATCH_CLOCK_MS = 60_000;

export interface PurgeDeps {
  readonly store: Pick<Store, "purgeable" | "otherSources" | "purge" | "purgeHold" | "savePurgeHold">;
  readonly frames: Frames;
  /** Recognition forgets what it compared with of the faces that went. */
  readonly reloadPeople: () => Promise<void>;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "error">;
}

export interface PurgeOutcome {
  readonly faces: number;
  readonly frames: number;
  readonly thumbnails: number;
  readonly dryRun: boolean;
  readonly wouldDelete: readonly (PurgeCandidate & { readonly frame: string | null })[];
}

/** Takes what nobody named after the retention time: faces, their thumbnails and source frames. */
export interface Purge {
  /** Hourly from now on. */
  start(): void;
  stop(): void;
  /** By command; `dryRun` only says what would go. Nothing goes while the clock is not to be trusted. */
  run(dryRun: boolean): Promise<PurgeOutcome>;
  /** Until when nothing is purged because the clock jumped; null: it did not. */
  heldUntil(): Date | null;
  lastRun(): Date | null;
}

/** Goes on holding back where an earlier run had to: what counts is the time that the daemon has been running since. */
export async function openPurge(deps: PurgeDeps): Promise<Purge> {
  const { store, frames, reloadPeople, settings, bus, clock, log } = deps;
  const heldMs = await store.purgeHold();
  let offset = clock.now().getTime() - clock.monotonicMs();
  let heldUntilMs = heldMs > 0 ? clock.monotonicMs() + heldMs : null;
  if (heldUntilMs !== null) {
    bus.emit("problem", {
      source: "clock",
      message: `the clock jumped before the last start; nothing is purged for the next ${toHours(heldMs)} hours`,
    });
  }
  let keptMs = heldMs;
  let last: Date | null = null;
  let cancelHourly: (() => void) | null = null;
  let cancelWatch: (() => void) | null = null;

  function watchClock(): void {
    const nowMs = clock.monotonicMs();
    const drift = clock.now().getTime() - nowMs - offset;
    offset += drift;
    if (Math.abs(drift) > JUMP_MS) {
      heldUntilMs = nowMs + HELD_MS;
      const message = `the clock jumped by ${toHours(Math.abs(drift))} hours; nothing is purged for the next 24 hours`;
      bus.emit("problem", { source: "clock", message });
    } else if (heldUntilMs !== null && nowMs >= heldUntilMs) {
      heldUntilMs = null;
      keepHold(0);
      bus.emit("problem", { source: "clock", message: null });
    }
    if (heldUntilMs !== null) keepHold(heldUntilMs - nowMs);
  }

  /** To the minute. */
  function keepHold(ms: number): void {
    if (ms > 0 && Math.abs(ms - keptMs) < WATCH_CLOCK_MS) return;
    keptMs = ms;
    store.savePurgeHold(ms).catch((error: unknown) => {
      log.error({ err: error }, "how long nothing may be purged could not be kept");
    });
  }

  const isHeld = (): boolean => {
    watchClock();
    return heldUntilMs !== null;
  };

  /** Which frame files go with these faces: none that any other face refers to, in whatever spelling or through a link. */
  async function framesOf(candidates: readonly PurgeCandidate[]): Promise<Map<string, string>> {
    const sources = [...new Set(candidates.flatMap((one) => (one.source === null ? [] : [one.source])))];
    const files = new Map<string, string>();
    for (const source of sources) {
      const file = await frames.locate(source);
      if (file !== null) files.set(source, file);
    }
    if (files.size === 0) return files;
    const others = await store.otherSources(candidates.map((one) => one.faceId));
    // What has neither the same name nor is a link cannot be the same file: hard links are no frames.
    const names = new Set([...files.values()].map((file) => posix.basename(file)));
    const needed = new Set<string>();
    for (const source of others) {
      if (!names.has(posix.basename(source)) && !(await frames.isLink(source))) continue;
      const file = await frames.locate(source);
      if (file !== null) needed.add(file);
    }
    return new Map([...files].filter(([, file]) => !needed.has(file)));
  }

  async function run(dryRun: boolean): Promise<PurgeOutcome> {
    const days = settings()["storage.retention_days"];
    const held = isHeld();
    const before = new Date(clock.now().getTime() - days * DAY_MS);
    const candidates = days === 0 || (held && !dryRun) ? [] : await store.purgeable(before);
    const files = await framesOf(candidates);
    const wouldDelete = candidates.map((one) => ({
      ...one,
      frame: one.source === null ? null : (files.get(one.source) ?? null),
    }));
    const outcome = {
      faces: candidates.length,
      frames: new Set(files.values()).size,
      thumbnails: candidates.filter((one) => one.hasThumbnail).length,
      dryRun,
      wouldDelete,
    };
    if (dryRun) return outcome;
    last = clock.now();
    if (candidates.length === 0) return outcome;

    // Frames first: after a crash in between, the rows are still there and the next purge finishes the work.
    let removedFrames = 0;
    for (const file of new Set(files.values())) if (await frames.remove(file)) removedFrames++;
    const gone = new Set(await store.purge(candidates.map((one) => one.faceId)));
    const purged = {
      faces: gone.size,
      frames: removedFrames,
      thumbnails: candidates.filter((one) => gone.has(one.faceId) && one.hasThumbnail).length,
    };
    log.info(purged, "purged what nobody named");
    await reloadPeople();
    bus.emit("purged", purged);
    bus.emit("erased", { faceIds: [...gone] });
    bus.emit("clusters", {});
    return { ...outcome, ...purged, wouldDelete: wouldDelete.filter((one) => gone.has(one.faceId)) };
  }

  function hourly(): void {
    run(false).catch((error: unknown) => log.error({ err: error }, "the hourly purge failed; it is tried again"));
    cancelHourly = clock.after(HOUR_MS, hourly);
  }

  function watch(): void {
    watchClock();
    cancelWatch = clock.after(WATCH_CLOCK_MS, watch);
  }

  return {
    start() {
      watch();
      cancelHourly = clock.after(HOUR_MS, hourly);
    },
    stop() {
      cancelHourly?.();
      cancelWatch?.();
    },
    run,
    heldUntil() {
      if (!isHeld() || heldUntilMs === null) return null;
      return new Date(clock.now().getTime() + heldUntilMs - clock.monotonicMs());
    },
    lastRun: () => last,
  };
}

const toHours = (ms: number): number => Math.round((ms / HOUR_MS) * 10) / 10;
