import type { Kernel } from "../kernel/kernel-api.ts";
import { openKernel } from "../kernel/open-kernel.ts";

/** Points in a block of the pass over all pairs; the kernel has the same constant. */
export const BLOCK = 64;
/** Room for the candidate pairs of two blocks, and for their squares. */
const CANDIDATES_BYTES = 2 * BLOCK * BLOCK * 4;
/** Near pairs are those nearer than this share of the threshold: most merges happen there, and few pairs of different people. */
const NEAR_SHARE = 0.8;
const PAGE = 65_536;
const MAX_PAGES = 65_536;

/** Indexes of the control words that all threads share. */
export const CONTROL = { nextTask: 0, doneTasks: 1, failed: 2, poolNext: 3, ready: 4, words: 16 } as const;

/** Addresses in the memory (in bytes) and the parameters of the run. Plain data, because it is sent to other threads. */
export interface Layout {
  readonly count: number;
  /** float32 in a row: the dimension, padded with zeros to a multiple of 16. */
  readonly stride: number;
  /** Filter axes of each point, see `principal-axes.ts`. */
  readonly axes: number;
  readonly blockCount: number;
  /** Bits of a point's number in a pair; the rest holds the quantised distance. */
  readonly shift: number;
  readonly threshold: number;
  /** Pairs nearer than this are kept apart from the others under the threshold. */
  readonly near: number;
  readonly control: number;
  readonly points: number;
  readonly means: number;
  readonly blocks: number;
  readonly halves: number;
  /** The filter axes, float64, and room for one more; used only when they are not the coordinates themselves. */
  readonly basis: number;
  /** Per thread the first chunk of each point's near row, then of each point's far row; `tails` are the last ones likewise. */
  readonly heads: readonly number[];
  readonly tails: readonly number[];
  readonly candidates: readonly number[];
  /** Two lists of point numbers, for sums between clusters. */
  readonly listA: number;
  readonly listB: number;
  readonly pool: number;
}

/** One shared memory and its layout. */
export interface Space {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
}

/** Quantisation steps between 0 and the threshold, and their size. */
export function stepsOf(layout: Layout): { readonly steps: number; readonly size: number } {
  const steps = 2 ** (32 - layout.shift);
  return { steps, size: layout.threshold / steps };
}

/**
 * Relative error that float32 rounding may cause in a distance computed by differences: each
 * difference, square and addition by half a unit in the last place (Higham 2002, ch. 3), halved by the root, doubled for safety.
 */
export function roundingOf(layout: Layout): number {
  return (layout.stride / 16 + 8) * 2 ** -23;
}

/** Pairs whose squared distance in float32 is less than this are kept: all those under the threshold, and a few that round to it. */
export function squaresUnder(layout: Layout): number {
  return Math.fround((layout.threshold * (1 + roundingOf(layout))) ** 2);
}

/** Lays out a memory for `count` points of `dimension` numbers. It grows in use, up to 4 GB; no page is committed before it is touched. */
export function openSpace(shape: {
  count: number;
  dimension: number;
  axes: number;
  threshold: number;
  threads: number;
  /** Faces that the points represent. */
  faces: number;
}): Space {
  const { count, dimension, threshold, threads, faces } = shape;
  const stride = Math.ceil(dimension / 16) * 16;
  const axes = shape.axes < dimension ? shape.axes : stride;
  const blockCount = Math.ceil(count / BLOCK);
  let end = 1024;
  const take = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 128) * 128;
    return at;
  };
  const each = (bytes: number): number[] => Array.from({ length: threads }, () => take(bytes));
  const layout: Layout = {
    count,
    stride,
    axes,
    blockCount,
    shift: Math.max(1, Math.ceil(Math.log2(count))),
    threshold,
    near: (Math.round(NEAR_SHARE * 2 ** 12) / 2 ** 12) * threshold,
    control: take(CONTROL.words * 4),
    points: take(count * stride * 4),
    means: take(count * stride * 4),
    blocks: take(blockCount * BLOCK * axes * 4),
    halves: take(blockCount * BLOCK * 4),
    basis: take(axes < stride ? (axes + 1) * stride * 8 : 0),
    heads: each(2 * count * 4),
    tails: each(2 * count * 4),
    candidates: each(CANDIDATES_BYTES),
    listA: take(faces * 4),
    listB: take(faces * 4),
    pool: take(0),
  };
  if (end >= MAX_PAGES * PAGE) throw new RangeError(`${count} faces do not fit into 4 GB`);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE), maximum: MAX_PAGES, shared: true });
  return { layout, memory };
}

/** A kernel set up for thread `thread`, counted from 0. */
export function openThreadKernel(module: WebAssembly.Module, { layout, memory }: Space, thread: number): Kernel {
  const kernel = openKernel(module, memory);
  const { steps } = stepsOf(layout);
  const { threshold } = layout;
  kernel.setup(
    layout.count,
    layout.stride,
    layout.axes,
    layout.points,
    layout.blocks,
    layout.halves,
    (-threshold * threshold) / 2,
    squaresUnder(layout),
    steps / threshold,
    steps,
    layout.shift,
    (layout.near / threshold) * steps,
    layout.heads[thread]!,
    layout.tails[thread]!,
    layout.pool,
    layout.control + CONTROL.poolNext * 4,
    layout.candidates[thread]!,
  );
  return kernel;
}
