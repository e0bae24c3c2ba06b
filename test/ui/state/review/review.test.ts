import { expect, it } from "vitest";
import { type Given, type Question, toOutcome } from "../../../../ui/src/state/review/review.ts";

const question = { id: "c1.v.anna" } as Question;
const anna = { person: "Anna", person_id: "anna" };
const bo = { person: "Bo", person_id: "bo" };
const one = (answer: "yes" | "no" | "unsure", faces: number | null, who = anna): Given => ({
  kind: "one",
  question,
  answer,
  result: faces === null ? null : { answer, cluster: "c1", faces, change: 1, ...who },
});

it("adds up what has a name now by person, most photos first, without what is not answered yet", () => {
  const sure: Given = {
    kind: "sure",
    questions: [question, question],
    result: {
      accepted: 2,
      faces: 9,
      change: 2,
      people: [
        { ...anna, faces: 2 },
        { ...bo, faces: 7 },
      ],
    },
  };
  expect(toOutcome([one("yes", 3), sure, one("yes", 8), one("yes", null, bo)])).toEqual({
    named: [
      { name: "Anna", faces: 13 },
      { name: "Bo", faces: 7 },
    ],
    faces: 20,
    unknown: 0,
    unsure: 0,
  });
});

it("counts the groups that stay unknown, and those that wait for a better photo", () => {
  expect(toOutcome([one("no", 0), one("unsure", 0), one("no", 0)])).toEqual({
    named: [],
    faces: 0,
    unknown: 2,
    unsure: 1,
  });
});
