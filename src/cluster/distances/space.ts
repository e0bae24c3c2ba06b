import type { Kernel } from "../kernel/kernel-api.ts";
import { openKernel } from "../kernel/open-kernel.ts";

/** Points in a block of the pass over all pairs; the kernel has the same constant. */
export const BLOCK = 64;
/** Room for the candidate pairs of two blocks, and for their squares. */
const CANDIDATES_BYTES = 2 * BLOCK * BLOCK * 4;
const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** Bytes of a chunk of neighbours: the kernel has the same constant. */
export const CHUNK_BYTES = 256;

/** Indexes of the control words that all threads share. */
export const CONTROL = {
  nextTask: 0,
  doneTasks: 1,
  failed: 2,
  poolNext: 3,
  /** The stage whose input is complete, counted from 1; -1 when there are no more. */
  stage: 4,
  nodes: 5,
  plain: 6,
  limit: 10,
  dense: 9,
  mostChunks: 7,
  /** Threads that are at a task. */
  busy: 8,
  words: 16,
} as const;

/** float64 after the control words: what a stage is begun with. */
export const REAL = { reach: 0, rounding: 1, slack: 2, count: 3 } as const;

/** What lies in the memory (addresses in bytes) and the parameters of the run. Plain data, because it is sent to other threads. */
export interface Layout {
  /** Points, that is, different encodings. */
  readonly count: number;
  /** float32 in a row: the dimension, padded with zeros to a multiple of 16. */
  readonly stride: number;
  /** Filter axes of each node, see `principal-axes.ts`. */
  readonly axes: number;
  readonly threads: number;
  readonly control: number;
  /** Rows of the points. A stage has the points of each node side by side. */
  readonly points: number;
  /** Rows of the nodes' means. */
  readonly means: number;
  /** The nodes' coordinates along the filter axes (int16), by block, and each one's squared norm along them (int32). */
  readonly blocks: number;
  readonly halves: number;
  /** Per point its number of faces, and its frame or -1; 0 instead of an address when no face has a frame. */
  readonly weights: number;
  readonly frames: number;
  /** Per node its first point; one more at the end. */
  readonly starts: number;
  /** Per cluster its number of faces, whether it has become part of another (a byte), and its row of neighbours. */
  readonly sizes: number;
  readonly gone: number;
  readonly heads: number;
  readonly tails: number;
  readonly pushes: number;
  /** The points of each cluster, linked. */
  readonly memberHead: number;
  readonly memberTail: number;
  readonly memberNext: number;
  /** Scratch for merging two rows. */
  readonly slots: number;
  readonly tallyIds: number;
  readonly tallyA: number;
  readonly tallyB: number;
  /** Where the kernel writes the clusters that may be nearest. */
  readonly list: number;
  /** Per frame the merge that marked it. */
  readonly marks: number;
  /** Per thread the rows that the pass writes, and scratch for candidates. */
  readonly rowHeads: number;
  readonly rowTails: number;
  readonly candidates: number;
  /** The filter axes, float64, room for one more, and the centre along each. */
  readonly basis: number;
  /** Per point its coordinates along the filter axes of the first stage, in rows (int16); 0 when those are the coordinates themselves. */
  readonly previews: number;
  /** Per cluster its row in the matrix of distances, and per row its cluster or -1. */
  readonly rowNumbers: number;
  readonly rowIds: number;
  /** Per cluster the row of its mean, and how often that was blended. */
  readonly meanRows: number;
  readonly blends: number;
  /** All of the above, in the order that the kernel reads them. */
  readonly table: number;
  /** Chunks of neighbours; the memory grows here. */
  readonly pool: number;
}

/** The order in which the kernel reads the table. */
const TABLE = [
  "stride",
  "axes",
  "count",
  "points",
  "means",
  "blocks",
  "halves",
  "weights",
  "frames",
  "starts",
  "sizes",
  "gone",
  "heads",
  "tails",
  "pushes",
  "memberHead",
  "memberTail",
  "memberNext",
  "slots",
  "tallyIds",
  "tallyA",
  "tallyB",
  "list",
  "marks",
  "pool",
  "control",
  "rowHeads",
  "rowTails",
  "candidates",
  "previews",
  "rowNumbers",
  "rowIds",
  "meanRows",
  "blends",
] as const satisfies readonly (keyof Layout)[];

/** One shared memory and its layout. */
export interface Space {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
}

/**
 * Relative error that float32 rounding may cause in a distance computed by differences: each
 * difference, square and addition by half a unit in the last place (Higham 2002, ch. 3), halved by the root, doubled for safety.
 */
export function roundingOf(layout: Layout): number {
  return (layout.stride / 16 + 8) * 2 ** -24;
}

/**
 * Lays out a memory for `count` points of `dimension` numbers. It grows in use, up to 4 GB; no page is committed before it
 * is touched. Throws a RangeError for more points than that.
 */
export function openSpace(shape: {
  count: number;
  dimension: number;
  axes: number;
  threads: number;
  /** Frames are numbered under this; 0 when there are none. */
  frames: number;
}): Space {
  const { count, dimension, threads } = shape;
  const stride = Math.ceil(dimension / 16) * 16;
  const axes = shape.axes < dimension ? shape.axes : stride;
  const blocks = Math.ceil(count / BLOCK);
  let end = 1024;
  const take = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 128) * 128;
    return at;
  };
  const perCluster = (): number => take(2 * count * 4);
  const perPoint = (): number => take((count + 1) * 4);
  const layout: Layout = {
    count,
    stride,
    axes,
    threads,
    table: take(TABLE.length * 4),
    control: take(CONTROL.words * 4 + REAL.count * 8),
    points: take(count * stride * 4),
    means: take(count * stride * 4),
    blocks: take(blocks * BLOCK * axes * 2),
    halves: take(blocks * BLOCK * 4),
    weights: perPoint(),
    frames: shape.frames === 0 ? 0 : perPoint(),
    starts: perPoint(),
    sizes: perCluster(),
    gone: take(2 * count),
    heads: perCluster(),
    tails: perCluster(),
    pushes: perCluster(),
    memberHead: perCluster(),
    memberTail: perCluster(),
    memberNext: perPoint(),
    slots: perCluster(),
    tallyIds: perPoint(),
    tallyA: take(count * 8),
    tallyB: take(count * 8),
    list: perPoint(),
    marks: take(shape.frames * 4),
    rowHeads: take(threads * count * 4),
    rowTails: take(threads * count * 4),
    candidates: take(threads * CANDIDATES_BYTES),
    basis: take(((axes + 1) * stride + axes) * 8),
    previews: axes < stride ? take(count * axes * 2) : 0,
    rowNumbers: perCluster(),
    rowIds: perPoint(),
    meanRows: perCluster(),
    blends: perCluster(),
    pool: take(0),
  };
  if (end >= MAX_PAGES * PAGE) throw new RangeError(`${count} faces do not fit into 4 GB`);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE), maximum: MAX_PAGES, shared: true });
  const table = new Int32Array(memory.buffer, layout.table, TABLE.length);
  for (const [k, name] of TABLE.entries()) {
    table[k] = name === "control" ? layout.control + CONTROL.poolNext * 4 : layout[name];
  }
  return { layout, memory };
}

/** A kernel set up for thread `thread`, counted from 0. */
export function openThreadKernel(module: WebAssembly.Module, { layout, memory }: Space, thread: number): Kernel {
  const kernel = openKernel(module, memory);
  kernel.setup(layout.table, thread);
  return kernel;
}

/** The words of an array of the memory. */
export function wordsAt({ memory }: Space, address: number, length: number): Int32Array {
  return new Int32Array(memory.buffer, address, length);
}
