import { distance } from "../domain/vectors/encoding.ts";
import { fittingThreshold, type Spread } from "./fit.ts";

/** A person or a group, as it may be taken for another. */
export interface Confusable {
  readonly id: string;
  /** It has a name: another that has one, too, is another person. */
  readonly isPerson: boolean;
  readonly mean: Float32Array;
  /** To how many independent faces the mean is worth. */
  readonly faces: number;
}

/**
 * Which may be taken for one another: groups that fit a person or another group as if they were the same; and people whose
 * single faces would fit the other. O(n² × dimension).
 * @param isSettled Whether it is known of a pair that they are the same, or that they are not.
 * @param pause awaited now and then
 * @returns id → ids, in the given order
 */
export async function findConfused(
  all: readonly Confusable[],
  threshold: number,
  spread: Spread,
  isSettled: (a: string, b: string) => boolean,
  pause: () => Promise<void>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(all.map((one) => [one.id, []]));
  for (const [i, a] of all.entries()) {
    await pause();
    for (const b of all.slice(i + 1)) {
      const single = a.isPerson && b.isPerson;
      const most = fittingThreshold(
        threshold,
        single ? 1 : a.faces,
        single ? Math.max(a.faces, b.faces) : b.faces,
        spread,
      );
      if (distance(a.mean, b.mean) >= most || isSettled(a.id, b.id)) continue;
      found.get(a.id)?.push(b.id);
      found.get(b.id)?.push(a.id);
    }
  }
  return found;
}
