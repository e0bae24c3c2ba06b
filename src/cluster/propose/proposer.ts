import { setImmediate as nextTick } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { FoundCluster } from "../../domain/cluster.ts";
import { FacesError } from "../../domain/errors.ts";
import { builtScript } from "../built-script.ts";
import { type ProposalInput, proposeClusters } from "./propose.ts";
import type { ProposalMessage } from "./propose-worker.ts";

/** Faces for which starting a thread takes longer than proposing them, some milliseconds. */
const FEW_FACES = 1_000;

/** Proposes clusters of labelled faces; of many away from the event loop. */
export interface Proposer {
  /**
   * What {@link proposeClusters} answers. Rejects with the signal's reason when that aborts, and with `DISCOVERY_FAILED` when
   * the thread fails.
   */
  propose(input: ProposalInput, signal: AbortSignal): Promise<readonly FoundCluster[]>;
}

export interface ProposerOptions {
  /** Up to so many are proposed without a thread. */
  readonly fewFaces?: number;
  /** The script that the thread runs. */
  readonly script?: URL;
}

export function createProposer(options: ProposerOptions = {}): Proposer {
  const { fewFaces = FEW_FACES, script = builtScript("propose/propose-worker") } = options;
  return {
    async propose(input, signal) {
      signal.throwIfAborted();
      const faces = input.models.reduce((sum, { faceIds }) => sum + faceIds.length, 0);
      if (faces <= fewFaces) return proposeClusters(input);
      const worker = new Worker(script, { name: "propose", workerData: input });
      let onAbort: () => void = () => undefined;
      try {
        return await new Promise<readonly FoundCluster[]>((resolve, reject) => {
          const fail = (reason: string, cause?: unknown): void =>
            reject(new FacesError("DISCOVERY_FAILED", `proposing clusters failed: ${reason}`, { cause }));
          onAbort = () => reject(signal.reason);
          signal.addEventListener("abort", onAbort);
          worker.on("error", (error: Error) => fail(error.message, error));
          worker.on("exit", (code) => fail(`its thread ended with code ${code} before it was done`));
          const found: FoundCluster[] = [];
          worker.on("message", async (some: ProposalMessage) => {
            if (some === null) return resolve(found);
            for (const cluster of some) found.push(cluster);
            await nextTick();
            worker.postMessage("next");
          });
          worker.postMessage("first");
        });
      } finally {
        signal.removeEventListener("abort", onAbort);
        await worker.terminate();
      }
    },
  };
}
