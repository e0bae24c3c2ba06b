import { type ResourceLimits, Worker } from "node:worker_threads";
import { FacesError } from "../domain/errors.ts";
import type { LinkageResult } from "./linkage/linkage.ts";
import type { ClusterWork, WorkerMessage } from "./worker.ts";

export interface ClusterThreadOptions {
  readonly script: URL;
  readonly resourceLimits: ResourceLimits | undefined;
}

export interface RunOptions {
  /** A thread that sends nothing for this long counts as hung. */
  readonly silenceMs: number;
  readonly onProgress: ((fraction: number) => void) | undefined;
  readonly signal: AbortSignal;
}

/** A thread that clusters, one request after another. */
export interface ClusterThread {
  /**
   * Rejects with an `AbortError` when `signal` aborts, and with `DISCOVERY_FAILED` when the thread throws, hangs or runs
   * out of memory. Then only {@link end} is left to call. One call at a time.
   */
  run(work: ClusterWork, options: RunOptions): Promise<LinkageResult>;
  /** False once it has ended by itself. */
  isAlive(): boolean;
  /** Ends it at once, in the midst of whatever it does; all its memory is free when the promise settles. */
  end(): Promise<void>;
}

/** Starts a thread. It keeps the process from ending only while it runs something. */
export function startClusterThread({ script, resourceLimits }: ClusterThreadOptions): ClusterThread {
  const worker = new Worker(script, { name: "discovery", ...(resourceLimits && { resourceLimits }) });
  worker.unref();
  let failed: FacesError | null = null;
  let onMessage: (message: WorkerMessage) => void = () => undefined;
  let onFailure: (error: FacesError) => void = () => undefined;

  // Listened to from the start: an error event that nothing listens to ends the whole process.
  function fail(reason: string, cause?: unknown): void {
    failed ??= failure(reason, cause);
    onFailure(failed);
  }
  worker.on("message", (message: WorkerMessage) => onMessage(message));
  worker.on("messageerror", (error) => fail("its thread sent a message that cannot be read", error));
  worker.on("error", (error: Error & { code?: string }) => {
    fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "its thread ran out of memory" : error.message, error);
  });
  worker.on("exit", (code) => fail(`its thread ended with code ${code} before it was done`));

  return {
    isAlive: () => failed === null,

    async run(work, { silenceMs, onProgress, signal }) {
      if (failed) throw failed;
      const watchdog = setTimeout(() => {
        onFailure(failure(`its thread has sent nothing for ${Math.round(silenceMs / 1000)} s`));
      }, silenceMs);
      let onAbort: () => void = () => undefined;
      worker.ref();
      try {
        return await new Promise<LinkageResult>((resolve, reject) => {
          onFailure = reject;
          onAbort = () => reject(abortError(signal));
          signal.addEventListener("abort", onAbort);
          onMessage = (message) => {
            watchdog.refresh();
            if (message.kind === "progress") {
              if (!signal.aborted) onProgress?.(message.fraction);
            } else resolve({ labels: message.labels, heights: message.heights, joins: message.joins });
          };
          worker.postMessage(work);
        });
      } finally {
        clearTimeout(watchdog);
        signal.removeEventListener("abort", onAbort);
        onMessage = () => undefined;
        onFailure = () => undefined;
        worker.unref();
      }
    },

    async end() {
      await worker.terminate();
    },
  };
}

/** @returns what a cancelled clustering rejects with. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error("the clustering was cancelled", { cause: signal.reason });
  error.name = "AbortError";
  return error;
}

function failure(reason: string, cause?: unknown): FacesError {
  return new FacesError("DISCOVERY_FAILED", `clustering failed: ${reason}`, { cause });
}
