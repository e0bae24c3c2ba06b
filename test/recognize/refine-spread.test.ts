import { expect, it } from "vitest";
import { DLIB_SPREAD } from "../../src/recognize/fit.ts";
import { refineSpread } from "../../src/recognize/refine-spread.ts";

const people = (count: number, faces: number, variance: number) =>
  Array.from({ length: count }, () => ({ model: "dlib", faces, variance }));

it("stays as it was measured elsewhere until five people have eight faces each", () => {
  expect(refineSpread(DLIB_SPREAD, [])).toBe(DLIB_SPREAD);
  expect(refineSpread(DLIB_SPREAD, people(4, 100, 0.08))).toBe(DLIB_SPREAD);
  expect(refineSpread(DLIB_SPREAD, people(100, 7, 0.08))).toBe(DLIB_SPREAD);
});

it("comes the nearer to what the house's own people show, the more of their faces there are", () => {
  const few = refineSpread(DLIB_SPREAD, people(5, 8, 0.09)).within;
  const many = refineSpread(DLIB_SPREAD, people(20, 100, 0.09)).within;
  expect(few).toBeLessThan(DLIB_SPREAD.within);
  expect(many).toBeLessThan(few);
  expect(many).toBeGreaterThan(0.09);
  expect(refineSpread(DLIB_SPREAD, people(20, 100, 0.09))).toMatchObject({
    between: DLIB_SPREAD.between,
    shared: DLIB_SPREAD.shared,
  });
});

it("moves by a quarter at most", () => {
  expect(refineSpread(DLIB_SPREAD, people(50, 400, 0.001)).within).toBeCloseTo(DLIB_SPREAD.within * 0.75, 9);
  expect(refineSpread(DLIB_SPREAD, people(50, 400, 1)).within).toBeCloseTo(DLIB_SPREAD.within * 1.25, 9);
});
