import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { startHelper } from "./distances/start-helper.ts";
import type { Encodings, Linkage, LinkageResult } from "./linkage/linkage.ts";
import { createNativeLinkage } from "./linkage/native.ts";
import { lowerPriority } from "./priority.ts";

/** What the thread is started with (its `workerData`). */
export interface ClusterWork {
  readonly encodings: Encodings;
  readonly threshold: number;
  readonly frames: Int32Array | null;
  readonly engine: Linkage["name"];
  /** For the native engine's pass over all pairs. */
  readonly threads: number;
}

/** What the thread sends. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly fraction: number }
  | ({ readonly kind: "done" } & LinkageResult);

/** One clustering in a thread of its own: posts its progress and the result, then ends. An error ends it, too. */
async function work({ encodings, threshold, frames, engine, threads }: ClusterWork): Promise<void> {
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, transfer);
  lowerPriority();
  const linkage = engine === "native" ? createNativeLinkage({ threads, startHelper }) : await openMlHclust();
  const result = linkage.cluster(encodings, {
    threshold,
    ...(frames && { frames }),
    onProgress: (fraction) => post({ kind: "progress", fraction }),
  });
  const { labels, heights, joins } = result;
  post({ kind: "done", ...result }, [labels.buffer, heights.buffer, joins.buffer] as ArrayBuffer[]);
}

/** Loaded only when chosen: loading it takes longer than clustering a thousand faces without it. */
async function openMlHclust(): Promise<Linkage> {
  const { createMlHclustLinkage } = await import("./linkage/ml-hclust.ts");
  return createMlHclustLinkage();
}

if (!isMainThread) await work(workerData as ClusterWork);
