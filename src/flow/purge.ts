import { posix } from "node:path";
import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { Settings } from "../domain/settings.ts";
import type { Frames } from "../frames/locate.ts";
import type { PurgeCandidate } from "../store/port/faces.ts";
import type { ThinnedCounts } from "../store/port/thinning.ts";
import type { Store } from "../store/port.ts";
import { createPurgeHold, type PurgeHoldDeps } from "./purge-hold.ts";
import { type ThinDeps, thinEndedVisits } from "./thin.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long the history of changes goes back. */
const CHANGES_KEPT_DAYS = 90;

export interface PurgeDeps {
  readonly store: Pick<Store, "counts" | "purgeable" | "otherSources" | "purge" | "trimChanges" | "thinnedCounts"> &
    PurgeHoldDeps["store"] &
    ThinDeps["store"];
  readonly frames: Frames;
  /** Reads the gallery again: ignored faces are in it. */
  readonly reloadPeople: () => Promise<void>;
  /** At which distance faces are thinned; null: never. */
  readonly thin: number | null;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

export interface PurgeOutcome {
  readonly faces: number;
  readonly frames: number;
  readonly thumbnails: number;
  /** How many there are: they stay until their person is deleted. */
  readonly counterExamples: number;
  readonly dryRun: boolean;
  readonly wouldDelete: readonly (PurgeCandidate & { readonly frame: string | null })[];
}

/** Deletes unassigned faces past retention, with their thumbnails and source frames, and what is too old of the history. */
export interface Purge {
  /** Runs hourly, the first time in an hour. */
  start(): Promise<void>;
  /** Lets a run that is under way finish. */
  stop(): Promise<void>;
  /** A dry run only lists what would be deleted. Nothing is deleted while the clock cannot be trusted. */
  run(dryRun: boolean): Promise<PurgeOutcome>;
  /** Until when nothing is purged because the clock jumped; null: it did not. */
  heldUntil(): Date | null;
  lastRun(): Date | null;
  /** At which distance faces are thinned, null: never; and how many were. */
  thinning(): Promise<{ readonly thin: number | null; readonly thinned: ThinnedCounts }>;
}

export function createPurge(deps: PurgeDeps): Purge {
  const { store, frames, reloadPeople, settings, bus, clock, log } = deps;
  const hold = createPurgeHold(deps);
  let last: Date | null = null;
  let cancelHourly: (() => void) | null = null;
  let stopping = false;
  let running: Promise<unknown> = Promise.resolve();

  /** Frame files by source: those of the candidates that no other face needs, in whatever spelling or by a link. */
  async function framesOf(
    candidates: readonly Pick<PurgeCandidate, "faceId" | "source">[],
  ): Promise<Map<string, string>> {
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

  async function thin(): Promise<void> {
    const count = await thinEndedVisits({
      store,
      distance: deps.thin,
      settings,
      clock,
      isStopping: () => stopping,
      async onGone(faces) {
        const files = await framesOf(faces.map(({ id, source }) => ({ faceId: id, source })));
        for (const file of new Set(files.values())) await frames.remove(file);
        bus.emit("thinned", { faces: faces.length });
        bus.emit("erased", { faceIds: faces.map((face) => face.id) });
      },
    });
    if (count > 0) bus.emit("clusters", {});
  }

  async function run(dryRun: boolean): Promise<PurgeOutcome> {
    const days = settings()["storage.retention_days"];
    const isHeld = hold.until() !== null;
    const before = new Date(clock.now().getTime() - days * DAY_MS);
    const candidates = days === 0 || (isHeld && !dryRun) ? [] : await store.purgeable(before);
    const files = await framesOf(candidates);
    const wouldDelete = candidates.map((one) => ({
      ...one,
      frame: one.source === null ? null : (files.get(one.source) ?? null),
    }));
    const outcome = {
      faces: candidates.length,
      frames: new Set(files.values()).size,
      thumbnails: candidates.filter((one) => one.hasThumbnail).length,
      counterExamples: (await store.counts()).counterExamples,
      dryRun,
      wouldDelete,
    };
    if (dryRun) return outcome;
    last = clock.now();
    if (!isHeld) await store.trimChanges(new Date(last.getTime() - CHANGES_KEPT_DAYS * DAY_MS));
    if (!isHeld) await thin();
    if (candidates.length === 0) return outcome;

    // Frames first: after a crash in between, the rows are still there and the next purge finishes the work.
    let removedFrames = 0;
    for (const file of new Set(files.values())) if (await frames.remove(file)) removedFrames++;
    const deleted = new Set(await store.purge(candidates.map((one) => one.faceId)));
    const purged = {
      faces: deleted.size,
      frames: removedFrames,
      thumbnails: candidates.filter((one) => deleted.has(one.faceId) && one.hasThumbnail).length,
    };
    await reloadPeople();
    bus.emit("purged", purged);
    bus.emit("erased", { faceIds: [...deleted] });
    bus.emit("clusters", {});
    return { ...outcome, ...purged, wouldDelete: wouldDelete.filter((one) => deleted.has(one.faceId)) };
  }

  function runHourly(): void {
    cancelHourly = clock.after(HOUR_MS, () => {
      running = run(false).catch((error: unknown) =>
        log.error({ err: error }, "the hourly purge failed; it runs again in an hour"),
      );
      runHourly();
    });
  }

  return {
    async start() {
      await hold.start();
      runHourly();
    },
    async stop() {
      stopping = true;
      cancelHourly?.();
      hold.stop();
      await running;
    },
    run,
    heldUntil: hold.until,
    lastRun: () => last,
    thinning: async () => ({ thin: deps.thin, thinned: await store.thinnedCounts() }),
  };
}
