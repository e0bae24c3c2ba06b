/** How many numbers an encoding has unless the stored data says otherwise, as dlib's `face_recognition` makes them. */
export const DIMENSION = 128;

/** Squared Euclidean distance between `a` and the encoding that starts at `offset` in `packed`; in float64. */
export function squaredDistance(a: Float32Array, packed: Float32Array, offset = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = (a[i] as number) - (packed[offset + i] as number);
    sum += d * d;
  }
  return sum;
}

/** Euclidean (L2) distance between two encodings of equal length. */
export function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, b));
}

/** The mean of encodings of equal length, summed in float64. Throws on an empty list: there is no mean of nothing. */
export function meanEncoding(encodings: readonly Float32Array[]): Float32Array {
  const first = encodings[0];
  if (!first) throw new RangeError("the mean of no encodings does not exist");
  const sums = new Float64Array(first.length);
  for (const encoding of encodings) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (encoding[i] as number);
  }
  return Float32Array.from(sums, (sum) => sum / encodings.length);
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
