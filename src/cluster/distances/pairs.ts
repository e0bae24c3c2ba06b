import type { Kernel } from "../kernel/kernel-api.ts";
import { CONTROL, type Layout, type Space } from "./space.ts";

/** Longest sleep while other threads finish, in milliseconds. */
const WAIT_MS = 20;
/** Why a thread failed: the memory is full, or it threw. */
export const FULL = 1;
export const BROKEN = 2;

/**
 * The pass over all pairs: every pair nearer than the threshold is put into the rows of both its points. n²/2
 * filter steps of `axes` multiplications each, in tiles of 64 × 64 points.
 *
 * A task is one block against itself and all later ones. Threads take the next task from a shared counter, so none
 * waits for another; each writes rows of its own. Which thread found a pair, and in what order, makes no difference,
 * because rows are only ever summed, in whole steps.
 *
 * Runs in the calling thread until no task is left or another thread has failed.
 */
export function takeTasks(kernel: Kernel, space: Space, onTask?: (done: number) => void): void {
  const control = openControl(space);
  const { blockCount } = space.layout;
  while (Atomics.load(control, CONTROL.failed) === 0) {
    const task = Atomics.add(control, CONTROL.nextTask, 1);
    if (task >= blockCount) return;
    if (kernel.findPairs(task, task, blockCount) !== 0) {
      reportFailure(space, FULL);
      return;
    }
    const done = Atomics.add(control, CONTROL.doneTasks, 1) + 1;
    Atomics.notify(control, CONTROL.doneTasks);
    onTask?.(done);
  }
}

/** Lets helpers begin: their input is complete. */
export function openGate(space: Space): void {
  const control = openControl(space);
  Atomics.store(control, CONTROL.ready, 1);
  Atomics.notify(control, CONTROL.ready);
}

/** Waits for {@link openGate}. */
export function awaitGate(space: Space): void {
  Atomics.wait(openControl(space), CONTROL.ready, 0);
}

/** Stops all threads, because one of them cannot go on. */
export function reportFailure(space: Space, why: typeof FULL | typeof BROKEN): void {
  const control = openControl(space);
  Atomics.store(control, CONTROL.failed, why);
  Atomics.notify(control, CONTROL.doneTasks);
}

/** Share of all pairs done after `tasks` tasks; earlier tasks are longer. */
function shareOf(tasks: number, { blockCount }: Layout): number {
  const left = blockCount - tasks;
  return 1 - (left * (left + 1)) / (blockCount * (blockCount + 1));
}

/**
 * Does the whole pass, together with any helpers that run {@link takeTasks} over the same memory. Blocks its thread.
 * Throws a RangeError when the memory does not suffice, and an Error when a helper failed.
 */
export function findAllPairs(kernel: Kernel, space: Space, onProgress: (fraction: number) => void): void {
  const control = openControl(space);
  const { blockCount } = space.layout;
  const report = (done: number): void => onProgress(shareOf(done, space.layout));
  takeTasks(kernel, space, report);
  for (;;) {
    const failed = Atomics.load(control, CONTROL.failed);
    if (failed === BROKEN) throw new Error("a helper thread of the pass over all pairs failed");
    if (failed === FULL) {
      throw new RangeError(`${space.layout.count} faces have more pairs under the threshold than fit into 4 GB`);
    }
    const done = Atomics.load(control, CONTROL.doneTasks);
    if (done === blockCount) return;
    report(done);
    Atomics.wait(control, CONTROL.doneTasks, done, WAIT_MS);
  }
}

/** The control words, see {@link CONTROL}. */
export function openControl({ memory, layout }: Space): Int32Array {
  return new Int32Array(memory.buffer, layout.control, CONTROL.words);
}

/** Starts another thread for the pass: it waits at the gate, then takes tasks. `thread` counts from 1. */
export type StartHelper = (space: Space, module: WebAssembly.Module, thread: number) => void;
