import type { Clock } from "../../domain/clock.ts";
import type { Log } from "../../domain/log.ts";
import type { TakenSnapshot } from "../../domain/pictures/snapshot.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import type { SourceDeps, Subscribe } from "../source.ts";

/** A camera that fails is asked at this interval at last, unless its own is longer. */
const LAST_RETRY_MS = 60_000;
/** After a failure a trigger waits so long, or the other program would set the pace. */
const FAILED_PAUSE_MS = 1_000;
/** The same after a refused login: cameras shut out an address that sends several. */
const LOGIN_PAUSE_MS = 60_000;
/** The interval varies by so much of it in both directions, so that cameras are not all asked at the same time. */
const JITTER = 0.05;

export interface PulledCameraDeps extends SourceDeps {
  readonly camera: string;
  /** What it is reported as. */
  readonly source: string;
  /** Where its pictures come from, for people. */
  readonly origin: string;
  readonly fetchPicture: () => Promise<Uint8Array>;
  /** null: only when asked or triggered. */
  readonly intervalMs: number | null;
  /** Topic filter, each message of which is a trigger; null: none. */
  readonly on: string | null;
  readonly subscribe: Subscribe;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Pick<Log, "info" | "warn">;
}

/** A camera whose pictures are fetched: at an interval, on a trigger, on command. Never more than one at a time. */
export interface PulledCamera {
  start(): void;
  stop(): void;
  /**
   * Fetches a picture that is taken from now on: with one under way, the next.
   * @throws {FetchFailed}
   */
  fetchNow(): Promise<TakenSnapshot>;
}

export function createPulledCamera(deps: PulledCameraDeps): PulledCamera {
  const { camera, source, fetchPicture, intervalMs, on, take, report, clock, random, log } = deps;
  const works = { ok: true, sentence: `pictures of ${camera} come from ${deps.origin}${toOccasions(deps)}` };
  let underWay: Promise<TakenSnapshot> | null = null;
  let next: Promise<TakenSnapshot> | null = null;
  let failures = 0;
  /** A trigger before this time waits for it. */
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  let cancelTimer = (): void => undefined;
  let cancelTrigger: (() => void) | null = null;
  let unsubscribe = (): void => undefined;
  let running = false;

  async function fetchOne(): Promise<TakenSnapshot> {
    try {
      const picture = await fetchPicture();
      const taken = take(
        { camera, picture, capturedAt: null, history: false, eventId: null, zones: [], subLabel: null },
        "newest",
      );
      if (failures > 0) log.info({ camera }, "pictures of a camera can be fetched again");
      failures = 0;
      report(source, works);
      return taken;
    } catch (error) {
      if (running) onFailure(error);
      throw error;
    }
  }

  function onFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    failures += 1;
    const isLogin = error instanceof FetchFailed && error.kind === "login";
    notBeforeMs = clock.monotonicMs() + (isLogin ? LOGIN_PAUSE_MS : FAILED_PAUSE_MS);
    if (failures === 1) log.warn({ camera, reason }, "no picture of a camera could be fetched");
    report(source, { ok: false, sentence: `no picture of ${camera} can be fetched: ${reason}` });
  }

  function fetchNow(): Promise<TakenSnapshot> {
    if (underWay === null) {
      underWay = fetchOne().finally(() => {
        underWay = null;
      });
      return underWay;
    }
    next ??= underWay
      .catch(() => undefined)
      .then(() => {
        next = null;
        return fetchNow();
      });
    return next;
  }

  /** A failure has been reported. */
  const fetchQuietly = (): Promise<unknown> => fetchNow().catch(() => undefined);

  function onTrigger({ retain }: { readonly retain: boolean }): void {
    // A retained message is from before, not someone at the door now.
    if (retain || cancelTrigger) return;
    const waitMs = failures === 0 ? 0 : notBeforeMs - clock.monotonicMs();
    if (waitMs <= 0) {
      void fetchQuietly();
      return;
    }
    cancelTrigger = clock.after(waitMs, () => {
      cancelTrigger = null;
      void fetchQuietly();
    });
  }

  function schedule(everyMs: number, waitMs: number): void {
    cancelTimer = clock.after(waitMs, async () => {
      const startedMs = clock.monotonicMs();
      if (underWay === null) await fetchQuietly();
      if (!running) return;
      const backedOffMs = Math.min(everyMs * 2 ** failures, Math.max(everyMs, LAST_RETRY_MS));
      const pauseMs = backedOffMs * (1 + JITTER * (2 * random() - 1));
      schedule(everyMs, Math.max(0, pauseMs - (clock.monotonicMs() - startedMs)));
    });
  }

  return {
    fetchNow,

    start() {
      running = true;
      report(source, works);
      if (on !== null) unsubscribe = deps.subscribe(on, onTrigger);
      if (intervalMs !== null) schedule(intervalMs, intervalMs * random());
    },

    stop() {
      running = false;
      cancelTimer();
      cancelTrigger?.();
      cancelTrigger = null;
      unsubscribe();
    },
  };
}

function toOccasions({ intervalMs, on }: Pick<PulledCameraDeps, "intervalMs" | "on">): string {
  const every = intervalMs === null ? "" : ` every ${intervalMs / 1000} s`;
  const when = on === null ? "" : ` when a message comes on ${on}`;
  return every === "" && when === "" ? " on command" : [every, when].filter((one) => one !== "").join(" and");
}
