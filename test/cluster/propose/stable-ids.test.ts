import { expect, it } from "vitest";
import { keepStableIds } from "../../../src/cluster/propose/stable-ids.ts";

function counting(): () => string {
  let next = 0;
  return () => `new${++next}`;
}

it("keeps an id where most faces are the same, and makes new ones elsewhere", () => {
  const before = new Map([
    ["anna", [1, 2, 3, 4]],
    ["bob", [10, 11, 12]],
  ]);
  const found = [
    [10, 11, 12, 13, 14],
    [20, 21],
    [1, 2, 3],
  ];
  expect(keepStableIds(before, found, counting())).toEqual(["bob", "new1", "anna"]);
});

it("gives the id of a cluster that fell apart to the larger part", () => {
  const before = new Map([["anna", [1, 2, 3, 4, 5]]]);
  expect(
    keepStableIds(
      before,
      [
        [1, 2],
        [3, 4, 5],
      ],
      counting(),
    ),
  ).toEqual(["new1", "anna"]);
});

it("gives clusters that became one the id of the larger part", () => {
  const before = new Map([
    ["few", [1, 2]],
    ["many", [3, 4, 5]],
  ]);
  expect(keepStableIds(before, [[1, 2, 3, 4, 5]], counting())).toEqual(["many"]);
});

it("does not keep an id for a shared half or less", () => {
  const before = new Map([["anna", [1, 2, 3, 4]]]);
  expect(keepStableIds(before, [[1, 2, 8, 9]], counting())).toEqual(["new1"]);
});

it("breaks ties by position in the list, then by id", () => {
  const before = new Map([
    ["b", [1]],
    ["a", [2]],
  ]);
  expect(keepStableIds(before, [[1, 2], [3]], counting())).toEqual(["a", "new1"]);
});

it("never gives out an id that a cluster has or had", () => {
  const ids = ["anna", "x", "x", "y"];
  const before = new Map([["anna", [1]]]);
  expect(keepStableIds(before, [[5], [6]], () => ids.shift()!)).toEqual(["x", "y"]);
});
