import { availableParallelism } from "node:os";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { FacesError } from "../domain/errors.ts";
import { builtScript } from "./built-script.ts";
import { checkInput, type Encodings, type Linkage, type LinkageResult } from "./linkage/linkage.ts";
import type { ClusterWork, WorkerMessage } from "./worker.ts";

/** What `discovery.engine` may be; `auto` is `native`. */
export type EngineChoice = "auto" | Linkage["name"];

/** More threads gain little, and the rest of the machine needs them. */
const MOST_THREADS = 4;
const SILENCE_MS = 120_000;
/** ml-hclust reports no progress; it takes some 6 ns × faces³, on slow machines ten times that. */
const ML_HCLUST_MS_PER_CUBE = 6e-5;

export interface ClustererOptions {
  /** Threads for the heavy part; by default as many as there are processors, at most 4. */
  readonly threads?: number;
  /** A thread that sends nothing for this long counts as hung and is terminated. */
  readonly silenceMs?: number;
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
   * Each call runs in a thread of its own, which is gone with all its memory when the promise settles.
   *
   * Rejects with an `AbortError` when `signal` aborts, with a RangeError for input that no engine takes, and with
   * `DISCOVERY_FAILED` when the thread throws, hangs or runs out of memory.
   */
  cluster(request: ClusterRequest): Promise<LinkageResult>;
}

export function createClusterer(options: ClustererOptions = {}): Clusterer {
  const threads = options.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const script = options.script ?? builtScript("worker");

  return {
    async cluster({ encodings, threshold, engine: choice, frames, onProgress, signal }) {
      checkInput(encodings, { threshold, ...(frames && { frames }) });
      throwIfAborted(signal);
      const engine = choice === "auto" ? "native" : choice;
      const silenceMs =
        (options.silenceMs ?? SILENCE_MS) + (engine === "ml-hclust" ? encodings.count ** 3 * ML_HCLUST_MS_PER_CUBE : 0);
      const workerData: ClusterWork = { encodings, threshold, frames: frames ?? null, engine, threads };
      const worker = new Worker(script, {
        name: "discovery",
        workerData,
        ...(options.resourceLimits && { resourceLimits: options.resourceLimits }),
      });
      try {
        return await resultOf(worker, silenceMs, onProgress, signal);
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** The thread's result; rejects with the reason when it fails, ends early, is silent for too long, or when `signal` aborts. */
function resultOf(
  worker: Worker,
  silenceMs: number,
  onProgress: ((fraction: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<LinkageResult> {
  return new Promise<LinkageResult>((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void =>
      reject(new FacesError("DISCOVERY_FAILED", `clustering failed: ${reason}`, { cause }));
    const watchdog = setTimeout(() => {
      fail(`its thread has sent nothing for ${Math.round(silenceMs / 1000)} s`);
    }, silenceMs);
    const onAbort = (): void => reject(abortError(signal));
    signal?.addEventListener("abort", onAbort, { once: true });

    worker.on("message", (message: WorkerMessage) => {
      watchdog.refresh();
      if (message.kind === "progress") {
        if (!signal?.aborted) onProgress?.(message.fraction);
      } else resolve({ labels: message.labels, heights: message.heights, joins: message.joins });
    });
    worker.on("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") fail("its thread ran out of memory", error);
      else fail(error.message, error);
    });
    worker.on("messageerror", (error) => fail("its thread sent a message that cannot be read", error));
    worker.on("exit", (code) => {
      clearTimeout(watchdog);
      signal?.removeEventListener("abort", onAbort);
      fail(`its thread ended with code ${code} before it was done`);
    });
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error("the clustering was cancelled", { cause: signal?.reason });
  error.name = "AbortError";
  return error;
}
