import { expect, it } from "vitest";
import { createOwnChanges } from "../../../ui/src/state/own-changes.ts";

it("knows the changes that this page made, the newest first, until they are undone", () => {
  const own = createOwnChanges();
  expect(own.last(1)).toEqual([]);
  for (const answer of [{ assigned: 3, change: 7 }, { change: null }, undefined, { settings: {} }, { change: 9 }]) {
    own.note(answer);
  }
  expect(own.last(1)).toEqual([9]);
  expect(own.last(5)).toEqual([9, 7]);
  own.drop(9);
  own.note({ undone: "taken back", change: 9 });
  expect(own.last(1)).toEqual([7]);
  own.note({ redone: "done again", change: 9 });
  expect(own.last(2)).toEqual([9, 7]);
});
