import { distance } from "../../domain/vectors/encoding.ts";
import { fittingThreshold, type Spread } from "../fit.ts";

/** The mean of some faces, and to how many independent ones they are worth. */
export interface WeighedMean {
  readonly mean: Float32Array;
  readonly faces: number;
}

/**
 * The group that is unlike the others, while those are alike, as an index; -1: there is none, or it cannot be said. How far
 * two groups are apart is taken in units of the distance at which they would no longer count as one person.
 * @param groups all of one model
 */
export function oddOne(groups: readonly WeighedMean[], threshold: number, spread: Spread): number {
  if (groups.length < 3) return -1;
  const apart = groups.map((a) =>
    groups.map((b) => (a === b ? 0 : distance(a.mean, b.mean) / fittingThreshold(threshold, a.faces, b.faces, spread))),
  );
  const away = (index: number, without: number): number => {
    const others = (apart[index] ?? []).filter((_, i) => i !== index && i !== without);
    return others.reduce((sum, one) => sum + one, 0) / others.length;
  };
  const all = groups.map((_, i) => away(i, -1));
  const odd = all.indexOf(Math.max(...all));
  const rest = groups.flatMap((_, i) => (i === odd ? [] : [away(i, odd)]));
  return (all[odd] as number) >= 1 && rest.every((one) => one < 1) ? odd : -1;
}
