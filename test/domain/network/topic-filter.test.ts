import { expect, it } from "vitest";
import { matchesFilter } from "../../../src/domain/network/topic-filter.ts";

it.each([
  ["a/b", "a/b", true],
  ["a/b", "a/bb", false],
  ["a/+/c", "a/b/c", true],
  ["a/+", "a/b/c", false],
  ["a/+", "a", false],
  ["+", "/a", false],
  ["+/+", "/a", true],
  ["a/#", "a/b/c", true],
  ["a/#", "a", true],
  ["#", "a/b", true],
  ["#", "$SYS/x", false],
  ["+/x", "$SYS/x", false],
  ["$SYS/#", "$SYS/x", true],
  ["$SYS/+", "$SYS/x", true],
])("the filter %s and the topic %s: %s", (filter, topic, matches) => {
  expect(matchesFilter(filter, topic)).toBe(matches);
});
