/** Visits that are compared with those before: the newest third, but so many at least and at most. */
const LEAST_RECENT = 5;
const MOST_RECENT = 20;
const LEAST_BEFORE = 8;
/** Of the threshold: so much farther away are visits of a person who looks different. */
const FARTHER = 0.12;
/** Standard errors: a difference that chance makes is hardly ever as large. */
const SURELY = 4;

/** The mean distances of visits from their person's nearest look, lately and before; how many are lately. */
export interface Drift {
  readonly recent: number;
  readonly before: number;
  readonly visits: number;
}

/**
 * Whether a person's visits are farther from their looks lately (two means with unequal variances, Welch 1947); null: they are
 * not, or there are too few to say.
 * @param distances of visits, oldest first
 */
export function findDrift(distances: readonly number[], threshold: number): Drift | null {
  const visits = Math.min(MOST_RECENT, Math.max(LEAST_RECENT, Math.floor(distances.length / 3)));
  if (distances.length < visits + LEAST_BEFORE) return null;
  const recent = describe(distances.slice(-visits));
  const before = describe(distances.slice(0, -visits));
  const error = Math.sqrt(recent.variance / recent.count + before.variance / before.count);
  const farther = recent.mean - before.mean;
  if (farther < FARTHER * threshold || farther < SURELY * error) return null;
  return { recent: recent.mean, before: before.mean, visits };
}

function describe(values: readonly number[]) {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { count, mean, variance };
}
