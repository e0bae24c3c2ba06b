import { expect, it } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { measureTightness } from "../../../src/domain/vectors/tightness.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

const centre = makeEncoding(1);
const measure = (encodings: readonly Float32Array[]) => measureTightness(encodings, meanEncoding(encodings));

it("is the same for few and for many faces that vary as much", () => {
  const faces = (count: number) => Array.from({ length: count }, (_, i) => makeNear(centre, 0.3, i + 1));
  expect(measure(faces(6)).tightness).toBeCloseTo(0.3, 1);
  expect(measure(faces(600)).tightness).toBeCloseTo(0.3, 1);
});

it("finds the face that fits worst, at its distance to the mean of the others", () => {
  const faces = [0.1, 0.2, 0.5, 0.15].map((away, i) => makeNear(centre, away, i + 1));
  const { worst } = measure(faces);
  expect(worst?.index).toBe(2);
  const others = meanEncoding(faces.filter((_, i) => i !== 2));
  const apart = Math.hypot(...others.map((value, k) => value - (faces[2]?.[k] ?? 0)));
  expect(worst?.distance).toBeCloseTo(apart, 5);
});

it("does not exist for one face, and is 0 for faces that are the same", () => {
  expect(measure([centre])).toEqual({ tightness: null, worst: null });
  expect(measure([centre, centre])).toEqual({ tightness: 0, worst: { index: 0, distance: 0 } });
});
