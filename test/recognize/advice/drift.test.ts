import { expect, it } from "vitest";
import { findDrift } from "../../../src/recognize/advice/drift.ts";
import { makeRandom } from "../../make/encoding.ts";

const around = (mean: number, count: number, seed: number) => {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => mean + (random() - 0.5) * 0.1);
};

it("is found when the newest visits are all farther away than those before", () => {
  const drift = findDrift([...around(0.35, 20, 1), ...around(0.47, 10, 2)], 0.6);
  expect(drift?.visits).toBe(10);
  expect(drift?.recent).toBeCloseTo(0.47, 1);
  expect(drift?.before).toBeCloseTo(0.35, 1);
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])("is not found where nothing has changed (%i)", (seed) => {
  expect(findDrift(around(0.4, 60, seed), 0.6)).toBeNull();
});

it("is not found of one bad visit, of visits that come nearer, or of few", () => {
  expect(findDrift([...around(0.35, 29, 1), 0.59], 0.6)).toBeNull();
  expect(findDrift([...around(0.47, 20, 1), ...around(0.35, 10, 2)], 0.6)).toBeNull();
  expect(findDrift([...around(0.35, 7, 1), ...around(0.47, 5, 2)], 0.6)).toBeNull();
  expect(findDrift([], 0.6)).toBeNull();
});
