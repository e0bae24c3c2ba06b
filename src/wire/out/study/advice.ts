import { type Static, Type } from "typebox";
import type { Advice } from "../../../domain/study/advice.ts";
import { Nullable, named, ThumbnailUrl, toNamed, toThumbnailUrl } from "../values.ts";

const AdviceKindSchema = Type.Union(
  [
    Type.Literal("same_person"),
    Type.Literal("alike"),
    Type.Literal("misplaced_look"),
    Type.Literal("misplaced_faces"),
    Type.Literal("drift"),
    Type.Literal("few_faces"),
    Type.Literal("profile"),
  ],
  {
    description:
      "same_person: two who are probably one; alike: two who may be taken for one another; misplaced_look and misplaced_faces: what is another's; drift: somebody looks different lately; few_faces: known from too little; profile: another one serves these people better",
  },
);

export const AdviceAnswerSchema = Type.Object({
  advice: Type.Array(
    Type.Object({
      id: Type.String({ description: "the same as long as the same is advised" }),
      kind: AdviceKindSchema,
      people: Type.Array(Type.Object(named), { description: "whom it is about first" }),
      reason: Type.String({ description: "a sentence" }),
      picture: Nullable(Type.Object({ face_id: Type.Integer(), thumbnail: ThumbnailUrl })),
      action: Type.Object(
        {
          label: Type.String({ description: "for a button" }),
          method: Type.Union([Type.Literal("POST"), Type.Literal("PATCH")]),
          path: Type.String({ description: "relative to the server's root" }),
          body: Type.Record(Type.String(), Type.Unknown()),
        },
        { description: "the request that does it" },
      ),
    }),
    { description: "the most urgent first" },
  ),
});
export type AdviceAnswer = Static<typeof AdviceAnswerSchema>;

export function toAdviceAnswer(advice: readonly Advice[]): AdviceAnswer {
  return {
    advice: advice.map(({ people, picture, action, ...one }) => ({
      ...one,
      people: people.map(toNamed),
      picture: picture && { face_id: picture.id, thumbnail: toThumbnailUrl(picture.hasThumbnail ? picture.id : null) },
      action: { ...action, body: { ...action.body } },
    })),
  };
}
