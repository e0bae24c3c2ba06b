import type { Grouping, SplitSides } from "../../domain/cluster.ts";

/**
 * Whether a user said already that both sides of a split are one person: of most faces of either, in one word. Of others that
 * came since it is proposed all the same.
 */
export function isSettled(split: SplitSides, groupings: readonly Grouping[]): boolean {
  return groupings.some(
    ({ together, sides }) =>
      together && split.every((faces) => faces.filter((face) => sides.has(face)).length * 2 > faces.length),
  );
}
