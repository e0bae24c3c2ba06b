import { isMainThread, workerData } from "node:worker_threads";
import { reportFailure, takeTasks } from "./pairs.ts";
import { lowerPriority } from "./priority.ts";
import { openThreadKernel, type Space } from "./space.ts";

/** What a helper is started with. */
export interface PassWork {
  readonly space: Space;
  readonly module: WebAssembly.Module;
  readonly thread: number;
}

/** A helper thread of the pass over all pairs: takes tasks until none is left. */
function help({ space, module, thread }: PassWork): void {
  lowerPriority();
  try {
    takeTasks(openThreadKernel(module, space, thread), space);
  } catch (error) {
    reportFailure(space);
    throw error;
  }
}

if (!isMainThread) help(workerData as PassWork);
