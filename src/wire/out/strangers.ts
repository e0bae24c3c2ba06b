import { type Static, Type } from "typebox";
import type { PageOf } from "../../domain/page.ts";
import type { ShownStranger, Stranger } from "../../domain/visits/stranger.ts";
import { RepresentativeSchema, toRepresentativeJson } from "./clusters/clusters.ts";
import { NextCursor, Nullable, ThumbnailUrl, Time } from "./values.ts";

/** A stranger, wherever one is mentioned. */
export const StrangerSchema = Type.Object({
  stranger_id: Type.String(),
  number: Type.Integer({ description: "counts up from 1, never given twice" }),
  visits: Type.Integer(),
  cameras: Type.Array(Type.String()),
  first_seen: Time,
  last_seen: Time,
});
export type StrangerJson = Static<typeof StrangerSchema>;

export function toStrangerJson(stranger: Omit<Stranger, "bestFace">): StrangerJson {
  return {
    stranger_id: stranger.strangerId,
    number: stranger.number,
    visits: stranger.visits,
    cameras: [...stranger.cameras],
    first_seen: stranger.firstSeen.toISOString(),
    last_seen: stranger.lastSeen.toISOString(),
  };
}

const ShownStrangerSchema = Type.Object({
  ...StrangerSchema.properties,
  model: Type.String({ description: "what made the encodings of all their visits" }),
  representative: Nullable(RepresentativeSchema),
  thumbnail: ThumbnailUrl,
});

export const StrangersAnswerSchema = Type.Object({
  strangers: Type.Array(ShownStrangerSchema, { description: "unknown people who came more than once" }),
  next_cursor: NextCursor,
});
export type StrangersAnswer = Static<typeof StrangersAnswerSchema>;

/** What `bridge/strangers` says. @param newest the newest of them */
export function toNewestStrangersJson(count: number, newest: readonly Stranger[]) {
  return { count, newest: newest.map(toStrangerJson) };
}

export function toStrangersAnswer({ items, nextCursor }: PageOf<ShownStranger>): StrangersAnswer {
  return {
    strangers: items.map((stranger) => {
      const representative = stranger.representative && toRepresentativeJson(stranger.representative);
      return {
        ...toStrangerJson(stranger),
        model: stranger.model,
        representative,
        thumbnail: representative?.thumbnail ?? null,
      };
    }),
    next_cursor: nextCursor,
  };
}
