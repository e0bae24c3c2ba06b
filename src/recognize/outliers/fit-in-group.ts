import { distance, varianceOf } from "../../domain/vectors/encoding.ts";
import { toMean, withoutEncodings } from "../../domain/vectors/mean.ts";
import { independentFaces, type Spread } from "../fit.ts";
import { standsOut } from "./stands-out.ts";

/** How a face fits the others of a group. */
export interface FitInGroup {
  /** To what stands for the others, see `meanOf`; null: there are no others. */
  readonly distance: number | null;
  /** It stands out, see {@link standsOut}. */
  readonly different: boolean;
}

/**
 * Measures how faces of a group fit the others. O(n × dimension), and O(dimension) for each face.
 * @param encodings all of one model
 */
export function buildFit(
  encodings: readonly Float32Array[],
  model: string,
  spread: Spread,
): (encoding: Float32Array) => FitInGroup {
  if (encodings.length < 2) return () => ({ distance: null, different: false });
  const mean = toMean(encodings, model);
  const others = independentFaces(encodings.length - 1, varianceOf(encodings), spread);
  return (encoding) => {
    const rest = withoutEncodings(mean, [encoding], model);
    const away = rest ? distance(encoding, rest.mean) : null;
    return { distance: away, different: away !== null && standsOut(away, others, spread) };
  };
}
