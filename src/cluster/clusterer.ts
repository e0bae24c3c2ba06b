import { availableParallelism } from "node:os";
import type { ResourceLimits } from "node:worker_threads";
import { builtScript } from "./built-script.ts";
import { abortError, type ClusterThread, startClusterThread } from "./cluster-thread.ts";
import { checkInput, type Encodings, type Linkage, type LinkageResult } from "./linkage/linkage.ts";

/** What `discovery.engine` may be; `auto` is `native`. */
export type EngineChoice = "auto" | Linkage["name"];

/** More threads gain little, and the rest of the machine needs them. */
const MOST_THREADS = 4;
const SILENCE_MS = 120_000;
/** ml-hclust reports no progress; it takes some 6 ns × faces³, on slow machines ten times that. */
const ML_HCLUST_MS_PER_CUBE = 6e-5;
/** Memory of more faces is given back at once, and with it the thread: only its end frees a WebAssembly memory for sure. */
const FEW_FACES = 3_000;
const IDLE_MS = 5 * 60_000;

export interface ClustererOptions {
  /** Threads for the heavy part; by default as many as there are processors, at most 4. */
  readonly threads?: number;
  /** A thread that sends nothing for this long counts as hung and is terminated. */
  readonly silenceMs?: number;
  /** How long a thread waits for the next request; by default 5 minutes. */
  readonly idleMs?: number;
  /** What a thread's JavaScript heap may take; the faces themselves lie outside it. */
  readonly resourceLimits?: ResourceLimits;
  /** The script that the thread runs. */
  readonly script?: URL;
}

export interface ClusterRequest {
  /** Read in place when on a SharedArrayBuffer, else copied; not changed either way. */
  readonly encodings: Encodings;
  readonly threshold: number;
  readonly engine: EngineChoice;
  /** Per face the number of its frame: faces with the same number of 0 or more stay in different clusters. */
  readonly frames?: Int32Array;
  /** 0 to 1, never going back. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Clusters encodings away from the event loop. */
export interface Clusterer {
  /**
   * Each call has a thread for itself. Up to 3,000 faces the thread may wait for a next call some minutes, for starting one
   * takes longer than clustering a thousand faces; after more it is gone with all its memory when the promise settles.
   *
   * Rejects with an `AbortError` when `signal` aborts or the clusterer is stopped, with a RangeError for input that no
   * engine takes, and with `DISCOVERY_FAILED` when the thread throws, hangs or runs out of memory.
   */
  cluster(request: ClusterRequest): Promise<LinkageResult>;
  /** Has a thread ready for a call that is about to come. */
  prepare(): void;
  /** Cancels what runs, and ends all threads. */
  stop(): Promise<void>;
}

export function createClusterer(options: ClustererOptions = {}): Clusterer {
  const threads = options.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const script = options.script ?? builtScript("worker");
  const stopping = new AbortController();
  const open = new Set<ClusterThread>();
  let waiting: { readonly thread: ClusterThread; readonly timer: NodeJS.Timeout } | null = null;

  function start(): ClusterThread {
    const thread = startClusterThread({ script, resourceLimits: options.resourceLimits });
    open.add(thread);
    return thread;
  }

  async function end(thread: ClusterThread): Promise<void> {
    await thread.end();
    open.delete(thread);
  }

  function takeWaiting(): ClusterThread | null {
    const thread = waiting?.thread ?? null;
    clearTimeout(waiting?.timer);
    waiting = null;
    return thread;
  }

  function keep(thread: ClusterThread): void {
    const timer = setTimeout(() => {
      takeWaiting();
      void end(thread);
    }, options.idleMs ?? IDLE_MS);
    timer.unref();
    waiting = { thread, timer };
  }

  function take(): ClusterThread {
    const thread = takeWaiting();
    if (thread?.isAlive()) return thread;
    if (thread) open.delete(thread);
    return start();
  }

  return {
    async cluster({ encodings, threshold, engine: choice, frames, onProgress, ...request }) {
      checkInput(encodings, { threshold, ...(frames && { frames }) });
      const signal = AbortSignal.any([stopping.signal, ...(request.signal ? [request.signal] : [])]);
      if (signal.aborted) throw abortError(signal);
      const engine = choice === "auto" ? "native" : choice;
      const silenceMs =
        (options.silenceMs ?? SILENCE_MS) + (engine === "ml-hclust" ? encodings.count ** 3 * ML_HCLUST_MS_PER_CUBE : 0);
      const work = { encodings, threshold, frames: frames ?? null, engine, threads };
      const thread = take();
      let reusable = false;
      try {
        const result = await thread.run(work, { silenceMs, onProgress, signal });
        reusable = encodings.count <= FEW_FACES && !waiting && !stopping.signal.aborted;
        return result;
      } finally {
        if (reusable) keep(thread);
        else await end(thread);
      }
    },

    prepare() {
      if (!stopping.signal.aborted) keep(take());
    },

    async stop() {
      stopping.abort(new Error("the daemon is stopping"));
      takeWaiting();
      await Promise.all([...open].map(end));
    },
  };
}
