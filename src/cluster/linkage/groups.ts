import { roundingOf, type Space } from "../distances/space.ts";
import type { Kernel } from "../kernel/kernel-api.ts";

/** Merges after which a mean is computed from its members again, which bounds the rounding errors of blending. */
const FRESH_AFTER = 16;

/** Size, mean and extent of each cluster. A cluster is known by the number of one of its points. */
export interface Groups {
  /** Its faces; 0 once it has become part of another. */
  readonly size: Int32Array;
  /** Its lowest point. */
  readonly lowest: Int32Array;
  /** Mean squared distance of its faces to its mean. */
  readonly spread: Float64Array;
  /** Upper bound on its faces' distance to its mean. */
  readonly radius: Float64Array;
  /** The error of a mean's distance to another mean is at most this. */
  readonly slack: number;
  /** Distance of two clusters' means. */
  meanDistance(i: number, j: number): number;
  /**
   * Sum of the distances between the faces of two clusters: those from index `fromI` on of one, those from `fromJ` to `toJ`
   * (excluded) of the other; from float32 squares or (`exactly`) in float64.
   */
  sumOf(i: number, j: number, fromI: number, fromJ: number, toJ: number, exactly: boolean): number;
  /** Merges `gone` into `kept`, appending its faces. */
  join(kept: number, gone: number): void;
  /** Calls back with each face of a cluster. */
  members(i: number, each: (face: number) => void): void;
  /** Per face the number of its cluster. */
  roots(): Int32Array;
  /** Whether the predicate holds for any face of a cluster. */
  some(i: number, predicate: (face: number) => boolean): boolean;
}

/**
 * Every point as a cluster of its own.
 * @param points per face its point
 * @param first per point its lowest face
 */
export function openGroups(kernel: Kernel, space: Space, points: Int32Array, first: Int32Array): Groups {
  const { layout, memory } = space;
  const { count, stride } = layout;
  const size = new Int32Array(count);
  const lowest = new Int32Array(count).map((_, i) => i);
  const spread = new Float64Array(count);
  const radius = new Float64Array(count);
  const joins = new Uint8Array(count);
  const head = Int32Array.from(first);
  const tail = Int32Array.from(first);
  const next = new Int32Array(points.length).fill(-1);
  // The lists lie before the pool, so they stay where they are when it grows, and these views stay valid.
  const listA = new Int32Array(memory.buffer, layout.listA, points.length);
  const listB = new Int32Array(memory.buffer, layout.listB, points.length);

  for (let face = 0; face < points.length; face++) {
    const point = points[face]!;
    size[point] = size[point]! + 1;
    if (face === first[point]) continue;
    next[tail[point]!] = face;
    tail[point] = face;
  }

  const rounding = roundingOf(layout);
  const slack = largestNorm(space) * (FRESH_AFTER + 4) * 2 ** -24;
  const meanAt = (i: number): number => layout.means + i * stride * 4;

  /** Writes the points of members `from` to `to` (excluded) of a cluster; several faces may have one point. */
  function list(into: Int32Array, i: number, from: number, to: number): void {
    let face = head[i]!;
    for (let k = 0; k < to; k++) {
      if (k >= from) into[k - from] = points[face]!;
      face = next[face]!;
    }
  }

  function meanDistance(i: number, j: number): number {
    return Math.sqrt(kernel.squaredDistance(meanAt(i), meanAt(j)));
  }

  return {
    size,
    lowest,
    spread,
    radius,
    slack,
    meanDistance,

    sumOf(i, j, fromI, fromJ, toJ, exactly) {
      list(listA, i, fromI, size[i]!);
      list(listB, j, fromJ, toJ);
      return kernel.sumDistances(layout.listA, size[i]! - fromI, layout.listB, toJ - fromJ, exactly);
    },

    join(kept, gone) {
      const total = size[kept]! + size[gone]!;
      const shareKept = size[kept]! / total;
      const shareGone = size[gone]! / total;
      const between = meanDistance(kept, gone);
      const reach = (between + slack) * (1 + 2 * rounding);
      spread[kept] = shareKept * spread[kept]! + shareGone * spread[gone]! + shareKept * shareGone * between * between;
      radius[kept] = Math.max(radius[kept]! + reach * shareGone, radius[gone]! + reach * shareKept) + slack;
      lowest[kept] = Math.min(lowest[kept]!, lowest[gone]!);
      next[tail[kept]!] = head[gone]!;
      tail[kept] = tail[gone]!;
      size[kept] = total;
      size[gone] = 0;
      joins[kept] = Math.max(joins[kept]!, joins[gone]!) + 1;
      if (joins[kept]! < FRESH_AFTER) {
        kernel.blendMeans(meanAt(kept), shareKept, meanAt(gone), shareGone, meanAt(kept));
      } else {
        list(listA, kept, 0, total);
        kernel.meanOf(layout.listA, total, meanAt(kept));
        joins[kept] = 0;
      }
    },

    members(i, each) {
      for (let face = head[i]!; face !== -1; face = next[face]!) each(face);
    },

    roots() {
      const roots = new Int32Array(points.length);
      for (let i = 0; i < count; i++) {
        if (size[i] === 0) continue;
        for (let face = head[i]!; face !== -1; face = next[face]!) roots[face] = i;
      }
      return roots;
    },

    some(i, predicate) {
      for (let face = head[i]!; face !== -1; face = next[face]!) if (predicate(face)) return true;
      return false;
    },
  };
}

function largestNorm({ memory, layout }: Space): number {
  const rows = new Float32Array(memory.buffer, layout.points, layout.count * layout.stride);
  let largest = 0;
  for (let i = 0; i < layout.count; i++) {
    let sum = 0;
    for (let k = i * layout.stride; k < (i + 1) * layout.stride; k++) sum += rows[k]! * rows[k]!;
    if (sum > largest) largest = sum;
  }
  return Math.sqrt(largest);
}
