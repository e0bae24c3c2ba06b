import { expect, it } from "vitest";
import { findDistinct } from "../../../src/cluster/linkage/duplicates.ts";
import { onLine } from "../inputs.ts";

it("takes equal encodings together under their lowest face", () => {
  const { faces, pointOf } = findDistinct(onLine(0.5, 0.25, 0.5, -0, 0, 0.25), undefined);
  expect(faces).toEqual(Int32Array.of(0, 1, 3));
  expect(pointOf).toEqual(Int32Array.of(0, 1, 0, 2, 2, 1));
});

it("leaves equal encodings that have a frame apart, and those that have none together", () => {
  const { pointOf } = findDistinct(onLine(1, 1, 1, 2, 2, 2), Int32Array.of(4, 5, 4, 4, -1, -1));
  expect(pointOf).toEqual(Int32Array.of(0, 1, 2, 3, 4, 4));
});

it("finds nothing among no faces", () => {
  expect(findDistinct(onLine(), undefined).faces).toHaveLength(0);
});
