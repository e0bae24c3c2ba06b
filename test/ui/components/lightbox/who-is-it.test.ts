import { expect, it } from "vitest";
import { whoIsIt } from "../../../../ui/src/components/lightbox/who-is-it.ts";

const matched = (distance: number) => ({
  person: null,
  matched: { person: "Julia", person_id: "julia", distance, score: 1 - distance },
});

it("says a given name, a recognized one, one that is barely recognized, and none", () => {
  expect(whoIsIt({ person: "Anna", matched: null }, 0.6)).toEqual({ name: "Anna", unsure: false });
  expect(whoIsIt(matched(0.3), 0.6)).toEqual({ name: "Julia", unsure: false });
  expect(whoIsIt(matched(0.57), 0.6)).toEqual({ name: "Julia", unsure: true });
  expect(whoIsIt({ person: null, matched: null }, 0.6)).toEqual({ name: null, unsure: false });
});
