import { nearestIndex, squaredDistance } from "../domain/vectors/encoding.ts";

/** Most faces that represent a cluster. */
const MOST_REPRESENTATIVES = 5;

/** Marks the chosen ones: less than any distance. */
const TAKEN = -1;

/**
 * The faces that represent a cluster, as indexes into `encodings`: first the one nearest to the mean, then always the one
 * furthest from those chosen so far (Gonzalez 1985, farthest-point), so that a stranger among them shows. On a tie, the
 * lower index. O(5 × n × dimension).
 */
export function pickRepresentatives(
  encodings: readonly Float32Array[],
  mean: Float32Array,
  most = MOST_REPRESENTATIVES,
): number[] {
  const first = nearestIndex(mean, encodings);
  if (first === -1 || most < 1) return [];
  const chosen = [first];
  const nearestSquared = new Float64Array(encodings.length).fill(Number.POSITIVE_INFINITY);
  for (let newest = first; chosen.length < Math.min(most, encodings.length); ) {
    const shown = encodings[newest]!;
    let furthest = -1;
    let squared = -1;
    nearestSquared[newest] = TAKEN;
    for (let i = 0; i < encodings.length; i++) {
      if (nearestSquared[i] === TAKEN) continue;
      const near = Math.min(nearestSquared[i]!, squaredDistance(encodings[i]!, shown));
      nearestSquared[i] = near;
      if (near > squared) {
        squared = near;
        furthest = i;
      }
    }
    chosen.push(furthest);
    newest = furthest;
  }
  return chosen;
}
