import { expect, it } from "vitest";
import { cutPage, toPage } from "../../../src/operations/declare/pages.ts";

it("cuts a list into pages; the last has no cursor, also when it is full", () => {
  const list = ["a", "b", "c", "d"];
  const first = cutPage(list, toPage({ limit: 2 }));
  expect(first).toEqual({ items: ["a", "b"], nextCursor: "2" });
  expect(cutPage(list, toPage({ limit: 2, cursor: first.nextCursor ?? "" }))).toEqual({
    items: ["c", "d"],
    nextCursor: null,
  });
});

it.each(["", " ", "0", "-1", "1.5", "1e3", "x"])("refuses %j as a cursor", (cursor) => {
  expect(() => cutPage(["a"], toPage({ cursor }))).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});
