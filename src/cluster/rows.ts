import { openControl } from "./pairs.ts";
import { CONTROL, type Space } from "./space.ts";

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

/**
 * What is known about the neighbours of each cluster: for every other cluster with at least one pair of faces under
 * the threshold, how many such pairs there are, and the sum of their quantised distances. Two clusters whose mean
 * distance is under the threshold have at least one such pair, so a cluster's row holds every candidate.
 *
 * A row is a list of chunks of single pairs (4 bytes, as the pass wrote them) and a list of chunks of sums (16 bytes).
 * Joining two clusters hooks their lists together. Nothing else is brought up to date at a merge: whoever reads a row
 * next maps its entries to the clusters of now, adds up those that have become one, drops those that are finished,
 * and writes the shorter row back. So a row is as long as the cluster has neighbours, and all reading and writing is
 * sequential: each pair is added up once or twice in its life.
 *
 * All sums are of whole numbers under 2^53, hence exact and the same in any order.
 */
export interface Rows {
  /** Reads the row of cluster `i` into `ids`, `counts` and `sums`; returns how many neighbours it has. */
  collect(i: number): number;
  readonly ids: Int32Array;
  /** How many pairs of faces are under the threshold. */
  readonly counts: Float64Array;
  /** Sum of their distances in whole steps, each rounded down. */
  readonly sums: Float64Array;
  /** Cluster `gone` has become part of `kept`. */
  join(kept: number, gone: number): void;
  /** Cluster `i` is finished: its row is given back, and other rows drop it when they are read. */
  finish(i: number): void;
  /** The cluster that point or former cluster `i` belongs to now. */
  find(i: number): number;
}

/**
 * Opens the rows that the pass wrote. `weights`: faces per point, when several faces share one.
 */
export function openRows(space: Space, weights: Int32Array | null): Rows {
  const { memory, layout } = space;
  const { count, shift } = layout;
  const mask = 2 ** shift - 1;
  const poolWords = layout.pool / 4;
  let words = new Int32Array(memory.buffer);
  let floats = new Float64Array(memory.buffer, 0, Math.floor(memory.buffer.byteLength / 8));
  const control = openControl(space);

  const parent = new Int32Array(count).map((_, i) => i);
  const finished = new Uint8Array(count);
  const pairHead = new Int32Array(count);
  const pairTail = new Int32Array(count);
  const sumHead = new Int32Array(count);
  const sumTail = new Int32Array(count);
  const stamps = new Int32Array(count);
  const places = new Int32Array(count);
  const ids = new Int32Array(count);
  const counts = new Float64Array(count);
  const sums = new Float64Array(count);
  let stamp = 0;
  let free = 0;

  for (const heads of layout.heads) {
    const from = heads / 4;
    for (let i = 0; i < count; i++) hookPairs(i, words[from + i]!);
  }
  if (weights) for (let i = 0; i < count; i++) weigh(i, weights);

  /** Puts a list of chunks of pairs before the row's. */
  function hookPairs(i: number, head: number): void {
    if (head === 0) return;
    let tail = head;
    for (;;) {
      const next = words[poolWords + tail * WORDS]!;
      if (next === 0) break;
      tail = next;
    }
    words[poolWords + tail * WORDS] = pairHead[i]!;
    if (pairHead[i] === 0) pairTail[i] = tail;
    pairHead[i] = head;
  }

  /** A pair of points stands for as many pairs of faces as their weights multiplied. */
  function weigh(i: number, weight: Int32Array): void {
    const neighbours = read(i);
    let changed = false;
    for (let k = 0; k < neighbours; k++) {
      const times = weight[i]! * weight[ids[k]!]!;
      if (times === 1) continue;
      counts[k] = counts[k]! * times;
      sums[k] = sums[k]! * times;
      changed = true;
    }
    if (changed) rewrite(i, neighbours);
  }

  function find(i: number): number {
    let at = i;
    for (;;) {
      const up = parent[at]!;
      if (up === at) return at;
      const above = parent[up]!;
      parent[at] = above;
      at = above;
    }
  }

  let entriesRead = 0;

  function read(i: number): number {
    stamp++;
    let found = 0;
    let entries = 0;
    for (let chunk = pairHead[i]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const end = base + 2 + words[base + 1]!;
      entries += end - base - 2;
      for (let at = base + 2; at < end; at++) {
        const pair = words[at]!;
        const j = find(pair & mask);
        if (j === i || finished[j] !== 0) continue;
        if (stamps[j] === stamp) {
          const place = places[j]!;
          counts[place] = counts[place]! + 1;
          sums[place] = sums[place]! + (pair >>> shift);
        } else {
          stamps[j] = stamp;
          places[j] = found;
          ids[found] = j;
          counts[found] = 1;
          sums[found] = pair >>> shift;
          found++;
        }
      }
      chunk = words[base]!;
    }
    for (let chunk = sumHead[i]!; chunk !== 0; ) {
      const base = poolWords + chunk * WORDS;
      const used = words[base + 1]!;
      entries += used;
      for (let at = base + 4, end = at + used * SUM_WORDS; at < end; at += SUM_WORDS) {
        const word = words[at]!;
        const j = find(word & ID_MASK);
        if (j === i || finished[j] !== 0) continue;
        const pairs = (word >>> ID_BITS) * 2 ** 32 + (words[at + 1]! >>> 0);
        const sum = floats[(at + 2) >>> 1]!;
        if (stamps[j] === stamp) {
          const place = places[j]!;
          counts[place] = counts[place]! + pairs;
          sums[place] = sums[place]! + sum;
        } else {
          stamps[j] = stamp;
          places[j] = found;
          ids[found] = j;
          counts[found] = pairs;
          sums[found] = sum;
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
      memory.grow(64);
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

  function clear(i: number): void {
    giveBack(pairHead[i]!, pairTail[i]!);
    giveBack(sumHead[i]!, sumTail[i]!);
    pairHead[i] = 0;
    sumHead[i] = 0;
  }

  function rewrite(i: number, found: number): void {
    clear(i);
    let pairBase = 0;
    let sumBase = 0;
    for (let k = 0; k < found; k++) {
      if (counts[k] === 1) {
        if (pairBase === 0 || words[pairBase + 1] === PAIRS) {
          const chunk = takeChunk();
          pairBase = poolWords + chunk * WORDS;
          if (pairHead[i] === 0) pairTail[i] = chunk;
          words[pairBase] = pairHead[i]!;
          words[pairBase + 1] = 0;
          pairHead[i] = chunk;
        }
        const used = words[pairBase + 1]!;
        words[pairBase + 2 + used] = (sums[k]! << shift) | ids[k]!;
        words[pairBase + 1] = used + 1;
      } else {
        if (sumBase === 0 || words[sumBase + 1] === SUMS) {
          const chunk = takeChunk();
          sumBase = poolWords + chunk * WORDS;
          if (sumHead[i] === 0) sumTail[i] = chunk;
          words[sumBase] = sumHead[i]!;
          words[sumBase + 1] = 0;
          sumHead[i] = chunk;
        }
        const used = words[sumBase + 1]!;
        const at = sumBase + 4 + used * SUM_WORDS;
        const pairs = counts[k]!;
        words[at] = ids[k]! | (Math.floor(pairs / 2 ** 32) << ID_BITS);
        words[at + 1] = (pairs % 2 ** 32) | 0;
        floats[(at + 2) >>> 1] = sums[k]!;
        words[sumBase + 1] = used + 1;
      }
    }
  }

  return {
    ids,
    counts,
    sums,
    find,

    collect(i) {
      const found = read(i);
      if (found !== entriesRead) rewrite(i, found);
      return found;
    },

    join(kept, gone) {
      parent[gone] = kept;
      if (pairHead[gone] !== 0) {
        if (pairHead[kept] === 0) pairTail[kept] = pairTail[gone]!;
        words[poolWords + pairTail[gone]! * WORDS] = pairHead[kept]!;
        pairHead[kept] = pairHead[gone]!;
        pairHead[gone] = 0;
      }
      if (sumHead[gone] !== 0) {
        if (sumHead[kept] === 0) sumTail[kept] = sumTail[gone]!;
        words[poolWords + sumTail[gone]! * WORDS] = sumHead[kept]!;
        sumHead[kept] = sumHead[gone]!;
        sumHead[gone] = 0;
      }
    },

    finish(i) {
      finished[i] = 1;
      clear(i);
    },
  };
}
