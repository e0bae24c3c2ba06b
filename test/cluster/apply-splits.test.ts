import { expect, it } from "vitest";
import { applySplits } from "../../src/cluster/apply-splits.ts";
import { DLIB } from "../../src/domain/model.ts";

/** Faces on a line. */
const at = [0, 1, 2, 3, 10, 11, 12, 13, 50];
const encodingOf = (row: number) => Float32Array.of(at[row] ?? 0);
const split = (first: number[], second: number[]) =>
  new Map([...first.map((row) => [row, 0] as const), ...second.map((row) => [row, 1] as const)]);
const all = [0, 1, 2, 3, 4, 5, 6, 7];

it("makes two of a group with faces of both sides; the rest go to the nearer side", () => {
  expect(applySplits([all, [8]], [split([0, 1], [6])], encodingOf, DLIB)).toEqual([[0, 1, 2, 3], [4, 5, 6, 7], [8]]);
});

it("keeps what was said of a face, however near it lies to the other side", () => {
  expect(applySplits([all], [split([0, 1, 7], [4, 5, 6])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3, 7],
    [4, 5, 6],
  ]);
});

it("leaves a group with faces of one side as it is", () => {
  expect(
    applySplits(
      [
        [0, 1, 2],
        [4, 5],
      ],
      [split([0, 1], [4, 5])],
      encodingOf,
      DLIB,
    ),
  ).toEqual([
    [0, 1, 2],
    [4, 5],
  ]);
});

it("takes several splits one after the other", () => {
  const splits = [split([0, 1, 2, 3], [4, 5, 6, 7]), split([0, 1], [2, 3])];
  expect(applySplits([all], splits, encodingOf, DLIB)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5, 6, 7],
  ]);
});
