import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";

/** One of the two people that a group may show. */
export interface Pile {
  readonly size: number;
  /** Faces to show, those that stand for the group first, then evenly over the others. */
  readonly faces: readonly number[];
}

type Grouped = Pick<ClusterJson, "split" | "representatives">;

/** The two people that a group may show, each with at most `most` faces to show; null: no split is proposed. */
export function toPiles({ split, representatives }: Grouped, most: number): readonly Pile[] | null {
  if (!split) return null;
  return split.map((side) => {
    const first = representatives.map((face) => face.face_id).filter((id) => side.includes(id));
    const others = side.filter((id) => !first.includes(id));
    return { size: side.length, faces: [...first, ...spread(others, most - first.length)].slice(0, most) };
  });
}

function spread(faces: readonly number[], count: number): readonly number[] {
  if (faces.length <= count) return faces;
  return faces.filter(
    (_, at) => Math.floor((at * count) / faces.length) !== Math.floor(((at - 1) * count) / faces.length),
  );
}

/** Whether the same is proposed for both: the same faces on the same sides, or nothing. */
export const sameSplit = (one: ClusterJson["split"], other: ClusterJson["split"]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
