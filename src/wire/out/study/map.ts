import { type Static, Type } from "typebox";
import { Nullable, ThumbnailUrl } from "../values.ts";

const ShownSchema = Type.Object({ shown: Type.Integer(), total: Type.Integer() });

export const MapAnswerSchema = Type.Object({
  points: Type.Array(
    Type.Object({
      kind: Type.Union([Type.Literal("cluster"), Type.Literal("person")]),
      id: Type.String(),
      name: Nullable(Type.String()),
      x: Type.Number({ minimum: 0, maximum: 1 }),
      y: Type.Number({ minimum: 0, maximum: 1 }),
      size: Type.Integer({ description: "faces" }),
      thumbnail: ThumbnailUrl,
      confused_with: Type.Array(Type.String(), {
        description:
          "ids of those that are so near that faces may be taken for one another's, or that may be the same person",
      }),
    }),
  ),
  clusters: ShownSchema,
  people: ShownSchema,
  model: Type.String({ description: "by whose encodings they are compared" }),
});
export type MapAnswer = Static<typeof MapAnswerSchema>;

/** A person or a cluster by likeness; `x` and `y` from 0 to 1. */
export interface MapPoint {
  readonly kind: "cluster" | "person";
  readonly id: string;
  readonly name: string | null;
  readonly x: number;
  readonly y: number;
  /** Faces. */
  readonly size: number;
  readonly thumbnail: string | null;
  readonly confusedWith: readonly string[];
}

/** Clusters and people in two dimensions: near ones are alike. */
export interface LikenessMap {
  readonly points: readonly MapPoint[];
  readonly clusters: { readonly shown: number; readonly total: number };
  readonly people: { readonly shown: number; readonly total: number };
  readonly model: string;
}

export function toMapAnswer({ points, ...map }: LikenessMap): MapAnswer {
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  return {
    points: points.map(({ confusedWith, x, y, ...point }) => ({
      ...point,
      x: round(x),
      y: round(y),
      confused_with: [...confusedWith],
    })),
    ...map,
  };
}
