import { labelsOf } from "../../src/cluster/linkage/cut.ts";
import type { Encodings, LinkageResult } from "../../src/cluster/linkage/linkage.ts";

/** Means that differ by less than float64 can tell count as equal. */
const GRAIN = 2 ** 40;

/**
 * The definition of average linkage, word for word: merge the two nearest clusters (of equally near ones the pair with
 * the lowest face, then with the lower lowest face of the other) while they are nearer than the threshold. O(n⁴).
 */
export function clusterByDefinition(encodings: Encodings, threshold: number, frames?: Int32Array): LinkageResult {
  const clusters = Array.from({ length: encodings.count }, (_, face) => [face]);
  const heights: number[] = [];
  const joins: number[] = [];
  for (;;) {
    let best: { i: number; j: number; grains: number; mean: number } | null = null;
    for (let i = 0; i < clusters.length; i++) {
      for (let j = i + 1; j < clusters.length; j++) {
        const mean = meanDistance(encodings, clusters[i]!, clusters[j]!, frames);
        const grains = Math.round((mean / threshold) * GRAIN);
        if (grains < (best?.grains ?? GRAIN)) best = { i, j, grains, mean };
      }
    }
    if (!best) break;
    heights.push(best.mean);
    for (const side of [best.i, best.j]) if (clusters[side]!.length === 1) joins.push(best.mean);
    clusters[best.i]!.push(...clusters[best.j]!);
    clusters.splice(best.j, 1);
  }
  const roots = new Int32Array(encodings.count);
  for (const cluster of clusters) for (const face of cluster) roots[face] = cluster[0]!;
  return {
    labels: labelsOf(roots),
    heights: Float64Array.from(heights).sort(),
    joins: Float64Array.from(joins).sort(),
  };
}

/** In float64; infinite when two faces share a frame. */
function meanDistance(
  { data, dimension }: Encodings,
  left: readonly number[],
  right: readonly number[],
  frames?: Int32Array,
): number {
  let sum = 0;
  for (const a of left) {
    for (const b of right) {
      if (frames && frames[a]! >= 0 && frames[a] === frames[b]) return Number.POSITIVE_INFINITY;
      let squares = 0;
      for (let k = 0; k < dimension; k++) squares += (data[a * dimension + k]! - data[b * dimension + k]!) ** 2;
      sum += Math.sqrt(squares);
    }
  }
  return sum / (left.length * right.length);
}
