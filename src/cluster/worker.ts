import { type MessagePort, parentPort } from "node:worker_threads";
import { startHelper } from "./distances/start-helper.ts";
import { freeMemory } from "./free-memory.ts";
import type { Encodings, Linkage, LinkageResult } from "./linkage/linkage.ts";
import { createNativeLinkage } from "./linkage/native.ts";
import { lowerPriority } from "./priority.ts";

/** Memory is freed when so many faces were clustered, or no request comes for so long. */
const FREE_AFTER_FACES = 3_000;
const FREE_AFTER_MS = 1_000;

/** What the thread is sent. */
export interface ClusterWork {
  readonly encodings: Encodings;
  readonly threshold: number;
  readonly frames: Int32Array | null;
  readonly engine: Linkage["name"];
  /** For the native engine's pass over all pairs. */
  readonly threads: number;
}

/** What the thread answers. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly fraction: number }
  | ({ readonly kind: "done" } & LinkageResult);

/** One clustering: posts its progress and the result. An error ends the thread. */
async function work({ encodings, threshold, frames, engine, threads }: ClusterWork): Promise<void> {
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, transfer);
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

/** Clusters what is sent, one request after another, and keeps no memory for long while it waits. */
function serve(port: MessagePort): void {
  let faces = 0;
  let timer: NodeJS.Timeout | undefined;
  function free(): void {
    faces = 0;
    freeMemory();
  }
  port.on("message", async (request: ClusterWork) => {
    clearTimeout(timer);
    await work(request);
    faces += request.encodings.count;
    if (faces >= FREE_AFTER_FACES) free();
    else timer = setTimeout(free, FREE_AFTER_MS);
  });
}

if (parentPort) {
  lowerPriority();
  serve(parentPort);
}
