import { squaredDistance } from "../domain/vectors/encoding.ts";
import { meanOf } from "../domain/vectors/mean.ts";

/** Which faces (rows) a user said are different people: the side of each. */
export type SplitRows = ReadonlyMap<number, 0 | 1>;

/**
 * Keeps people apart that a user took apart: a group with faces of both sides of a split becomes two. The rest of its faces
 * go to the side whose mean is nearer, the first on a tie. Groups without faces of both sides stay as they are. The
 * splits take effect one after the other, each on what those before it left. O(faces × dimension) for groups that are divided.
 *
 * @param groups rows of each group, all of one model
 */
export function applySplits(
  groups: readonly (readonly number[])[],
  splits: readonly SplitRows[],
  encodingOf: (row: number) => Float32Array,
  model: string,
): (readonly number[])[] {
  let parts: (readonly number[])[] = [...groups];
  for (const split of splits) parts = parts.flatMap((rows) => divide(rows, split, encodingOf, model));
  return parts;
}

function divide(
  rows: readonly number[],
  split: SplitRows,
  encodingOf: (row: number) => Float32Array,
  model: string,
): (readonly number[])[] {
  const said = ([0, 1] as const).map((side) => rows.filter((row) => split.get(row) === side));
  const [first = [], second = []] = said;
  if (first.length === 0 || second.length === 0) return [rows];
  const [a, b] = [meanOf(first.map(encodingOf), model), meanOf(second.map(encodingOf), model)];
  const sideOf = (row: number): 0 | 1 => {
    const encoding = encodingOf(row);
    return split.get(row) ?? (squaredDistance(encoding, b) < squaredDistance(encoding, a) ? 1 : 0);
  };
  return [rows.filter((row) => sideOf(row) === 0), rows.filter((row) => sideOf(row) === 1)];
}
