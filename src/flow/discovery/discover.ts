import { randomUUID } from "node:crypto";
import type { Clusterer, EngineChoice } from "../../cluster/clusterer.ts";
import type { LabelledFaces } from "../../cluster/propose/propose.ts";
import type { Proposer } from "../../cluster/propose/proposer.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Discovery, FoundCluster } from "../../domain/cluster.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import type { Settings } from "../../domain/settings.ts";
import type { CollectedFaces } from "../../store/port/faces.ts";
import type { Store } from "../../store/port.ts";
import { createYielder } from "../yielder.ts";

/** The faces of one model, and which group each is in. */
type Labelled = CollectedFaces & Pick<LabelledFaces, "labels">;

/** Progress is emitted at most this often. */
const PROGRESS_EVERY_MS = 250;

export interface DiscoverDeps {
  readonly store: Pick<
    Store,
    | "collectUnassigned"
    | "clusterMembers"
    | "faceLooks"
    | "groupings"
    | "saveDiscovery"
    | "dropFormerClusters"
    | "lastDiscovery"
  >;
  readonly clusterer: Clusterer;
  readonly proposer: Proposer;
  readonly settings: () => Settings;
  readonly rules: {
    readonly minClusterSize: number;
    readonly cannotLink: boolean;
    readonly engine: EngineChoice;
    readonly includeRecognized: boolean;
  };
  readonly bus: Bus;
  readonly clock: Clock;
}

/** Collects unassigned faces, clusters them and proposes the clusters. One discovery at a time. */
export interface Discover {
  /** The current or last discovery. */
  current(): Discovery;
  /** Starts one, or joins the running one. `done` resolves with how it ended and never rejects. */
  start(): { readonly discovery: Discovery; readonly done: Promise<Discovery> };
  /** Stops the running one, if any; resolves when it has stopped. */
  cancel(): Promise<Discovery>;
  /** Reads how the last one ended; call once, before `start`. */
  restore(): Promise<void>;
}

/** A discovery that fails or is cancelled leaves the last result as it was. */
export function createDiscover(deps: DiscoverDeps): Discover {
  const { store, clusterer, proposer, settings, rules, bus, clock } = deps;
  let current: Discovery = {
    state: "idle",
    id: null,
    progress: 0,
    faces: 0,
    clusters: 0,
    startedAt: null,
    finishedAt: null,
    error: null,
  };
  let progressMs = 0;
  let running: { readonly done: Promise<Discovery>; readonly abort: AbortController } | null = null;

  function become(next: Discovery): void {
    current = next;
    bus.emit("discovery", next);
  }

  function showProgress(progress: number): void {
    const nowMs = clock.monotonicMs();
    if (current.state !== "running" || nowMs - progressMs < PROGRESS_EVERY_MS) return;
    progressMs = nowMs;
    become({ ...current, progress });
  }

  async function group(
    faces: CollectedFaces,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<Labelled> {
    const { data, frames } = faces;
    const count = faces.faceIds.length;
    const { labels } = await clusterer.cluster({
      encodings: { data, count, dimension: data.length / count },
      threshold: settings()["discovery.threshold"],
      engine: rules.engine,
      ...(rules.cannotLink ? { frames } : {}),
      signal,
      onProgress,
    });
    return { ...faces, labels };
  }

  async function run(id: string, startedAt: Date, signal: AbortSignal): Promise<Discovery> {
    const startMs = clock.monotonicMs();
    progressMs = startMs;
    const former = current;
    try {
      clusterer.prepare();
      const collected = await store.collectUnassigned({ includeRecognized: rules.includeRecognized });
      const count = collected.reduce((sum, { faceIds }) => sum + faceIds.length, 0);
      become({ ...current, faces: count });
      const groups: Labelled[] = [];
      let before = 0;
      for (const faces of collected) {
        const [done, share] = [before / count, faces.faceIds.length / count];
        groups.push(await group(faces, (progress) => showProgress(done + share * progress), signal));
        before += faces.faceIds.length;
      }
      signal.throwIfAborted();
      const clusters = await propose(groups, signal);
      signal.throwIfAborted();
      const finishedAt = clock.now();
      const stored = await store.saveDiscovery({ id, startedAt, finishedAt, faces: count, clusters });
      const seconds = (clock.monotonicMs() - startMs) / 1000;
      bus.emit("measured", { what: "discovery", seconds, count });
      return { ...current, ...stored, state: "idle", progress: 1 };
    } catch (error) {
      const ended = { ...current, clusters: former.clusters, finishedAt: clock.now() };
      if (signal.aborted) return { ...ended, state: "cancelled" };
      return { ...ended, state: "failed", error: error instanceof Error ? error.message : String(error) };
    }
  }

  async function propose(found: readonly Labelled[], signal: AbortSignal): Promise<readonly FoundCluster[]> {
    // Read as late as possible: what is said meanwhile counts.
    const looks = await store.faceLooks(found.flatMap(({ faceIds }) => faceIds));
    const groupings = await store.groupings();
    const pause = createYielder();
    const models: LabelledFaces[] = [];
    for (const { frames: _, ...faces } of found) {
      const { faceIds } = faces;
      const visits = new Int32Array(faceIds.length).fill(-1);
      const pictured = new Uint8Array(faceIds.length);
      const numbers = new Map<string, number>();
      for (const [row, faceId] of faceIds.entries()) {
        await pause();
        const { visitId = null, hasThumbnail = false } = looks.get(faceId) ?? {};
        pictured[row] = hasThumbnail ? 1 : 0;
        if (visitId === null) continue;
        const number = numbers.get(visitId) ?? numbers.size;
        numbers.set(visitId, number);
        visits[row] = number;
      }
      models.push({ ...faces, visits, pictured });
    }
    const { minClusterSize } = rules;
    return await proposer.propose({ models, minClusterSize, groupings, before: await store.clusterMembers() }, signal);
  }

  /** No one waits for it: what fails is done by the next discovery, which fails with it. */
  function dropFormer(): void {
    store.dropFormerClusters().catch(() => undefined);
  }

  return {
    current: () => current,

    start() {
      if (!running) {
        const abort = new AbortController();
        const startedAt = clock.now();
        const id = randomUUID();
        become({ ...current, state: "running", id, progress: 0, faces: 0, startedAt, finishedAt: null, error: null });
        const done = run(id, startedAt, abort.signal).then((ended) => {
          running = null;
          become(ended);
          if (ended.state === "idle") bus.emit("clusters", {});
          dropFormer();
          return ended;
        });
        running = { done, abort };
      }
      return { discovery: current, done: running.done };
    },

    async cancel() {
      if (!running) return current;
      const { abort, done } = running;
      abort.abort(new FacesError("DISCOVERY_FAILED", "the discovery was cancelled"));
      return await done;
    },

    async restore() {
      const last = await store.lastDiscovery();
      if (last) current = { ...current, ...last, progress: 1 };
      dropFormer();
    },
  };
}
