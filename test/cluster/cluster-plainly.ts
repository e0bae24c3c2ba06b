import { labelsOf } from "../../src/cluster/linkage/cut.ts";
import type { Encodings } from "../../src/cluster/linkage/linkage.ts";

/** Means that differ by less than float64 can tell count as equal. */
const GRAIN = 2 ** 40;

/**
 * The partition of average linkage from a whole matrix of sums of distances: always the two nearest clusters merge, of
 * equally near ones the pair with the lowest face, then with the lower lowest face of the other. O(n³), for some hundred
 * faces; nothing is left out, estimated or done in another order.
 */
export function clusterPlainly(encodings: Encodings, threshold: number, frames?: Int32Array): Int32Array {
  const { count } = encodings;
  const sums = allDistances(encodings, frames);
  const sizes = new Int32Array(count).fill(1);
  const roots = Int32Array.from({ length: count }, (_, face) => face);
  // Ascending; the number of a cluster is its lowest face.
  const clusters = Array.from(roots);
  for (;;) {
    let nearest = { mean: GRAIN, i: -1, j: -1 };
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const [i, j] = [clusters[a]!, clusters[b]!];
        const mean = Math.round((sums[i * count + j]! / (sizes[i]! * sizes[j]!) / threshold) * GRAIN);
        if (mean < nearest.mean) nearest = { mean, i, j };
      }
    }
    const { i, j } = nearest;
    if (i === -1) return labelsOf(roots);
    sizes[i]! += sizes[j]!;
    clusters.splice(clusters.indexOf(j), 1);
    roots.forEach((root, face) => {
      if (root === j) roots[face] = i;
    });
    for (const k of clusters) {
      const sum = sums[i * count + k]! + sums[j * count + k]!;
      sums[i * count + k] = sum;
      sums[k * count + i] = sum;
    }
  }
}

/** In float64; infinite between faces of one frame. */
function allDistances({ data, count, dimension }: Encodings, frames?: Int32Array): Float64Array {
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let squares = 0;
      for (let k = 0; k < dimension; k++) squares += (data[i * dimension + k]! - data[j * dimension + k]!) ** 2;
      const apart = frames && frames[i]! >= 0 && frames[i] === frames[j];
      const distance = apart ? Number.POSITIVE_INFINITY : Math.sqrt(squares);
      distances[i * count + j] = distance;
      distances[j * count + i] = distance;
    }
  }
  return distances;
}
