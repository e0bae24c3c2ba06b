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
 * How each face of a group fits the others. O(n × dimension).
 * @param encodings all of one model
 */
export function fitInGroup(encodings: readonly Float32Array[], model: string, spread: Spread): FitInGroup[] {
  if (encodings.length < 2) return encodings.map(() => ({ distance: null, different: false }));
  const mean = toMean(encodings, model);
  const others = independentFaces(encodings.length - 1, varianceOf(encodings), spread);
  return encodings.map((encoding) => {
    const rest = withoutEncodings(mean, [encoding], model);
    const away = rest ? distance(encoding, rest.mean) : null;
    return { distance: away, different: away !== null && standsOut(away, others, spread) };
  });
}
