/** Numbers in an encoding, as dlib's `face_recognition` makes them: the only length this version works with; the store keeps and checks it. */
export const DIMENSION = 128;

/** Squared Euclidean distance between `a` and the encoding that starts at `offset` in `packed`; in float64. */
export function squaredDistance(a: Float32Array, packed: Float32Array, offset = 0): number {
  // Four sums at a time, because each alone would wait for its last addition.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    const d0 = (a[i] as number) - (packed[offset + i] as number);
    const d1 = (a[i + 1] as number) - (packed[offset + i + 1] as number);
    const d2 = (a[i + 2] as number) - (packed[offset + i + 2] as number);
    const d3 = (a[i + 3] as number) - (packed[offset + i + 3] as number);
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; i < a.length; i++) s0 += ((a[i] as number) - (packed[offset + i] as number)) ** 2;
  return s0 + s1 + (s2 + s3);
}

/** Euclidean (L2) distance between two encodings of equal length. */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, b));
}

/** Numbers after which it is asked whether two encodings are too far apart already. */
const STEP = 32;
/** More than what rounding may add to a square and to a sum of squares. */
const ROUNDING = 1 + 1e-12;

/**
 * {@link distance}, to the last bit, where it is under `most`; elsewhere that or Infinity: a sum of squares only grows, so
 * that encodings which are far apart need not be compared to the end.
 */
export function distanceUnder(most: number, a: Float32Array, b: Float32Array): number {
  const limit = most * most * ROUNDING;
  // As in `squaredDistance`, in the same order.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  while (i + 3 < a.length) {
    const end = Math.min(i + STEP, a.length);
    for (; i + 3 < end; i += 4) {
      const d0 = (a[i] as number) - (b[i] as number);
      const d1 = (a[i + 1] as number) - (b[i + 1] as number);
      const d2 = (a[i + 2] as number) - (b[i + 2] as number);
      const d3 = (a[i + 3] as number) - (b[i + 3] as number);
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    if (s0 + s1 + (s2 + s3) > limit) return Number.POSITIVE_INFINITY;
  }
  for (; i < a.length; i++) s0 += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(s0 + s1 + (s2 + s3));
}

/** Encodings that are packed in one list, `count` of them: each by its row, as a view of the list. */
export function rowsOf(packed: Float32Array, count: number): (row: number) => Float32Array {
  const dimension = count === 0 ? 0 : packed.length / count;
  return (row) => packed.subarray(row * dimension, (row + 1) * dimension);
}

/** The same direction with another length. @throws {RangeError} for all zeros, which have no direction. */
export function toLength(encoding: Float32Array, length: number): Float32Array {
  let squares = 0;
  for (const value of encoding) squares += value * value;
  if (squares === 0) throw new RangeError("an encoding of zeros has no direction");
  const factor = length / Math.sqrt(squares);
  return encoding.map((value) => value * factor);
}

/** The mean of encodings of equal length, summed in float64. @throws {RangeError} for an empty list. */
export function meanEncoding(encodings: readonly Float32Array[]): Float32Array {
  const first = encodings[0];
  if (!first) throw new RangeError("the mean of no encodings does not exist");
  const sums = new Float64Array(first.length);
  for (const encoding of encodings) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (encoding[i] as number);
  }
  return Float32Array.from(sums, (sum) => sum / encodings.length);
}

/**
 * Variance of encodings around their mean, summed over all axes; 0 for one. @throws {RangeError} for an empty list.
 * @param mean Where it is known: it need not be computed then.
 */
export function varianceOf(encodings: readonly Float32Array[], mean = meanEncoding(encodings)): number {
  let sum = 0;
  for (const encoding of encodings) sum += squaredDistance(mean, encoding);
  return sum / Math.max(1, encodings.length - 1);
}

/** Index of the encoding nearest to `target` (the lower index on a tie); -1 for an empty list. */
export function nearestIndex(target: Float32Array, encodings: readonly Float32Array[]): number {
  let best = -1;
  let bestSquared = Number.POSITIVE_INFINITY;
  encodings.forEach((encoding, index) => {
    const squared = squaredDistance(target, encoding);
    if (squared < bestSquared) {
      bestSquared = squared;
      best = index;
    }
  });
  return best;
}

/** Rounds to 4 places, as distances are published. */
export function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The published pair: both rounded to 4 places, `score` exactly `1 - distance` of the rounded distance. */
export function toScored(rawDistance: number): { distance: number; score: number } {
  const rounded = round4(rawDistance);
  return { distance: rounded, score: round4(1 - rounded) };
}
