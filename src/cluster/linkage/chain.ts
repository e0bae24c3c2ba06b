import { type Layout, roundingOf } from "../distances/space.ts";
import { createBounds } from "./bounds.ts";
import type { Groups } from "./groups.ts";
import { createRemembered } from "./remembered.ts";
import type { Rows } from "./rows.ts";

/** No cluster is near enough. */
const NONE = -1;
/** Up to this many pairs a mean distance is computed in float64 right away. */
const FEW_PAIRS = 256;
/** Mean distances that differ by less than the threshold divided by this count as equal: that is float64's rounding. */
const GRAIN = 2 ** 40;

export interface ChainDeps {
  readonly layout: Layout;
  readonly rows: Rows;
  readonly groups: Groups;
  /** Whether two clusters must stay apart. */
  readonly apart: ((i: number, j: number) => boolean) | null;
  /** Called with the share of clusters that are merged or finished. */
  readonly onProgress: (fraction: number) => void;
}

/** Mean distances of all merges, and of those that a single face was part of (two of them: twice); unsorted. */
export interface Merges {
  readonly heights: Float64Array;
  readonly joins: Float64Array;
}

/**
 * Average linkage by the nearest-neighbour chain (Benzécri 1982; Murtagh 1983, "A survey of recent advances in
 * hierarchical clustering algorithms"; Müllner 2011, "Modern hierarchical, agglomerative clustering algorithms").
 * From any cluster go to its nearest, and on, until two are each other's nearest: they merge. Average linkage is
 * reducible (a merged cluster is never nearer to a third than the nearer of its two parts), so mutual nearest
 * neighbours stay so whatever else merges, and the order of merging makes no difference to the result. Hence:
 *
 * - a cluster whose nearest is not under the threshold is final;
 * - clusters that must stay apart count as infinitely far, which is reducible too;
 * - ties: of equally near pairs the one with the lowest face merges first, then the one whose other cluster has the lower
 *   lowest face. This orders all pairs, and a merged cluster takes the lower of its parts' numbers, so the ordered
 *   distances are reducible as well, and the chain gives what merging pair by pair in that order would give.
 *
 * The nearest neighbour is found by bounds, tightest last: what the row knows, means and spreads, sums in float32
 * (remembered), sums in float64. Each step is taken only for candidates that the step before left open, and the result is
 * that of float64 throughout.
 *
 * About 3n steps, each as long as the row of its cluster.
 */
export function mergeAll({ layout, rows, groups, apart, onProgress }: ChainDeps): Merges {
  const { count, threshold } = layout;
  const { size, lowest } = groups;
  const { ids, counts, sums } = rows;
  const bounds = createBounds(layout, groups);
  const remembered = createRemembered(groups);
  const rounding = 4 * roundingOf(layout);

  const lower = new Float64Array(count);
  const upper = new Float64Array(count);
  const open = new Int32Array(count);
  const done = new Uint8Array(count);
  const position = new Int32Array(count).fill(-1);
  const chain = new Int32Array(count);
  const heights = new Float64Array(count);
  const joins = new Float64Array(count);
  let merges = 0;
  let joined = 0;
  let settled = 0;
  let limit = 0;

  /** Mean distance in float64, always summed in the same order. */
  function exactly(i: number, j: number): number {
    const a = Math.min(i, j);
    const b = Math.max(i, j);
    return groups.sumOf(a, b, 0, 0, size[b]!, true) / (size[a]! * size[b]!);
  }

  /** Keeps the candidates of `open` that may still be the nearest; returns how many. */
  function sieve(candidates: number): number {
    let kept = 0;
    for (let k = 0; k < candidates; k++) {
      const c = open[k]!;
      if (lower[c]! <= limit) open[kept++] = c;
    }
    return kept;
  }

  function settle(c: number, low: number, high: number): void {
    if (low > lower[c]!) lower[c] = low;
    if (high < upper[c]!) upper[c] = high;
    if (upper[c]! < limit) limit = upper[c]!;
  }

  /** The nearest cluster of `i` under the threshold, or {@link NONE}. Reads the near row first, then both. */
  function nearest(i: number): number {
    const near = rows.collectNear(i);
    const candidates = narrow(i, near, layout.near);
    if (candidates > 0 && limit < layout.near * (1 - rounding)) {
      if (candidates === 1) return ids[open[0]!]!;
      if (fewOpen(i, candidates)) return decide(i, candidates);
    }
    const all = narrow(i, rows.collectFar(i, near), threshold);
    if (all === 0) return NONE;
    if (all === 1 && limit < threshold * (1 - rounding)) return ids[open[0]!]!;
    return decide(i, all);
  }

  /** Whether computing the open candidates is less work than reading a far row. */
  function fewOpen(i: number, candidates: number): boolean {
    let pairs = 0;
    for (let k = 0; k < candidates; k++) pairs += size[ids[open[k]!]!]!;
    return pairs * size[i]! <= FEW_PAIRS;
  }

  /**
   * Bounds all `found` neighbours of `i`, whose unknown pairs are each at least `floor` apart. Leaves in `open` those that
   * may be the nearest, and in `limit` an upper bound on the nearest distance; returns how many are open.
   */
  function narrow(i: number, found: number, floor: number): number {
    limit = floor * (1 + rounding);
    let candidates = 0;
    for (let c = 0; c < found; c++) {
      bounds.fromRow(size[i]! * size[ids[c]!]!, counts[c]!, sums[c]!, floor);
      if (bounds.lower > limit || apart?.(i, ids[c]!)) continue;
      lower[c] = bounds.lower;
      upper[c] = bounds.upper;
      if (bounds.upper < limit) limit = bounds.upper;
      open[candidates++] = c;
    }
    candidates = sieve(candidates);
    for (let k = 0; k < candidates; k++) {
      const c = open[k]!;
      if (lower[c]! > limit || upper[c] !== Number.POSITIVE_INFINITY) continue;
      bounds.fromMeans(i, ids[c]!, counts[c]!, sums[c]!, floor);
      settle(c, bounds.lower, bounds.upper);
    }
    return sieve(candidates);
  }

  /** Computes the distances of the open candidates, the most promising first; returns the nearest cluster. */
  function decide(i: number, candidates: number): number {
    for (let k = 0; k < candidates; k++) {
      let best = k;
      for (let l = k + 1; l < candidates; l++) if (lower[open[l]!]! < lower[open[best]!]!) best = l;
      const c = open[best]!;
      open[best] = open[k]!;
      open[k] = c;
      if (lower[c]! > limit) break;
      const pairs = size[i]! * size[ids[c]!]!;
      if (pairs <= FEW_PAIRS) continue;
      const mean = remembered.sum(i, ids[c]!) / pairs;
      settle(c, mean * (1 - rounding), mean * (1 + rounding));
    }
    const left = sieve(candidates);
    if (left === 1 && limit < threshold * (1 - rounding)) return ids[open[0]!]!;
    let winner = NONE;
    let smallest = GRAIN;
    for (let k = 0; k < left; k++) {
      const j = ids[open[k]!]!;
      const grains = Math.round((exactly(i, j) / threshold) * GRAIN);
      if (grains < smallest || (grains === smallest && winner !== NONE && lowest[j]! < lowest[winner]!)) {
        smallest = grains;
        winner = j;
      }
    }
    return winner;
  }

  function heightOf(i: number, j: number): number {
    const pairs = size[i]! * size[j]!;
    const mean = pairs <= FEW_PAIRS ? exactly(i, j) : remembered.sum(i, j) / pairs;
    return Math.min(mean, threshold * (1 - Number.EPSILON));
  }

  function merge(i: number, j: number): void {
    const height = heightOf(i, j);
    heights[merges++] = height;
    if (size[i] === 1) joins[joined++] = height;
    if (size[j] === 1) joins[joined++] = height;
    const swap = size[j]! > size[i]! || (size[j] === size[i] && j < i);
    const kept = swap ? j : i;
    const gone = swap ? i : j;
    groups.join(kept, gone);
    rows.join(kept, gone);
    done[gone] = 1;
    remembered.tidy(done);
    onProgress(++settled / count);
  }

  for (let start = 0; start < count; start++) {
    let length = 0;
    const push = (cluster: number): void => {
      position[cluster] = length;
      chain[length++] = cluster;
    };
    while (length > 0 || done[start] === 0) {
      if (length === 0) push(start);
      const top = chain[length - 1]!;
      const next = nearest(top);
      if (next === NONE) {
        done[top] = 1;
        rows.finish(top);
        position[top] = -1;
        length--;
        onProgress(++settled / count);
      } else if (position[next] !== -1) {
        // Usually the one below. Rounding of equal distances is the only reason to meet one further down.
        const below = position[next]!;
        while (length > below) position[chain[--length]!] = -1;
        merge(top, next);
      } else {
        push(next);
      }
    }
  }
  return { heights: heights.subarray(0, merges), joins: joins.subarray(0, joined) };
}
