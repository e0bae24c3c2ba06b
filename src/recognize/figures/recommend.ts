import type { ProfileFigures, Recommendation, Tally } from "../../domain/study/own-figures.ts";

/** Fewer tries say nothing. */
const LEAST_TRIED = 20;
/** Of known people's visits: the other profile may miss so many more. */
const MISSED_MORE = 0.05;

/**
 * The profile that serves these people: `careful` when `classic` would give strangers a name and `careful` at most half as
 * many, without missing many more of those it knows. The sentence is for the reader to make from the figures.
 * @param minFaces what `careful` waits for; the nearest size that was tried counts
 */
export function recommend(profiles: readonly ProfileFigures[], minFaces: number): Recommendation | null {
  const faces = Math.min(minFaces, Math.max(...profiles.map((one) => one.faces)));
  const classic = profiles.find((one) => one.profile === "classic" && one.faces === 1);
  const careful = profiles.find((one) => one.profile === "careful" && one.faces === faces);
  if (!classic || !careful) return null;
  const least = Math.min(classic.strangers.tried, classic.known.tried, careful.strangers.tried, careful.known.tried);
  if (least < LEAST_TRIED) return null;
  const fewer = rate(careful.strangers) <= rate(classic.strangers) / 2;
  const missed = rate(classic.known) - rate(careful.known);
  const isBetter = classic.strangers.count > 0 && fewer && missed <= MISSED_MORE;
  return { profile: isBetter ? "careful" : "classic", classic, careful };
}

function rate({ tried, count }: Tally): number {
  return tried === 0 ? 0 : count / tried;
}
