import { Worker } from "node:worker_threads";
import { builtScript } from "../built-script.ts";
import type { ProjectionInput } from "./project-likeness.ts";

/** Some hundred points take a second or two; a thread that takes this long hangs. */
const LONGEST_MS = 120_000;

/** Lays out points by likeness away from the event loop, one layout at a time. */
export interface Projector {
  /**
   * {@link projectLikeness} in a thread that is gone with all its memory when the promise settles.
   * Rejects once it is stopped.
   */
  project(input: ProjectionInput): Promise<Float32Array>;
  /** Ends the thread that runs, if any. */
  stop(): Promise<void>;
}

export function createProjector(): Projector {
  const stopping = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  async function run(input: ProjectionInput): Promise<Float32Array> {
    const { signal } = stopping;
    signal.throwIfAborted();
    let onAbort: () => void = () => undefined;
    const worker = new Worker(builtScript("map/map-worker"), { name: "map", workerData: input });
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        const watchdog = setTimeout(() => reject(new Error("map: its thread hangs")), LONGEST_MS);
        onAbort = () => reject(signal.reason);
        signal.addEventListener("abort", onAbort);
        worker.on("message", resolve);
        worker.on("error", reject);
        worker.on("exit", (code) => {
          clearTimeout(watchdog);
          reject(new Error(`map: its thread ended with code ${code} before it was done`));
        });
      });
    } finally {
      signal.removeEventListener("abort", onAbort);
      await worker.terminate();
    }
  }

  return {
    project(input) {
      const next = last.then(() => run(input));
      last = next.catch(() => undefined);
      return next;
    },
    async stop() {
      stopping.abort(new Error("the daemon is stopping"));
      await last;
    },
  };
}
