import { isMainThread, workerData } from "node:worker_threads";
import { lowerPriority } from "../priority.ts";
import { BROKEN, helpStages, reportFailure } from "./pairs.ts";
import { openThreadKernel, type Space } from "./space.ts";

/** What a helper is started with (its `workerData`). */
export interface PassWork {
  readonly space: Space;
  readonly module: WebAssembly.Module;
  readonly thread: number;
}

/** A helper thread of the passes over all pairs: takes tasks of every stage. */
function help({ space, module, thread }: PassWork): void {
  lowerPriority();
  try {
    helpStages(openThreadKernel(module, space, thread), space);
  } catch (error) {
    reportFailure(space, BROKEN);
    throw error;
  }
}

if (!isMainThread) help(workerData as PassWork);
