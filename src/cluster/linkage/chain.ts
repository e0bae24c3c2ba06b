import { roundingOf, type Space, wordsAt } from "../distances/space.ts";
import type { Kernel } from "../kernel/kernel-api.ts";

/** No cluster is near enough. */
const NONE = -1;
/** Up to this many pairs the mean distance of a merge is computed in float64. */
const FEW_PAIRS = 16;
/** Mean distances that differ by less than the threshold divided by this count as equal: that is float64's rounding. */
const GRAIN = 2 ** 40;

export interface ChainDeps {
  readonly kernel: Kernel;
  readonly space: Space;
  /** The rows of this many nodes are complete up to `reach`. */
  readonly nodes: number;
  /** Clusters merge only while their mean distance is strictly less than this. */
  readonly reach: number;
  /** Per node its lowest point. */
  readonly lowest: Int32Array;
  /** Called with the share of clusters that are merged or finished. */
  readonly onProgress: (fraction: number) => void;
}

/** What merged in a stage. */
export interface Merges {
  /** Mean distance of each merge; unsorted. */
  readonly heights: Float64Array;
  /** Those that a single face was part of (of two single faces: twice). */
  readonly joins: Float64Array;
  /** The clusters that are left: their numbers, ascending, and the lowest point of each. */
  readonly clusters: Int32Array;
  readonly lowest: Int32Array;
}

/**
 * Average linkage by the nearest-neighbour chain (Benzécri 1982; Murtagh 1983, "A survey of recent advances in
 * hierarchical clustering algorithms"; Müllner 2011, "Modern hierarchical, agglomerative clustering algorithms").
 * From any cluster go to its nearest, and on, until two are each other's nearest: they merge. Average linkage is
 * reducible (a merged cluster is never nearer to a third than the nearer of its two parts), so mutual nearest
 * neighbours stay so whatever else merges, and the order of merging makes no difference to the result. Hence:
 *
 * - a cluster whose nearest is not within the reach is final, as far as this stage goes;
 * - clusters that must stay apart count as infinitely far, which is reducible too;
 * - ties: of equally near pairs the one with the lowest face merges first, then the one whose other cluster has the lower
 *   lowest face. This orders all pairs, and a merged cluster takes the lower of its parts' numbers, so the ordered
 *   distances are reducible as well, and the chain gives what merging pair by pair in that order would give.
 *
 * The kernel's rows have the distances in float32, and how wrong they may be is known. Where that leaves several clusters
 * to be the nearest, or one to be on either side of the reach, float64 decides: the result is that of float64 throughout.
 *
 * About 3m steps, each as long as the row of its cluster.
 */
export function mergeAll({ kernel, space, nodes, reach, lowest: first, onProgress }: ChainDeps): Merges {
  const most = 2 * nodes;
  const { layout } = space;
  const sizes = wordsAt(space, layout.sizes, most);
  const gone = new Uint8Array(space.memory.buffer, layout.gone, most);
  const rounding = roundingOf(layout);
  const list = wordsAt(space, layout.list, nodes);
  const lowest = new Int32Array(most);
  lowest.set(first.subarray(0, nodes));
  const finished = new Uint8Array(most);
  const position = new Int32Array(most).fill(-1);
  const chain = new Int32Array(nodes + 1);
  const heights = new Float64Array(nodes);
  const joins = new Float64Array(nodes);
  let clusters = nodes;
  let joined = 0;
  let settled = 0;

  /** The nearest cluster of `i` within the reach, or {@link NONE}. */
  function nearest(i: number): number {
    const found = kernel.nearest(i);
    if (found === 0) return NONE;
    if (found === 1) {
      const only = list[0]!;
      const atMost = kernel.nearestDistance() * (1 + 2 * rounding);
      return atMost < reach || kernel.exactly(i, only) < reach ? only : NONE;
    }
    return decide(i, found);
  }

  /** Of `found` listed clusters the nearest in float64, of equally near ones that with the lowest point. */
  function decide(i: number, found: number): number {
    let winner = NONE;
    let smallest = GRAIN;
    for (let k = 0; k < found; k++) {
      const j = list[k]!;
      const grains = Math.round((kernel.exactly(i, j) / reach) * GRAIN);
      if (grains < smallest || (grains === smallest && winner !== NONE && lowest[j]! < lowest[winner]!)) {
        smallest = grains;
        winner = j;
      }
    }
    return winner;
  }

  function merge(i: number, j: number): void {
    const distance = sizes[i]! * sizes[j]! <= FEW_PAIRS ? kernel.exactly(i, j) : kernel.nearestDistance();
    const height = Math.min(distance, reach * (1 - Number.EPSILON));
    heights[clusters - nodes] = height;
    if (sizes[i] === 1) joins[joined++] = height;
    if (sizes[j] === 1) joins[joined++] = height;
    const into = clusters++;
    lowest[into] = Math.min(lowest[i]!, lowest[j]!);
    kernel.join(i, j, into);
    onProgress(++settled / nodes);
  }

  for (let start = 0; start < clusters; start++) {
    let length = 0;
    const push = (cluster: number): void => {
      position[cluster] = length;
      chain[length++] = cluster;
    };
    while (length > 0 || (gone[start] === 0 && finished[start] === 0)) {
      if (length === 0) push(start);
      const top = chain[length - 1]!;
      const next = nearest(top);
      if (next === NONE) {
        finished[top] = 1;
        position[top] = -1;
        length--;
        onProgress(++settled / nodes);
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
  const left = Int32Array.from({ length: clusters }, (_, cluster) => cluster).filter((cluster) => gone[cluster] === 0);
  return {
    heights: heights.subarray(0, clusters - nodes),
    joins: joins.subarray(0, joined),
    clusters: left,
    lowest: left.map((cluster) => lowest[cluster]!),
  };
}
