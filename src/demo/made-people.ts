import { DIMENSION, distance } from "../domain/vectors/encoding.ts";
import { createDice, gamma, normal } from "./random.ts";
import { SPECTRA } from "./spectra.ts";

/** Photos differ in quality: the variance of a face around its person's mean follows a gamma distribution of this shape. */
const QUALITY = 6;
const BETWEEN = SPECTRA.between.map(Math.sqrt);
const WITHIN = SPECTRA.within.map(Math.sqrt);
/** The spectra's axes are not the coordinates of real encodings: so many reflections rotate them. */
const MIRRORS = 4;

/** Encodings of people who do not exist. */
export interface MadePeople {
  /** The encoding of `id` on its picture `shot`; always the same for the same arguments. */
  look(id: string, shot: string): Float32Array;
}

/**
 * Distances follow those of real photos, see {@link SPECTRA}. The means of `regulars` are at least `apart` from one another,
 * and everyone else's at least as far from theirs, so that no person is mistaken for another (the median distance of
 * two people's means is 0.69).
 */
export function createMadePeople(
  seed: string | number,
  { regulars = [], apart = 0 }: { readonly regulars?: readonly string[]; readonly apart?: number } = {},
): MadePeople {
  const mirrors = makeMirrors(seed);
  const means = new Map<string, Float32Array>();
  for (const id of regulars) means.set(id, makeMean(id));

  /** Draws until the mean is far enough from those of the regulars so far. */
  function makeMean(id: string): Float32Array {
    const { random } = createDice(seed, "mean", id);
    for (;;) {
      const mean = Float32Array.from(BETWEEN, (deviation) => normal(random) * deviation);
      if ([...means.values()].every((other) => distance(mean, other) >= apart)) return mean;
    }
  }

  return {
    look(id, shot) {
      const { random } = createDice(seed, "look", id, shot);
      const mean = means.get(id) ?? makeMean(id);
      const spread = Math.sqrt(gamma(QUALITY, random));
      return reflect(
        mean.map((value, axis) => value + normal(random) * (WITHIN[axis] as number) * spread),
        mirrors,
      );
    },
  };
}

function makeMirrors(seed: string | number): Float64Array[] {
  const { random } = createDice(seed, "mirrors");
  return Array.from({ length: MIRRORS }, () => {
    const mirror = Float64Array.from({ length: DIMENSION }, () => normal(random));
    const length = Math.hypot(...mirror);
    return mirror.map((value) => value / length);
  });
}

/** Reflects at each plane in place; distances are kept. */
function reflect(encoding: Float32Array, mirrors: readonly Float64Array[]): Float32Array {
  for (const mirror of mirrors) {
    const along = mirror.reduce((sum, value, axis) => sum + value * (encoding[axis] as number), 0);
    for (const [axis, value] of mirror.entries()) encoding[axis] = (encoding[axis] as number) - 2 * along * value;
  }
  return encoding;
}
