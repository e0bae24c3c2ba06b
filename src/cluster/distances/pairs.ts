import type { Kernel } from "../kernel/kernel-api.ts";
import { BLOCK, CONTROL, REAL, type Space } from "./space.ts";

/** Longest sleep while other threads finish, in milliseconds. */
const WAIT_MS = 20;
/** Why a thread failed: there is no room for more pairs, or it threw. */
export const FULL = 1;
export const BROKEN = 2;
/** The task counter holds the stage above these bits. */
const TASK_BITS = 20;
const MOST_TASKS = 2 ** TASK_BITS - 1;

/** A stage of the linkage: its nodes, and how near two of them have to be. */
export interface Stage {
  readonly nodes: number;
  /** Whether every node is one point. */
  readonly plain: boolean;
  /** Whether the distances go into a matrix, instead of rows of neighbours. */
  readonly dense: boolean;
  /** Pairs of nodes with a mean distance of less than this are kept. */
  readonly reach: number;
  /** Relative error of distances, see `roundingOf`. */
  readonly rounding: number;
  /** What the distance of two means may be wrong by. */
  readonly slack: number;
  /** Chunks that the pairs may take, see `CHUNK_BYTES`. */
  readonly mostChunks: number;
  /** See `FilterSteps`. */
  readonly limit: number;
}

/**
 * The pass over all pairs: every pair of nodes nearer than the reach is put into the rows of both. m²/2
 * filter steps of `axes` multiplications each, in tiles of 64 × 64 nodes.
 *
 * A task is one block against itself and all later ones. Threads take the next task from a shared counter, so none
 * waits for another; each writes rows of its own. Which thread found a pair, and in what order, makes no difference.
 *
 * Runs in the calling thread until no task is left or another thread has failed.
 */
function takeTasks(kernel: Kernel, space: Space, stage: number, nodes: number, onTask?: (done: number) => void): void {
  const control = openControl(space);
  const tasks = Math.ceil(nodes / BLOCK);
  while (Atomics.load(control, CONTROL.failed) === 0) {
    Atomics.add(control, CONTROL.busy, 1);
    const task = takeTask(control, stage);
    const full = task < tasks && kernel.findPairs(task, task, tasks) !== 0;
    if (full) reportFailure(space, FULL);
    Atomics.sub(control, CONTROL.busy, 1);
    if (full || task >= tasks) return;
    const done = Atomics.add(control, CONTROL.doneTasks, 1) + 1;
    Atomics.notify(control, CONTROL.doneTasks);
    onTask?.(done);
  }
}

/** The next task of a stage; infinite when another stage has begun, so that a thread that comes late takes none of its tasks. */
function takeTask(control: Int32Array, stage: number): number {
  for (;;) {
    const next = Atomics.load(control, CONTROL.nextTask);
    if (next >>> TASK_BITS !== stage) return Number.POSITIVE_INFINITY;
    if (Atomics.compareExchange(control, CONTROL.nextTask, next, next + 1) === next) return next & MOST_TASKS;
  }
}

/** What a helper thread does: takes tasks of each stage that {@link findAllPairs} begins, until {@link endStages}. */
export function helpStages(kernel: Kernel, space: Space): void {
  const control = openControl(space);
  for (let stage = 0; ; ) {
    Atomics.wait(control, CONTROL.stage, stage);
    stage = Atomics.load(control, CONTROL.stage);
    if (stage < 0) return;
    beginStage(kernel, space);
    takeTasks(kernel, space, stage, control[CONTROL.nodes]!);
  }
}

/** Ends the helpers. */
export function endStages(space: Space): void {
  const control = openControl(space);
  Atomics.store(control, CONTROL.stage, -1);
  Atomics.notify(control, CONTROL.stage);
}

/** Stops all threads, because one of them cannot go on. */
export function reportFailure(space: Space, why: typeof FULL | typeof BROKEN): void {
  const control = openControl(space);
  Atomics.store(control, CONTROL.failed, why);
  Atomics.notify(control, CONTROL.doneTasks);
}

/** Reads the stage that {@link findAllPairs} wrote into a thread's kernel. */
function beginStage(kernel: Kernel, space: Space): void {
  const control = openControl(space);
  const real = new Float64Array(space.memory.buffer, space.layout.control + CONTROL.words * 4, REAL.count);
  kernel.begin(
    control[CONTROL.nodes]!,
    control[CONTROL.plain] === 1,
    control[CONTROL.dense] === 1,
    real[REAL.reach]!,
    real[REAL.rounding]!,
    real[REAL.slack]!,
    control[CONTROL.mostChunks]!,
    control[CONTROL.limit]!,
  );
}

/** Share of all pairs done after `tasks` of all tasks; earlier ones are longer. */
function shareOf(tasks: number, all: number): number {
  const left = all - tasks;
  return 1 - (left * (left + 1)) / (all * (all + 1));
}

/**
 * Does the whole pass of a stage, together with any helpers in {@link helpStages} over the same memory. Blocks its thread.
 * Returns whether there was room for all pairs; if not, their rows are not to be used. Throws an Error when a helper failed.
 */
export function findAllPairs(
  kernel: Kernel,
  space: Space,
  stage: Stage,
  onProgress: (fraction: number) => void,
): boolean {
  const { memory, layout } = space;
  const control = openControl(space);
  const tasks = Math.ceil(stage.nodes / BLOCK);
  const number = control[CONTROL.stage]! + 1;
  control[CONTROL.nodes] = stage.nodes;
  control[CONTROL.plain] = Number(stage.plain);
  control[CONTROL.dense] = Number(stage.dense);
  control[CONTROL.mostChunks] = stage.mostChunks;
  control[CONTROL.limit] = stage.limit;
  control[CONTROL.poolNext] = 1;
  new Float64Array(memory.buffer, layout.control + CONTROL.words * 4, REAL.count).set([
    stage.reach,
    stage.rounding,
    stage.slack,
  ]);
  new Int32Array(memory.buffer, layout.rowHeads, layout.threads * layout.count).fill(0);
  beginStage(kernel, space);
  if (stage.dense && !kernel.openMatrix()) return false;
  Atomics.store(control, CONTROL.failed, 0);
  Atomics.store(control, CONTROL.doneTasks, 0);
  Atomics.store(control, CONTROL.nextTask, number << TASK_BITS);
  Atomics.store(control, CONTROL.stage, number);
  Atomics.notify(control, CONTROL.stage);

  const report = (done: number): void => onProgress(shareOf(done, tasks));
  takeTasks(kernel, space, number, stage.nodes, report);
  for (;;) {
    const failed = Atomics.load(control, CONTROL.failed);
    if (failed === BROKEN) throw new Error("a helper thread of the pass over all pairs failed");
    const done = Atomics.load(control, CONTROL.doneTasks);
    if (failed === 0 && done === tasks) break;
    if (failed === FULL && Atomics.load(control, CONTROL.busy) === 0) break;
    report(done);
    Atomics.wait(control, CONTROL.doneTasks, done, WAIT_MS);
  }
  Atomics.store(control, CONTROL.nextTask, (number << TASK_BITS) | MOST_TASKS);
  return Atomics.load(control, CONTROL.failed) === 0;
}

/** The control words, see {@link CONTROL}. */
function openControl({ memory, layout }: Space): Int32Array {
  return new Int32Array(memory.buffer, layout.control, CONTROL.words);
}

/** Starts another thread for the passes: it takes tasks of every stage. `thread` counts from 1. */
export type StartHelper = (space: Space, module: WebAssembly.Module, thread: number) => void;
