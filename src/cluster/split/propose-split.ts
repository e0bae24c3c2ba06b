import { squaredDistance } from "../../domain/vectors/encoding.ts";
import { meanOf } from "../../domain/vectors/mean.ts";
import { averageTree } from "./average-tree.ts";
import { gainOf, type Halves, halve } from "./halves.ts";

/** Faces of a large group that are looked at: a second person with a twentieth of them is still seen eight times. */
const SAMPLE = 160;
/**
 * Faces nearer to one another than this (on average) are one observation: frames of one visit lie some 0.22 apart, photos
 * of different days 0.43, and 5 % of those under 0.32.
 */
const ONE_OBSERVATION = 0.25;
/**
 * Variance of a person's faces around their mean, summed over all numbers: half of the mean squared distance of two photos
 * of one person, 0.43 in the median.
 */
const WITHIN = 0.1;
/** For how many observations {@link WITHIN} counts beside those of the group itself. */
const WITHIN_COUNTS = 10;
/** Least squared distance of the sides' means: those of one person's groups lie up to 0.28 apart, of two people's from 0.37. */
const LEAST_SQUARED = 0.1;
/**
 * Least gain, see {@link proposeSplit}: the best cut through one person's faces gains more the more there are, since the
 * direction in which they vary most is cut. Measured, 99 of 100 stay under this.
 */
const LEAST_GAIN = 2.4;
const GAIN_EACH = 0.1;
/** Further observations change little: by then the distance of the means decides. */
const MOST_COUNTED = 50;

/** A group as two: indexes into its encodings, ascending; the side of the first face first. */
export type Sides = readonly [readonly number[], readonly number[]];

/**
 * The group as two people, when it shows two; else null. Of one person it finds none: a single face that fits badly is not
 * a second person. Deterministic, and independent of the order of the encodings.
 *
 * Alike frames are put together to one observation, since ten of one visit say hardly more than one. The sides are the
 * best that {@link halve} finds. They are two people when
 * - their means, less what means of so few observations differ by chance, are as far apart as different people's, and
 * - the gain, `|a - b|² · n·m / (n + m) / w`, is more than the best of many cuts through one person reaches. `n` and `m`
 *   are the observations of the sides, `w` the variance within: it is how much better two means describe the group than
 *   one (Calinski & Harabasz 1974). Sides of one or two observations reach it only from far away.
 *
 * Large groups are judged by a sample. O(n × dimension), and a constant.
 *
 * @param encodings of one group and model, all of one length
 */
export function proposeSplit(encodings: readonly Float32Array[], model: string): Sides | null {
  const halves = halve(observe(sampleOf(encodings), model));
  if (!halves || !areTwoPeople(halves)) return null;
  const [first, second] = halves.means;
  const sides: [number[], number[]] = [[], []];
  for (const [row, encoding] of encodings.entries()) {
    const side = squaredDistance(encoding, second) < squaredDistance(encoding, first) ? 1 : 0;
    sides[side].push(row);
  }
  const [a, b] = sides;
  if (a[0] === undefined || b[0] === undefined) return null;
  return a[0] < b[0] ? [a, b] : [b, a];
}

function areTwoPeople(halves: Halves): boolean {
  const { squared, spread } = halves;
  const [n, m] = halves.counts;
  const within = (spread + WITHIN * WITHIN_COUNTS) / (n + m - 2 + WITHIN_COUNTS);
  const byChance = within * (1 / n + 1 / m);
  const gain = gainOf(halves) / within;
  const leastGain = LEAST_GAIN + GAIN_EACH * Math.min(n + m, MOST_COUNTED);
  return squared - byChance >= LEAST_SQUARED && gain >= leastGain;
}

/** Every so many of the encodings in the order of their numbers, which does not depend on how they were given. */
function sampleOf(encodings: readonly Float32Array[]): Float32Array[] {
  const sorted = [...encodings].sort(byNumbers);
  if (sorted.length <= SAMPLE) return sorted;
  return Array.from({ length: SAMPLE }, (_, i) => sorted[Math.floor((i * sorted.length) / SAMPLE)] as Float32Array);
}

function byNumbers(a: Float32Array, b: Float32Array): number {
  const first = (a[0] ?? 0) - (b[0] ?? 0);
  if (first !== 0) return first;
  const differs = a.findIndex((value, i) => value !== b[i]);
  return differs < 0 ? 0 : (a[differs] as number) - (b[differs] as number);
}

/** The means of faces that are alike enough to be of one visit. */
function observe(faces: readonly Float32Array[], model: string): Float32Array[] {
  const alone = new Set(faces.keys());
  const visits = new Map<number, readonly number[]>();
  for (const { height, members } of averageTree(faces)) {
    if (height >= ONE_OBSERVATION) break;
    for (const member of members) {
      alone.delete(member);
      visits.delete(member);
    }
    visits.set(members[0] as number, members);
  }
  const groups = [...[...alone].map((one) => [one]), ...visits.values()];
  return groups.map((group) =>
    meanOf(
      group.map((face) => faces[face] as Float32Array),
      model,
    ),
  );
}
