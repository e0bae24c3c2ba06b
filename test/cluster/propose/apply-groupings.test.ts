import fc from "fast-check";
import { expect, it } from "vitest";
import { applyGroupings, type RowGrouping } from "../../../src/cluster/propose/apply-groupings.ts";
import { DLIB } from "../../../src/domain/model.ts";

/** Faces on a line. */
const at = [0, 1, 2, 3, 10, 11, 12, 13, 50];
const encodingOf = (row: number) => Float32Array.of(at[row] ?? 0);
const said = (together: boolean, sides: readonly (readonly number[])[]): RowGrouping => ({
  together,
  sides: new Map(sides.flatMap((rows, side) => rows.map((row) => [row, side] as const))),
});
const split = (...sides: number[][]) => said(false, sides);
const merge = (...sides: number[][]) => said(true, sides);
const all = [0, 1, 2, 3, 4, 5, 6, 7];

it("makes two of a group with faces of both sides; the rest go to the nearer side", () => {
  expect(applyGroupings([all, [8]], [split([0, 1], [6])], encodingOf, DLIB)).toEqual([[0, 1, 2, 3], [4, 5, 6, 7], [8]]);
});

it("keeps what was said of a face, however near it lies to the other side", () => {
  expect(applyGroupings([all], [split([0, 1, 7], [4, 5, 6])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3, 7],
    [4, 5, 6],
  ]);
});

it("makes as many of a group as there are sides in it", () => {
  expect(applyGroupings([all], [split([0], [4], [7], [8])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3],
    [4, 5],
    [6, 7],
  ]);
});

it("leaves a group with faces of one side as it is", () => {
  expect(
    applyGroupings(
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
  expect(applyGroupings([all], splits, encodingOf, DLIB)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5, 6, 7],
  ]);
});

it("makes one of groups that are one person, with what came to each since", () => {
  const grown = [[0, 1, 2, 3], [4, 5, 6, 7], [8]];
  // The first was three faces then and has grown; of the second there were three of four.
  expect(applyGroupings(grown, [merge([0, 1, 2], [4, 5, 6])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7],
    [8],
  ]);
});

it("takes a few faces out of a group of others, which stays what it is", () => {
  const groups = [
    [0, 1],
    [2, 3, 4, 5, 6, 7],
  ];
  expect(applyGroupings(groups, [merge([0, 1, 2], [3])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]);
  expect(applyGroupings(groups, [merge([0, 1], [7])], encodingOf, DLIB)).toEqual([
    [0, 1, 7],
    [2, 3, 4, 5, 6],
  ]);
});

it("holds a group together that is said to be one person", () => {
  const groups = [[0, 1, 2], [3], [4, 5, 6, 7, 8]];
  expect(applyGroupings(groups, [merge([0, 1, 2, 3])], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7, 8],
  ]);
});

it("follows what was said last", () => {
  const together = merge([0, 1, 2, 3], [4, 5, 6, 7]);
  const apart = split([0, 1, 2, 3], [4, 5, 6, 7]);
  expect(applyGroupings([all], [together, apart], encodingOf, DLIB)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]);
  expect(applyGroupings([all], [apart, together], encodingOf, DLIB)).toEqual([all]);
});

it("only moves faces: none is lost or doubled, what was said last holds, and without words the groups stay as they are", () => {
  const rows = fc.uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 8 });
  const word = fc.tuple(fc.boolean(), rows, fc.integer({ min: 1, max: 7 }));
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { minLength: 25, maxLength: 25 }),
      fc.array(word, { maxLength: 5 }),
      (labels, words) => {
        const groups = [...new Set(labels)].map((label) => labels.flatMap((one, row) => (one === label ? [row] : [])));
        const groupings = words.map(([together, faces, at]) => {
          const sides = [faces.slice(0, at), faces.slice(at)].filter((side) => side.length > 0);
          return said(together, sides);
        });
        const parts = applyGroupings(groups, groupings, (row) => Float32Array.of(row * 1.7, row % 3), DLIB);
        expect(parts.flat().sort((a, b) => a - b)).toEqual(labels.map((_, row) => row));
        expect(parts.every((part) => part.length > 0)).toBe(true);
        if (words.length === 0) expect(parts).toEqual(groups);
        const last = groupings.at(-1);
        if (!last) return;
        const partOf = (row: number) => parts.findIndex((part) => part.includes(row));
        const of = [...last.sides];
        for (const [a, sideA] of of) {
          for (const [b, sideB] of of) {
            if (last.together) expect(partOf(a)).toBe(partOf(b));
            else if (sideA !== sideB) expect(partOf(a)).not.toBe(partOf(b));
          }
        }
      },
    ),
  );
});
