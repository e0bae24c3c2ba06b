import type { Nodes } from "./nodes.ts";

/** Pairs of nodes that are looked at. */
const SAMPLE = 2 ** 17;
/** Even of few nodes. */
const FEWEST = 4_096;

/** Share of pairs that takes about as long to link as finding it took: fewer pairs would need more passes. */
const WORTH = 0.012;
/** Fewer pairs than this are not worth a stage of their own. */
const FEW = 1_000_000;

/** How a stage goes about it. */
export interface Plan {
  readonly reach: number;
  /** Whether it keeps a matrix of all distances. */
  readonly dense: boolean;
}

/** What a stage has to keep to. */
export interface Room {
  readonly threshold: number;
  /** The reach of the stage before: this one's is more. */
  readonly beyond: number;
  /** Bytes for the pairs. */
  readonly bytes: number;
}

/** From this share of pairs on, a matrix of all is quicker than rows of those within the reach. */
const MOSTLY = 0.05;
/** Bytes of a pair in rows (an entry of 12 in each of two, and chunks that are not full), and of a distance in the matrix. */
const PAIR_BYTES = 27;
const DISTANCE_BYTES = 8;

/**
 * How far a stage reaches: up to the threshold where the pairs of nodes under it are few enough, or all fit into a matrix;
 * else to the distance that only so many pairs are under, by a seeded sample. The result of the linkage does not depend on it.
 */
export function planStage(nodes: Nodes, { threshold, beyond, bytes }: Room): Plan {
  const { count } = nodes;
  const pairs = (count * (count - 1)) / 2;
  const distances = sample(nodes, pairs);
  let under = 0;
  while (under < distances.length && distances[under]! < threshold) under++;
  const share = under / distances.length;
  if (share >= MOSTLY && count * count * DISTANCE_BYTES <= bytes) return { reach: threshold, dense: true };
  const most = bytes / PAIR_BYTES;
  if (share * pairs <= Math.min(FEW, most * 0.9) || (share <= 1.5 * WORTH && share * pairs <= most * 0.9)) {
    return { reach: threshold, dense: false };
  }
  const wanted = Math.min(WORTH, (0.8 * most) / pairs);
  const reach = distances[Math.min(under, Math.ceil(wanted * distances.length))] ?? threshold;
  return { reach: reach > beyond && reach < threshold ? reach : threshold, dense: false };
}

/** Distances of pairs of nodes drawn at random, ascending. */
function sample(nodes: Nodes, pairs: number): Float64Array {
  const distances = new Float64Array(Math.min(SAMPLE, Math.ceil(pairs / 64) + FEWEST));
  // A linear congruential generator (Knuth, MMIX's upper bits would need 64): enough to draw pairs.
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let k = 0; k < distances.length; k++) {
    const i = Math.floor(draw() * nodes.count);
    const j = Math.floor(draw() * (nodes.count - 1));
    distances[k] = nodes.about(i, j < i ? j : j + 1);
  }
  return distances.sort();
}
