import { squaredDistance } from "./encoding.ts";

/** How alike the faces of a group are. */
export interface Tightness {
  /**
   * How far a face of it lies from the mean of whom it shows, as a root mean square over √(n − 1), so that groups of few
   * faces and of many can be compared; null for one face.
   */
  readonly tightness: number | null;
  /** The face that fits worst, and its distance to the mean of the others; null for one face. */
  readonly worst: { readonly index: number; readonly distance: number } | null;
}

/**
 * Measures a group of `n` faces. The mean lies nearer to each face than to one that is not in it, the less so the more there
 * are: a distance to it is `(n − 1) / n` of that to the mean of the others. On a tie the lower index. O(n × dimension).
 *
 * @param mean That of the encodings.
 */
export function measureTightness(encodings: readonly Float32Array[], mean: Float32Array): Tightness {
  const count = encodings.length;
  if (count < 2) return { tightness: null, worst: null };
  let sum = 0;
  let index = 0;
  let most = -1;
  for (const [at, encoding] of encodings.entries()) {
    const squared = squaredDistance(encoding, mean);
    sum += squared;
    if (squared > most) {
      most = squared;
      index = at;
    }
  }
  const distance = (Math.sqrt(most) * count) / (count - 1);
  return { tightness: Math.sqrt(sum / (count - 1)), worst: { index, distance } };
}
