import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { openEngine } from "./engines.ts";
import type { Encodings, Linkage, LinkageResult } from "./linkage/linkage.ts";
import { lowerPriority } from "./priority.ts";

/** What the thread is started with. */
export interface ClusterWork {
  readonly encodings: Encodings;
  readonly threshold: number;
  readonly frames: Int32Array | null;
  readonly engine: Linkage["name"];
  readonly threads: number;
}

/** What the thread tells. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly fraction: number }
  | ({ readonly kind: "done" } & LinkageResult);

/** One clustering in a thread of its own: works, tells the progress and the result, ends. An error ends it, too. */
async function work({ encodings, threshold, frames, engine, threads }: ClusterWork): Promise<void> {
  const tell = (message: WorkerMessage, give: ArrayBuffer[] = []): void => parentPort?.postMessage(message, give);
  lowerPriority();
  const linkage = await openEngine(engine, threads);
  const result = linkage.cluster(encodings, {
    threshold,
    ...(frames && { frames }),
    onProgress: (fraction) => tell({ kind: "progress", fraction }),
  });
  const { labels, heights, joins } = result;
  tell({ kind: "done", ...result }, [labels.buffer, heights.buffer, joins.buffer] as ArrayBuffer[]);
}

if (!isMainThread) await work(workerData as ClusterWork);
