import { isMainThread, workerData } from "node:worker_threads";
import { lowerPriority } from "../priority.ts";
import { awaitGate, BROKEN, reportFailure, takeTasks } from "./pairs.ts";
import { openThreadKernel, type Space } from "./space.ts";

/** What a helper is started with (its `workerData`). */
export interface PassWork {
  readonly space: Space;
  readonly module: WebAssembly.Module;
  readonly thread: number;
}

/** A helper thread of the pass over all pairs: takes tasks until none is left. */
function help({ space, module, thread }: PassWork): void {
  lowerPriority();
  try {
    const kernel = openThreadKernel(module, space, thread);
    awaitGate(space);
    takeTasks(kernel, space);
  } catch (error) {
    reportFailure(space, BROKEN);
    throw error;
  }
}

if (!isMainThread) help(workerData as PassWork);
