import type { PersonVariance } from "../domain/person.ts";
import type { Spread } from "./fit.ts";

/** Fewer people say little about a home's cameras. */
const ENOUGH_PEOPLE = 5;
/** Faces of a person that are enough to count. */
const ENOUGH_FACES = 8;
/** What was measured elsewhere weighs as much as so many faces here. */
const PRIOR_FACES = 200;
/** Share by which a home may differ from what was measured elsewhere: its people were named with the help of this very rule. */
const MOST = 0.25;

/**
 * The spread that a home's own cameras and people have, as far as its named people show it: the variance within them,
 * pooled, and drawn towards the prior. With fewer than 5 people of 8 faces it is the prior.
 */
export function refineSpread(prior: Spread, people: readonly PersonVariance[]): Spread {
  const enough = people.filter((one) => one.faces >= ENOUGH_FACES);
  if (enough.length < ENOUGH_PEOPLE) return prior;
  let weight = PRIOR_FACES;
  let sum = PRIOR_FACES * prior.within;
  for (const { faces, variance } of enough) {
    weight += faces - 1;
    sum += (faces - 1) * variance;
  }
  const least = prior.within * (1 - MOST);
  const most = prior.within * (1 + MOST);
  return { ...prior, within: Math.min(most, Math.max(least, sum / weight)) };
}
