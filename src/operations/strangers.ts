import { Type } from "typebox";
import { AssignAnswerSchema, toAssignAnswer } from "../wire/out/people/people.ts";
import { StrangersAnswerSchema, toStrangersAnswer } from "../wire/out/strangers.ts";
import { pageInput } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";

const path = "/api/strangers";

/** Unknown people who came more than once: list, name. */
export const strangerOperations = {
  strangers: defineOperation({
    tag: "people",
    summary: "Strangers: unknown people who came more than once, by last visit, newest first",
    access: "home",
    command: "strangers",
    http: { method: "GET", path },
    input: pageInput,
    answer: StrangersAnswerSchema,
    run: async (input, { store }) => toStrangersAnswer(await store.strangers(toPage(input))),
  }),

  assignStranger: defineOperation({
    tag: "people",
    summary: "Give a stranger a name: all their visits become that person's",
    access: "home",
    command: "assign_stranger",
    http: { method: "POST", path: `${path}/:id/assign`, at: { stranger: "path.id" } },
    input: {
      stranger: Type.String(),
      name: Type.String({ description: "of a new person, or of one that exists" }),
    },
    answer: AssignAnswerSchema,
    async run({ stranger, name }, { people, similar }) {
      const outcome = await people.assignStranger(stranger, name);
      return toAssignAnswer(outcome, (await similar.claimable(outcome.person.personId)).length);
    },
  }),
};
