import { openControl } from "../distances/pairs.ts";
import { CONTROL, type Space } from "../distances/space.ts";
import { createTally, type Tally, tallyAll } from "./tally.ts";

/** 32-bit words of a chunk: the next chunk, how many entries are used, then the entries. */
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

/** Rows are written back when reading them found this many times more entries than neighbours. */
const WORTH_WRITING = 1.2;

/**
 * What is known about the neighbours of each cluster: for every other cluster with at least one pair of faces under
 * the threshold, how many such pairs there are, and the sum of their quantised distances. Two clusters whose mean
 * distance is under the threshold have at least one such pair, so a cluster's row holds every candidate. The same
 * holds for the near pairs alone and the near distance; most questions are answered by them, and they are few.
 *
 * A row is a list of chunks of single pairs (4 bytes, as the pass wrote them) and a list of chunks of sums (16 bytes).
 * Joining two clusters hooks their lists together. Nothing else is brought up to date at a merge: whoever reads a row
 * next maps its entries to the clusters of now, adds up those that have become one, drops those that are finished,
 * and writes the shorter row back. So a row is about as long as the cluster has neighbours, and all reading and
 * writing is sequential.
 *
 * All sums are of whole numbers under 2^53, hence exact and the same in any order.
 */
export interface Rows {
  /** Reads the near row of cluster `i` into `ids`, `counts` and `sums`; returns how many neighbours it has. */
  collectNear(i: number): number;
  /** The same with the far row added; to be called right after {@link collectNear}, whose answer is `near`. */
  collectFar(i: number, near: number): number;
  readonly ids: Int32Array;
  /** How many pairs of faces are under the threshold. */
  readonly counts: Float64Array;
  /** Sum of their distances in whole steps, each rounded down. */
  readonly sums: Float64Array;
  /** Cluster `gone` has become part of `kept`. */
  join(kept: number, gone: number): void;
  /** Cluster `i` is finished: its row is given back, and other rows drop it when they are read. */
  finish(i: number): void;
}

/** Opens the rows that the pass wrote. `weights`: faces per point, when several faces share one. */
export function openRows(space: Space, weights: Int32Array | null): Rows {
  const { memory, layout } = space;
  const { count, shift } = layout;
  const mask = 2 ** shift - 1;
  const poolWords = layout.pool / 4;
  let words = new Int32Array(memory.buffer);
  let floats = new Float64Array(memory.buffer, 0, Math.floor(memory.buffer.byteLength / 8));
  const control = openControl(space);

  // A finished cluster's parent is nobody.
  const nobody = count;
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

  /** Puts the chunks of pairs that a thread wrote before those of the others. */
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

  /** Adds up the entries of a list by the clusters of now, but for `self`; returns how many clusters. */
  function read(list: number, self: number, { places, ids, counts, sums }: Tally): number {
    let found = 0;
    let entries = 0;
    for (let chunk = pairHead[list]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const end = base + 2 + words[base + 1]!;
      entries += end - base - 2;
      for (let at = base + 2; at < end; at++) {
        const pair = words[at]!;
        let j = pair & mask;
        for (let up = parent[j]!; up !== j; up = parent[j]!) {
          const above = parent[up]!;
          parent[j] = above;
          j = above;
        }
        if (j === self || j === nobody) continue;
        const place = places[j]!;
        if (place < found && ids[place] === j) {
          counts[place] = counts[place]! + 1;
          sums[place] = sums[place]! + (pair >>> shift);
        } else {
          places[j] = found;
          ids[found] = j;
          counts[found] = 1;
          sums[found] = pair >>> shift;
          found++;
        }
      }
      chunk = words[base]!;
    }
    for (let chunk = sumHead[list]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const used = words[base + 1]!;
      entries += used;
      for (let at = base + 4, end = at + used * SUM_WORDS; at < end; at += SUM_WORDS) {
        const word = words[at]!;
        let j = word & ID_MASK;
        for (let up = parent[j]!; up !== j; up = parent[j]!) {
          const above = parent[up]!;
          parent[j] = above;
          j = above;
        }
        if (j === self || j === nobody) continue;
        const pairs = (word >>> ID_BITS) * 2 ** 32 + (words[at + 1]! >>> 0);
        const place = places[j]!;
        if (place < found && ids[place] === j) {
          counts[place] = counts[place]! + pairs;
          sums[place] = sums[place]! + floats[(at + 2) >>> 1]!;
        } else {
          places[j] = found;
          ids[found] = j;
          counts[found] = pairs;
          sums[found] = floats[(at + 2) >>> 1]!;
          found++;
        }
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

  function giveBack(head: number, tail: number): void {
    if (head === 0) return;
    words[poolWords + tail * WORDS] = free;
    free = head;
  }

  function clear(list: number): void {
    giveBack(pairHead[list]!, pairTail[list]!);
    giveBack(sumHead[list]!, sumTail[list]!);
    pairHead[list] = 0;
    sumHead[list] = 0;
  }

  /** Puts a new chunk before those of a list; returns its first word. */
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

  function hook(heads: Int32Array, tails: Int32Array, kept: number, gone: number): void {
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

    collectFar(i, already) {
      const more = collect(FAR * count + i, i, far);
      return tallyAll(near, already, far, more);
    },

    join(kept, gone) {
      parent[gone] = kept;
      for (const level of [0, count]) {
        hook(pairHead, pairTail, level + kept, level + gone);
        hook(sumHead, sumTail, level + kept, level + gone);
      }
    },

    finish(i) {
      parent[i] = nobody;
      clear(i);
      clear(count + i);
    },
  };
}
