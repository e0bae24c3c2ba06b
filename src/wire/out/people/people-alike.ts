import { type Static, Type } from "typebox";
import type { Person } from "../../../domain/person.ts";
import { toScored } from "../../../domain/vectors/encoding.ts";
import { CandidateSchema } from "../candidates.ts";
import { named, toNamed } from "../values.ts";

/** A person who is compared with another one; the distance is not rounded. */
export interface PersonAlike extends Person {
  readonly distance: number;
  /** Under it, the two would count as one, for what was compared. */
  readonly threshold: number;
}

export const PeopleAlikeAnswerSchema = Type.Object({
  ...named,
  people: Type.Array(
    Type.Object({
      ...CandidateSchema.properties,
      threshold: Type.Number({ description: "under it, the two would count as one person" }),
    }),
    { description: "most alike first" },
  ),
});
export type PeopleAlikeAnswer = Static<typeof PeopleAlikeAnswerSchema>;

export function toPeopleAlikeAnswer(person: Person, others: readonly PersonAlike[]): PeopleAlikeAnswer {
  return {
    ...toNamed(person),
    people: others.map((one) => ({ ...toNamed(one), ...toScored(one.distance), threshold: one.threshold })),
  };
}
