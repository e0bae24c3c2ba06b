import { type Space, wordsAt } from "../distances/space.ts";
import type { Kernel } from "../kernel/kernel-api.ts";
import type { Encodings } from "./linkage.ts";

/** The nodes of a stage: at first every point, later every cluster of the stage before. */
export interface Nodes {
  readonly count: number;
  /** Whether every node is one point. */
  readonly plain: boolean;
  /** Per node its lowest point. */
  readonly lowest: Int32Array;
  /** Norm of the longest row. */
  readonly longest: number;
  /** The distance of two nodes' means may be wrong by this much. */
  readonly slack: number;
  /** Mean distance of two nodes, as the root of the mean square, which is a little more: O(dimension). */
  about(i: number, j: number): number;
  /**
   * Makes the clusters that the kernel has into nodes; the points of each come to lie side by side.
   * @param clusters their numbers · @param lowest per cluster its lowest point
   */
  regroup(clusters: Int32Array, lowest: Int32Array): void;
  /** Per point, in the order that they came in, the number of its node. */
  roots(): Int32Array;
}

/**
 * Every point as a node.
 * @param faces per point a face that has its encoding
 * @param pointOf per face its point
 * @param frames per face its frame or -1
 */
export function openNodes(
  kernel: Kernel,
  space: Space,
  { data, dimension }: Encodings,
  faces: Int32Array,
  pointOf: Int32Array,
  frames: Int32Array | null,
): Nodes {
  const { layout, memory } = space;
  const { stride } = layout;
  const points = faces.length;
  const rows = new Float32Array(memory.buffer, layout.points, points * stride);
  const means = new Float32Array(memory.buffer, layout.means, points * stride);
  const axes = layout.previews === 0 ? 0 : layout.axes;
  const previews = new Int16Array(memory.buffer, layout.previews, points * axes);
  const weights = wordsAt(space, layout.weights, points);
  const frameOf = frames && wordsAt(space, layout.frames, points);
  const starts = wordsAt(space, layout.starts, points + 1);
  const sizes = wordsAt(space, layout.sizes, 2 * points);
  const memberHead = wordsAt(space, layout.memberHead, 2 * points);
  const memberNext = wordsAt(space, layout.memberNext, points);
  const spreads = new Float64Array(points);
  /** Per row the point that it had at first. */
  let origin: Int32Array = Int32Array.from({ length: points }, (_, point) => point);
  let count = points;
  let lowest: Int32Array = origin;
  let slack = 0;

  for (let point = 0; point < points; point++) {
    const from = faces[point]! * dimension;
    rows.set(data.subarray(from, from + dimension), point * stride);
    starts[point] = point;
    if (frameOf && frames) frameOf[point] = frames[faces[point]!]!;
  }
  starts[points] = points;
  for (const point of pointOf) weights[point] = weights[point]! + 1;
  sizes.set(weights);
  means.set(rows);
  let longest = 0;
  for (let point = 0; point < points; point++) longest = Math.max(longest, norm(rows, point * stride, stride));

  return {
    get count() {
      return count;
    },
    get plain() {
      return count === points;
    },
    get lowest() {
      return lowest;
    },
    longest,
    get slack() {
      return slack;
    },

    about(i, j) {
      const squares = kernel.squaredDistance(layout.means + i * stride * 4, layout.means + j * stride * 4);
      return Math.sqrt(squares + spreads[i]! + spreads[j]!);
    },

    regroup(clusters, lowestOf) {
      const order = new Int32Array(points);
      const sizeOf = clusters.map((cluster) => sizes[cluster]!);
      let at = 0;
      for (const [node, cluster] of clusters.entries()) {
        starts[node] = at;
        for (let row = memberHead[cluster]!; row >= 0; row = memberNext[row]!) order[at++] = row;
      }
      starts[clusters.length] = at;
      sizes.set(sizeOf);
      // The means are written anew below: until then the memory is free.
      means.set(rows);
      for (const [row, from] of order.entries()) {
        if (row !== from) rows.set(means.subarray(from * stride, (from + 1) * stride), row * stride);
      }
      const before = previews.slice();
      for (const [row, from] of order.entries()) {
        previews.set(before.subarray(from * axes, (from + 1) * axes), row * axes);
      }
      weights.set(order.map((row) => weights[row]!));
      if (frameOf) frameOf.set(order.map((row) => frameOf[row]!));
      origin = order.map((row) => origin[row]!);
      count = clusters.length;
      lowest = lowestOf;
      kernel.writeMeans(layout.means, count);
      slack = 0;
      for (let node = 0; node < count; node++) {
        if (starts[node + 1]! - starts[node]! === 1) {
          spreads[node] = 0;
          continue;
        }
        spreads[node] = kernel.spreadOf(node);
        slack = Math.max(slack, norm(means, node * stride, stride) * 2 ** -21);
      }
    },

    roots() {
      const roots = new Int32Array(points);
      for (let node = 0; node < count; node++) {
        for (let row = starts[node]!; row < starts[node + 1]!; row++) roots[origin[row]!] = node;
      }
      return roots;
    },
  };
}

function norm(rows: Float32Array, from: number, length: number): number {
  let squares = 0;
  for (let k = from; k < from + length; k++) squares += rows[k]! * rows[k]!;
  return Math.sqrt(squares);
}
