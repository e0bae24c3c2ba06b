import { expect, it } from "vitest";
import { createSeenPictures } from "../../../src/flow/snapshots/seen-pictures.ts";

it("remembers the last ten thousand, and those that come again", () => {
  const seen = createSeenPictures();
  expect(seen.has("again")).toBe(false);
  seen.add("again");
  seen.add("old");
  expect(seen.has("again")).toBe(true);
  for (let i = 0; i < 9_999; i++) seen.add(String(i));
  expect([seen.has("old"), seen.has("again"), seen.has("0")]).toEqual([false, true, true]);
  seen.forget("again");
  expect(seen.has("again")).toBe(false);
  seen.clear();
  expect(seen.has("0")).toBe(false);
});
