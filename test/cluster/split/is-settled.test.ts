import { expect, it } from "vitest";
import { isSettled } from "../../../src/cluster/split/is-settled.ts";

const said = (together: boolean, ...faces: number[]) => ({ together, sides: new Map(faces.map((face) => [face, 0])) });
const split = [
  [1, 2, 3, 4],
  [5, 6, 7],
] as const;

it("a split is settled where most faces of both sides are said to be one person", () => {
  expect(isSettled(split, [said(true, 1, 2, 3, 5, 6)])).toBe(true);
  expect(isSettled(split, [said(true, 9), said(true, 1, 2, 3, 4, 5, 6, 7)])).toBe(true);
});

it("it is not where one side is of faces that came since, or the two are said to be different", () => {
  expect(isSettled(split, [])).toBe(false);
  expect(isSettled(split, [said(true, 1, 2, 3, 4)])).toBe(false);
  expect(isSettled(split, [said(true, 1, 2, 5, 6, 7)])).toBe(false);
  expect(isSettled(split, [said(true, 1, 2, 3, 4), said(true, 5, 6, 7)])).toBe(false);
  expect(isSettled(split, [said(false, 1, 2, 3, 4, 5, 6, 7)])).toBe(false);
});
