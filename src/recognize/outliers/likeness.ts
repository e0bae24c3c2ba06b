import type { CountedEncoding } from "../../domain/person.ts";
import { distance } from "../../domain/vectors/encoding.ts";
import { lengthOf, meanOfLook, putBack } from "../../domain/vectors/mean.ts";
import type { Spread } from "../fit.ts";
import { standsOut } from "./stands-out.ts";

/** How alike a face is to a person. */
export interface Likeness {
  /** To the mean of the person's looks, without the face; not rounded. */
  readonly distance: number;
  readonly different: boolean;
}

/**
 * Compares faces with all looks of a person together, each by its number of faces: a look of wrong faces is unlike the rest,
 * though its own faces are like it. A face that has a part in a look is taken out of it first.
 * @param looks of one model
 * @returns null: nothing is left to compare with
 */
export function buildLikeness(
  looks: readonly CountedEncoding[],
  spread: Spread,
): (encoding: Float32Array, isPart: boolean) => Likeness | null {
  const [first] = looks;
  const sums = new Float64Array(first?.encoding.length ?? 0);
  let faces = 0;
  let lengths = 0;
  for (const look of looks) {
    const { mean, count, plainLength } = meanOfLook(look);
    const length = lengthOf(mean);
    const times = plainLength === null || length === 0 ? count : (count * plainLength) / length;
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + times * (mean[i] as number);
    faces += count;
    lengths += count * length;
  }
  return (encoding, isPart) => {
    const others = faces - (isPart ? 1 : 0);
    if (!first || others < 1) return null;
    const plain = Float32Array.from(sums, (sum, i) => (sum - (isPart ? (encoding[i] as number) : 0)) / others);
    const away = distance(encoding, putBack(plain, lengths / faces, first.model));
    return { distance: away, different: standsOut(away, others, spread) };
  };
}
