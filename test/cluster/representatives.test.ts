import { expect, it } from "vitest";
import { pickRepresentatives } from "../../src/cluster/representatives.ts";
import { meanEncoding } from "../../src/domain/vectors/encoding.ts";

const at = (...points: [number, number][]): Float32Array[] => points.map((point) => Float32Array.from(point));

it("shows the face nearest to the mean first, then always the one least like those shown", () => {
  const faces = at([0, 0], [0.1, 0], [4, 0], [0, 3], [-1, -1], [3.9, 0.1], [0, 2.9]);
  expect(pickRepresentatives(faces, Float32Array.of(0.08, 0))).toEqual([1, 2, 3, 4, 5]);
});

it("shows all of a small cluster, and none of an empty one", () => {
  const two = at([1, 0], [0, 1]);
  expect(pickRepresentatives(two, meanEncoding(two))).toEqual([0, 1]);
  expect(pickRepresentatives([], Float32Array.of(0))).toEqual([]);
});

it("shows five different faces even of one that were all taken alike", () => {
  const faces = at(...Array.from({ length: 9 }, (): [number, number] => [1, 1]));
  expect(pickRepresentatives(faces, Float32Array.of(1, 1))).toEqual([0, 1, 2, 3, 4]);
});
