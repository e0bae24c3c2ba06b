import { agnes, type Cluster } from "ml-hclust";
import { labelsOf } from "./cut.ts";
import { checkInput, type Encodings, type Linkage } from "./linkage.ts";

/**
 * The ml-hclust package as an engine: the whole tree from the whole distance matrix, then the cut. O(n³) time and O(n²)
 * memory: a reference for a few hundred faces. It breaks ties its own way, so of equally near clusters it may merge
 * others than the lowest.
 */
export function createMlHclustLinkage(): Linkage {
  return {
    name: "ml-hclust",

    cluster(encodings, options) {
      checkInput(encodings, options);
      const { count } = encodings;
      const { threshold, frames, onProgress } = options;
      const roots = Int32Array.from({ length: count }, (_, face) => face);
      const heights: number[] = [];
      const joins: number[] = [];
      if (count > 1) {
        const matrix = distanceMatrix(encodings, frames);
        cut(agnes(matrix, { method: "average", isDistanceMatrix: true }), threshold, roots, { heights, joins });
      }
      onProgress?.(1);
      return {
        labels: labelsOf(roots),
        heights: Float64Array.from(heights).sort(),
        joins: Float64Array.from(joins).sort(),
      };
    },
  };
}

/** All distances in float64; infinite between faces of one frame, which averaging keeps infinite. */
function distanceMatrix({ data, count, dimension }: Encodings, frames: Int32Array | undefined): number[][] {
  const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let squares = 0;
      for (let k = 0; k < dimension; k++) {
        const difference = data[i * dimension + k]! - data[j * dimension + k]!;
        squares += difference * difference;
      }
      const together = frames && frames[i]! >= 0 && frames[i] === frames[j];
      const distance = together ? FAR : Math.sqrt(squares);
      matrix[i]![j] = distance;
      matrix[j]![i] = distance;
    }
  }
  return matrix;
}

/** So far that no mean that includes it is ever under a threshold. The library cannot merge at an infinite distance. */
const FAR = 1e30;

/** Gives every face under a merge nearer than the threshold that merge's first face as its root. */
function cut(
  tree: Cluster,
  threshold: number,
  roots: Int32Array,
  { heights, joins }: { readonly heights: number[]; readonly joins: number[] },
): void {
  const waiting: Cluster[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.isLeaf || node.height >= threshold) {
      waiting.push(...node.children);
      continue;
    }
    let root = -1;
    node.traverse((below) => {
      if (!below.isLeaf) {
        heights.push(below.height);
        for (const child of below.children) if (child.isLeaf) joins.push(below.height);
      } else {
        if (root === -1) root = below.index;
        roots[below.index] = root;
      }
    });
  }
}
