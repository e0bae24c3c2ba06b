import { rowOf, squared, sumOfNodes, sumToMean, word } from "./arithmetic";
import { setDistance } from "./dense";
import { BLOCK, filterBlocks } from "./filter";
import { append, full } from "./pool";
import {
  candidates, dense, frames, kept, means, mostChunks, nodes, plain, points, rowHeads, rowTails, rounding, sizes, slack, starts,
  stride, widened,
} from "./run";

/** Offset of the squares in the scratch for candidates. */
const SQUARES: usize = 16384;

/** Computes the squares of the candidates, and keeps those that are near enough; returns how many. */
function measure(found: i32, firstI: i32, firstJ: i32): i32 {
  const bytes = <usize>stride << 2;
  let near = 0;
  for (let k = 0; k < found; k++) {
    const pair = load<u32>(candidates + (<usize>k << 2));
    const i = firstI + <i32>(pair >> 8), j = firstJ + <i32>(pair & 255);
    const squares = squared(points + <usize>i * bytes, points + <usize>j * bytes, bytes);
    const at = candidates + (<usize>near << 2);
    store<u32>(at, pair);
    store<f32>(at, squares, SQUARES);
    // Without a branch, which would be mispredicted every other time.
    near += i32(squares < widened) & i32(i < j) & i32(j < nodes);
  }
  return near;
}

/** Whether two nodes hold faces of one frame, which shows each person once. */
function apart(i: i32, j: i32): bool {
  const endI = word(starts, i + 1), endJ = word(starts, j + 1);
  for (let x = word(starts, i); x < endI; x++) {
    const frame = word(frames, x);
    if (frame < 0) continue;
    for (let y = word(starts, j); y < endJ; y++) if (word(frames, y) == frame) return true;
  }
  return false;
}

/**
 * Mean distance of two nodes; infinite when it is surely not less than `kept`. The mean of the distances to a mean is never
 * more than the mean of all distances (Jensen), and costs as many distances as one node has points.
 */
function meanDistance(i: i32, j: i32): f64 {
  const pointsI = word(starts, i + 1) - word(starts, i), pointsJ = word(starts, j + 1) - word(starts, j);
  const sizeI = <f64>word(sizes, i), sizeJ = <f64>word(sizes, j);
  if (pointsI > 1 && pointsJ > 1 && pointsI * pointsJ > 16) {
    const bytes = <usize>stride << 2;
    const few = pointsI < pointsJ ? i : j, many = pointsI < pointsJ ? j : i;
    const outer = kept * (1 + rounding) + slack;
    if (sumToMean(few, means + <usize>many * bytes) > outer * <f64>word(sizes, few)) return Infinity;
    if (pointsI * pointsJ > 4 * word(sizes, many)) {
      if (sumToMean(many, means + <usize>few * bytes) > outer * <f64>word(sizes, many)) return Infinity;
    }
  }
  return sumOfNodes(i, j) / (sizeI * sizeJ);
}

/** Writes the distances of two blocks of points to the matrix: where most pairs are near, filtering them first costs more than it saves. */
function measureAll(firstI: i32, firstJ: i32): void {
  const bytes = <usize>stride << 2;
  const endI = min(nodes, firstI + BLOCK), endJ = min(nodes, firstJ + BLOCK);
  for (let i = firstI; i < endI; i++) {
    const a = rowOf(i), frame = frames == 0 ? -1 : word(frames, i);
    for (let j = max(firstJ, i + 1); j < endJ; j++) {
      const squares = squared(a, rowOf(j), bytes);
      if (squares < widened && (frame < 0 || word(frames, j) != frame)) setDistance(i, j, Math.sqrt(<f64>squares));
    }
  }
}

/**
 * Finds all pairs of nodes between block `blockI` and the blocks `fromJ` to `toJ` (excluded) that are nearer than the
 * reach of the stage, and adds each to the rows of both. Returns 0, or 1 when there is no room for them.
 */
export function findPairs(blockI: i32, fromJ: i32, toJ: i32): i32 {
  const firstI = blockI * BLOCK;
  for (let blockJ = fromJ; blockJ < toJ && !full; blockJ++) {
    const firstJ = blockJ * BLOCK;
    if (dense && plain) {
      measureAll(firstI, firstJ);
      continue;
    }
    const found = filterBlocks(blockI, blockJ);
    const near = plain ? measure(found, firstI, firstJ) : found;
    for (let k = 0; k < near; k++) {
      const pair = load<u32>(candidates + (<usize>k << 2));
      const i = firstI + <i32>(pair >> 8), j = firstJ + <i32>(pair & 255);
      if (i >= j || j >= nodes || (frames != 0 && apart(i, j))) continue;
      const distance = plain
        ? Math.sqrt(<f64>load<f32>(candidates + (<usize>k << 2), SQUARES))
        : meanDistance(i, j);
      if (!(distance < kept)) continue;
      if (dense) {
        setDistance(i, j, distance);
        continue;
      }
      append(rowHeads, rowTails, i, j, distance, mostChunks);
      append(rowHeads, rowTails, j, i, distance, mostChunks);
    }
  }
  return i32(full);
}
