import { type Layout, roundingOf, stepsOf } from "../distances/space.ts";
import type { Groups } from "./groups.ts";

/** Two-sided bounds on the mean distance of two clusters, left in `lower` and `upper` so that nothing is allocated. */
export interface Bounds {
  lower: number;
  upper: number;
  /**
   * From the row alone: of `pairs` pairs of faces, `known` are under `floor` and their quantised distances add up to
   * `sum`; each of the others is at least `floor`. Exact to the quantisation when all are known; else `upper` is infinite.
   */
  fromRow(pairs: number, known: number, sum: number, floor: number): void;
  /** The same, tightened by the means, spreads and radii of both clusters. Costs one distance of means. */
  fromMeans(i: number, j: number, known: number, sum: number, floor: number): void;
}

/**
 * Let Δ be the distance of the two means, v the mean squared distance of a cluster's faces to its mean. The mean of the
 * *squared* distances of all N pairs is exactly Δ² + vi + vj (Steiner; König-Huygens), so the squares of the m unknown
 * distances add up to Q = N(Δ² + vi + vj) - (squares of the known), which lie between `sum²/known` (Cauchy-Schwarz)
 * and `t × sum`, t being the floor. Each unknown distance lies between t and D = Δ + ri + rj, with the radii r. Hence
 *
 * - the unknown add up to at most √(mQ) (Cauchy-Schwarz), and
 * - to at least m t + (Q - m t²)/(t + D): the root lies above its chord between t² and D²;
 * - and all of them together have a mean of at least Δ (the triangle inequality, or Jensen).
 *
 * Every bound is moved outwards by more than float32 rounding may have changed it. O(1), and O(dimension) with means.
 */
export function createBounds(layout: Layout, groups: Groups): Bounds {
  const { size: step } = stepsOf(layout);
  const rounding = 4 * roundingOf(layout);
  const { size, spread, radius, slack } = groups;

  return {
    lower: 0,
    upper: 0,

    fromRow(pairs, known, sum, floor) {
      const unknown = pairs - known;
      this.lower = ((sum * step + unknown * floor) / pairs) * (1 - rounding);
      this.upper = unknown === 0 ? (((sum + known) * step) / pairs) * (1 + rounding) : Number.POSITIVE_INFINITY;
    },

    fromMeans(i, j, known, sum, floor) {
      const pairs = size[i]! * size[j]!;
      const unknown = pairs - known;
      const low = sum * step * (1 - rounding);
      const high = (sum + known) * step * (1 + rounding);
      const between = groups.meanDistance(i, j);
      const squares = between * between + spread[i]! + spread[j]!;
      const error = squares * 4 * rounding + 16 * slack * (between + slack);
      const furthest = (between + radius[i]! + radius[j]! + 4 * slack) * (1 + rounding);

      const atLeast =
        pairs * (squares - error) - floor * (1 + rounding) * high - unknown * floor * floor * (1 + rounding);
      const above = atLeast > 0 ? atLeast / (floor + furthest) : 0;
      const fromPairs = (low + unknown * floor + above) / pairs;
      this.lower = Math.max(fromPairs, between - 2 * slack) * (1 - rounding);
      const atMost = Math.max(0, pairs * (squares + error) - (low * low) / known);
      this.upper = ((high + Math.sqrt(unknown * atMost)) / pairs) * (1 + rounding);
    },
  };
}
