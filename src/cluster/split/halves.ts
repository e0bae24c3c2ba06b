import { meanEncoding, squaredDistance } from "../../domain/vectors/encoding.ts";
import { averageTree } from "./average-tree.ts";

/** Joins of the tree, those that separate best, that are refined. */
const TRIED = 4;
/** Rounds of refining: three or four are usual. */
const ROUNDS = 12;

/** Points as two sides. */
export interface Halves {
  readonly means: readonly [Float32Array, Float32Array];
  readonly counts: readonly [number, number];
  /** Squared distance of the means: the plain ones, since it is compared with how points scatter around those. */
  readonly squared: number;
  /** Sum of the squared distances of all points to the mean of their side. */
  readonly spread: number;
}

/** Halves, and the points on the second side. */
interface Cut extends Halves {
  readonly second: ReadonlySet<number>;
}

/**
 * The two sides, of two points or more each, whose means describe the points best; null where there are none. Each join of
 * the points' average-linkage tree separates its points from the rest; the best of these are refined by 2-means.
 */
export function halve(points: readonly Float32Array[]): Halves | null {
  const cuts = bestCuts(points).flatMap((members) => measure(points, new Set(members)) ?? []);
  return cuts.map((cut) => refine(points, cut)).sort(byGain)[0] ?? null;
}

/** The joins that separate best. Sums of points are carried along the tree, so that it costs one addition a join. */
function bestCuts(points: readonly Float32Array[]): (readonly number[])[] {
  const sums = points.map((point) => Float64Array.from(point));
  const total = new Float64Array(points[0]?.length ?? 0);
  for (const sum of sums) add(total, sum);
  const cuts = averageTree(points).flatMap(({ members, of: [low, high] }) => {
    const sum = sums[low] as Float64Array;
    add(sum, sums[high] as Float64Array);
    const counts = [points.length - members.length, members.length] as const;
    if (counts[0] < 2) return [];
    let squared = 0;
    for (const [k, value] of sum.entries()) {
      squared += (value / counts[1] - ((total[k] as number) - value) / counts[0]) ** 2;
    }
    return { members, gain: gainOf({ squared, counts }) };
  });
  return cuts
    .sort((a, b) => b.gain - a.gain)
    .slice(0, TRIED)
    .map(({ members }) => members);
}

function add(into: Float64Array, what: Float64Array): void {
  for (let k = 0; k < into.length; k++) into[k] = (into[k] as number) + (what[k] as number);
}

/** Largest gain first. */
function byGain(a: Halves, b: Halves): number {
  return gainOf(b) - gainOf(a);
}

/** By how much less the points vary around two means than around one. */
export function gainOf({ squared, counts: [n, m] }: Pick<Halves, "squared" | "counts">): number {
  return (squared * n * m) / (n + m);
}

/** Null when a side has fewer than two points. */
function measure(points: readonly Float32Array[], second: ReadonlySet<number>): Cut | null {
  const sides = [points.filter((_, i) => !second.has(i)), points.filter((_, i) => second.has(i))] as const;
  const counts = [sides[0].length, sides[1].length] as const;
  if (counts[0] < 2 || counts[1] < 2) return null;
  const means = [meanEncoding(sides[0]), meanEncoding(sides[1])] as const;
  let spread = 0;
  for (const side of [0, 1] as const) for (const point of sides[side]) spread += squaredDistance(point, means[side]);
  return { second, means, counts, squared: squaredDistance(means[0], means[1]), spread };
}

/** Moves points to the nearer mean until none moves. A point counts for nothing in the mean it is compared with. */
function refine(points: readonly Float32Array[], from: Cut): Cut {
  let cut = from;
  for (let round = 0; round < ROUNDS; round++) {
    const [n, m] = cut.counts;
    const second = new Set<number>();
    for (const [i, point] of points.entries()) {
      const own = cut.second.has(i);
      const toFirst = squaredDistance(point, cut.means[0]) * (own ? 1 : (n / (n - 1)) ** 2);
      const toSecond = squaredDistance(point, cut.means[1]) * (own ? (m / (m - 1)) ** 2 : 1);
      if (toSecond < toFirst || (own && toSecond === toFirst)) second.add(i);
    }
    if (second.size === cut.second.size && [...second].every((i) => cut.second.has(i))) break;
    const next = measure(points, second);
    if (!next) break;
    cut = next;
  }
  return cut;
}
