import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import {
  CorrectedVisitSchema,
  toCorrectedJson,
  toVisitDetailAnswer,
  toVisitsAnswer,
  VISIT_STATES,
  VisitDetailAnswerSchema,
  VisitsAnswerSchema,
} from "../wire/out/visits.ts";
import { pageInput, timeRange, toFilter, toTimes } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";
import type { VisitFilter } from "./reads/store.ts";

const path = "/api/visits";
const at = { visit: "path.id" } as const;

/** Visits: who came to which camera, and putting one right. */
export const visitOperations = {
  visits: defineOperation({
    tag: "visits",
    summary: "Visits, newest first",
    description:
      "A visit is one pass of one person at one camera. The times are those of its first and of its last face; `from` and `to` select by the last.",
    access: "home",
    command: "visits",
    http: { method: "GET", path },
    input: {
      ...pageInput,
      camera: Type.Optional(Type.String()),
      person: Type.Optional(Type.String({ description: "name or person_id" })),
      stranger: Type.Optional(Type.String({ description: "stranger_id" })),
      state: Type.Optional(Type.Enum([...VISIT_STATES])),
      ...timeRange,
    },
    answer: VisitsAnswerSchema,
    async run({ camera, person, stranger, state, from, to, ...input }, { people, store }) {
      const filter = toFilter<VisitFilter>({
        camera,
        personId: person === undefined ? undefined : (await people.find(person)).personId,
        strangerId: stranger,
        state,
        ...toTimes({ from, to }),
      });
      return toVisitsAnswer(await store.visits(filter, toPage(input)));
    },
  }),

  visit: defineOperation({
    tag: "visits",
    summary: "A visit with its faces, and whom it is like",
    access: "admin",
    http: { method: "GET", path: `${path}/:id`, at },
    input: { visit: Type.String() },
    answer: VisitDetailAnswerSchema,
    async run({ visit: id }, { readVisit }) {
      const detail = await readVisit(id);
      if (!detail) throw new FacesError("VISIT_NOT_FOUND", `visit "${id}" does not exist`);
      return toVisitDetailAnswer(detail);
    },
  }),

  correct: defineOperation({
    tag: "visits",
    summary: "Put a visit right: who it is, who it is not, or that it does not matter",
    description:
      "Exactly one of `person`, `not` and `ignore`. With `person` its faces are assigned to that person, or to a new one; they " +
      "become a look of the person if they differ enough from those that there are. `not` stays said until the person is deleted.",
    access: "home",
    command: "correct",
    http: { method: "POST", path: `${path}/:id/correct`, at },
    input: {
      visit: Type.String(),
      person: Type.Optional(Type.String({ description: "of a new person, or of one that exists" })),
      not: Type.Optional(Type.String({ description: "name or person_id" })),
      ignore: Type.Optional(Type.Literal(true, { description: "its faces become an ignored group" })),
    },
    answer: CorrectedVisitSchema,
    async run({ visit, person, not, ignore }, { people }) {
      if ([person, not, ignore].filter((one) => one !== undefined).length !== 1) {
        throw new FacesError("INVALID_INPUT", 'exactly one of "person", "not" and "ignore" must be given');
      }
      if (person !== undefined) return toCorrectedJson(await people.correctVisit(visit, { is: person }));
      if (not !== undefined) return toCorrectedJson(await people.correctVisit(visit, { not }));
      return toCorrectedJson(await people.correctVisit(visit, "ignore"));
    },
  }),
};
