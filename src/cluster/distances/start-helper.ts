import { Worker } from "node:worker_threads";
import { builtScript } from "../built-script.ts";
import type { StartHelper } from "./pairs.ts";
import type { PassWork } from "./pass-worker.ts";

/** Starts a helper of the pass in a thread of its own. */
export const startHelper: StartHelper = (space, module, thread) => {
  const work: PassWork = { space, module, thread };
  const worker = new Worker(builtScript("distances/pass-worker"), { workerData: work });
  worker.unref();
};
