import { openControl } from "../distances/pairs.ts";
import { CONTROL, type Space } from "../distances/space.ts";
import { addAll, addTo, createTally, type Tally } from "./tally.ts";

/** 32-bit words of a chunk: the next chunk, the number of entries, then the entries. */
const WORDS = 32;
const PAIRS = 30;
const SUMS = 7;
const SUM_WORDS = 4;
/** A sum's first word holds the cluster in its lower bits and the count's upper bits above. */
const ID_BITS = 20;
const ID_MASK = 2 ** ID_BITS - 1;
/** Largest number of points that rows can hold. */
export const MAX_POINTS = 2 ** ID_BITS;

/** Rows come in two levels: pairs nearer than `layout.near`, and the others under the threshold. */
const NEAR = 0;
const FAR = 1;

/** Pages of 64 KB by which the memory grows when it is full. */
const GROW_PAGES = 64;

/** A row is written back when it has this many times more entries than neighbours. */
const WORTH_WRITING = 1.2;

/**
 * The neighbours of each cluster: for every other cluster with at least one pair of faces under the threshold, the
 * number of such pairs and the sum of their quantised distances. Two clusters whose mean distance is under the threshold
 * have at least one such pair, so a cluster's row holds every candidate. The same holds for the near pairs alone and the
 * near distance; the near pairs answer most queries, and they are few.
 *
 * A row is a list of chunks of single pairs (4 bytes, as the pass wrote them) and a list of chunks of sums (16 bytes).
 * Joining two clusters concatenates their lists and updates nothing else: the next read of a row maps its entries to the
 * current clusters, sums those that have merged, drops the finished ones, and writes the shorter row back. So a row is
 * about as long as the cluster has neighbours, and all reading and writing is sequential.
 *
 * All sums are of integers under 2^53, hence exact and the same in any order.
 */
export interface Rows {
  /** Reads the near row of cluster `i` into `ids`, `counts` and `sums`; returns how many neighbours it has. */
  collectNear(i: number): number;
  /** Adds the far row; to be called right after {@link collectNear}, which returned `near`. */
  collectFar(i: number, near: number): number;
  readonly ids: Int32Array;
  /** Number of pairs of faces under the threshold. */
  readonly counts: Float64Array;
  /** Sum of their distances in whole steps, each rounded down. */
  readonly sums: Float64Array;
  /** Merges cluster `gone` into `kept`. */
  join(kept: number, gone: number): void;
  /** Cluster `i` is finished: its row is freed, and other rows drop it when they are read. */
  finish(i: number): void;
}

/** Opens the rows that the pass wrote. `weights`: faces per point, when several faces share one; else null. */
export function openRows(space: Space, weights: Int32Array | null): Rows {
  const { memory, layout } = space;
  const { count, shift } = layout;
  const mask = 2 ** shift - 1;
  const poolWords = layout.pool / 4;
  let words = new Int32Array(memory.buffer);
  let floats = new Float64Array(memory.buffer, 0, Math.floor(memory.buffer.byteLength / 8));
  const control = openControl(space);

  // The parent of every finished cluster.
  const finished = count;
  const parent = new Int32Array(count + 1).map((_, i) => i);
  const pairHead = new Int32Array(2 * count);
  const pairTail = new Int32Array(2 * count);
  const sumHead = new Int32Array(2 * count);
  const sumTail = new Int32Array(2 * count);
  const near = createTally(count);
  const far = createTally(count);
  let free = 0;
  let entriesRead = 0;

  layout.heads.forEach((heads, thread) => {
    const tails = layout.tails[thread]!;
    for (let list = 0; list < 2 * count; list++) addPairs(list, words[heads / 4 + list]!, words[tails / 4 + list]!);
  });
  if (weights) for (let list = 0; list < 2 * count; list++) weigh(list, weights);

  /** Prepends the chunks of pairs that a thread wrote. */
  function addPairs(list: number, head: number, tail: number): void {
    if (head === 0) return;
    words[poolWords + tail * WORDS] = pairHead[list]!;
    if (pairHead[list] === 0) pairTail[list] = tail;
    pairHead[list] = head;
  }

  /** A pair of points stands for as many pairs of faces as their weights multiplied. */
  function weigh(list: number, weight: Int32Array): void {
    const self = list % count;
    const neighbours = read(list, self, near);
    let changed = false;
    for (let k = 0; k < neighbours; k++) {
      const times = weight[self]! * weight[near.ids[k]!]!;
      if (times === 1) continue;
      near.counts[k] = near.counts[k]! * times;
      near.sums[k] = near.sums[k]! * times;
      changed = true;
    }
    if (changed) rewrite(list, near, neighbours);
  }

  /** The cluster that `j` is part of now: union-find with path halving. */
  function rootOf(j: number): number {
    let root = j;
    for (let up = parent[root]!; up !== root; up = parent[root]!) {
      const above = parent[up]!;
      parent[root] = above;
      root = above;
    }
    return root;
  }

  /** Sums the entries of a list by current cluster, leaving out `self`; returns how many clusters there are. */
  function read(list: number, self: number, tally: Tally): number {
    let found = 0;
    let entries = 0;
    for (let chunk = pairHead[list]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const end = base + 2 + words[base + 1]!;
      entries += end - base - 2;
      for (let at = base + 2; at < end; at++) {
        const pair = words[at]!;
        const j = rootOf(pair & mask);
        if (j !== self && j !== finished) found = addTo(tally, found, j, 1, pair >>> shift);
      }
      chunk = words[base]!;
    }
    for (let chunk = sumHead[list]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const used = words[base + 1]!;
      entries += used;
      for (let at = base + 4, end = at + used * SUM_WORDS; at < end; at += SUM_WORDS) {
        const word = words[at]!;
        const j = rootOf(word & ID_MASK);
        if (j === self || j === finished) continue;
        const pairs = (word >>> ID_BITS) * 2 ** 32 + (words[at + 1]! >>> 0);
        found = addTo(tally, found, j, pairs, floats[(at + 2) >>> 1]!);
      }
      chunk = words[base]!;
    }
    entriesRead = entries;
    return found;
  }

  function takeChunk(): number {
    if (free !== 0) {
      const chunk = free;
      free = words[poolWords + chunk * WORDS]!;
      return chunk;
    }
    const chunk = control[CONTROL.poolNext]!;
    control[CONTROL.poolNext] = chunk + 1;
    if ((poolWords + (chunk + 1) * WORDS) * 4 > memory.buffer.byteLength) {
      memory.grow(GROW_PAGES);
      words = new Int32Array(memory.buffer);
      floats = new Float64Array(memory.buffer, 0, Math.floor(memory.buffer.byteLength / 8));
    }
    return chunk;
  }

  function freeChunks(head: number, tail: number): void {
    if (head === 0) return;
    words[poolWords + tail * WORDS] = free;
    free = head;
  }

  function clear(list: number): void {
    freeChunks(pairHead[list]!, pairTail[list]!);
    freeChunks(sumHead[list]!, sumTail[list]!);
    pairHead[list] = 0;
    sumHead[list] = 0;
  }

  /** Prepends a new chunk to a list; returns the index of its first word. */
  function startChunk(heads: Int32Array, tails: Int32Array, list: number): number {
    const chunk = takeChunk();
    const base = poolWords + chunk * WORDS;
    if (heads[list] === 0) tails[list] = chunk;
    words[base] = heads[list]!;
    words[base + 1] = 0;
    heads[list] = chunk;
    return base;
  }

  function rewrite(list: number, { ids, counts, sums }: Tally, found: number): void {
    clear(list);
    let pairBase = 0;
    let sumBase = 0;
    for (let k = 0; k < found; k++) {
      const pairs = counts[k]!;
      if (pairs === 1) {
        if (pairBase === 0 || words[pairBase + 1] === PAIRS) pairBase = startChunk(pairHead, pairTail, list);
        const used = words[pairBase + 1]!;
        words[pairBase + 2 + used] = (sums[k]! << shift) | ids[k]!;
        words[pairBase + 1] = used + 1;
      } else {
        if (sumBase === 0 || words[sumBase + 1] === SUMS) sumBase = startChunk(sumHead, sumTail, list);
        const used = words[sumBase + 1]!;
        const at = sumBase + 4 + used * SUM_WORDS;
        words[at] = ids[k]! | (Math.floor(pairs / 2 ** 32) << ID_BITS);
        words[at + 1] = (pairs % 2 ** 32) | 0;
        floats[(at + 2) >>> 1] = sums[k]!;
        words[sumBase + 1] = used + 1;
      }
    }
  }

  function collect(list: number, self: number, tally: Tally): number {
    const found = read(list, self, tally);
    if (entriesRead > found * WORTH_WRITING) rewrite(list, tally, found);
    return found;
  }

  /** Prepends the chunks of one list to another. */
  function concatenate(heads: Int32Array, tails: Int32Array, kept: number, gone: number): void {
    if (heads[gone] === 0) return;
    if (heads[kept] === 0) tails[kept] = tails[gone]!;
    words[poolWords + tails[gone]! * WORDS] = heads[kept]!;
    heads[kept] = heads[gone]!;
    heads[gone] = 0;
  }

  return {
    ids: near.ids,
    counts: near.counts,
    sums: near.sums,

    collectNear: (i) => collect(NEAR * count + i, i, near),

    collectFar(i, found) {
      const more = collect(FAR * count + i, i, far);
      return addAll(near, found, far, more);
    },

    join(kept, gone) {
      parent[gone] = kept;
      for (const level of [0, count]) {
        concatenate(pairHead, pairTail, level + kept, level + gone);
        concatenate(sumHead, sumTail, level + kept, level + gone);
      }
    },

    finish(i) {
      parent[i] = finished;
      clear(i);
      clear(count + i);
    },
  };
}
