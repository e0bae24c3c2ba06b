import { expect, it } from "vitest";
import { toAlike } from "../../../../ui/src/state/unknown/tightness.ts";

it("says in words how alike a group's faces are: frames of one visit, one person on different days, perhaps two people", () => {
  expect([0, 0.17].map(toAlike)).toEqual(["very", "very"]);
  expect([0.18, 0.32, 0.35].map(toAlike)).toEqual(["alike", "alike", "alike"]);
  expect([0.36, 0.5].map(toAlike)).toEqual(["loosely", "loosely"]);
  expect(toAlike(null)).toBeNull();
});
