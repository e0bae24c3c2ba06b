import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { FoundCluster } from "../../domain/cluster.ts";
import { lowerPriority } from "../priority.ts";
import { type ProposalInput, proposeClusters } from "./propose.ts";

/** Faces whose clusters are sent at a time: reading a message holds up the other thread. */
const FACES_AT_ONCE = 2_000;
/** Clusters at a time: each has a mean of its own. */
const CLUSTERS_AT_ONCE = 100;

/** What the thread sends, each time after a message that asks for it; null: there are no more. */
export type ProposalMessage = readonly FoundCluster[] | null;

/** Proposes once, in a thread of its own: posts the clusters, some at a time as they are asked for, then ends. */
function work(input: ProposalInput): void {
  lowerPriority();
  const found = proposeClusters(input);
  let at = 0;
  parentPort?.on("message", () => {
    const some: FoundCluster[] = [];
    for (let faces = 0; at < found.length && some.length < CLUSTERS_AT_ONCE && faces < FACES_AT_ONCE; at++) {
      const cluster = found[at] as FoundCluster;
      some.push(cluster);
      faces += cluster.faceIds.length;
    }
    parentPort?.postMessage((some.length > 0 ? some : null) satisfies ProposalMessage);
  });
}

if (!isMainThread) work(workerData as ProposalInput);
