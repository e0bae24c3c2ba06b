import fc from "fast-check";
import { expect, it } from "vitest";
import { DLIB_SPREAD, fitFactor, fittingThreshold, independentFaces } from "../../src/recognize/fit.ts";

const faces = fc.integer({ min: 1, max: 500 });
const spread = fc.record({
  within: fc.double({ min: 0.01, max: 1, noNaN: true }),
  between: fc.double({ min: 0.01, max: 1, noNaN: true }),
  shared: fc.double({ min: 0, max: 0.9, noNaN: true }),
});

it("leaves the threshold of two single faces as it is, to the last digit", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 2, noNaN: true }), spread, (t, s) => fittingThreshold(t, 1, 1, s) === t),
  );
});

it("is the same whichever side has more faces, and scales with the threshold", () => {
  fc.assert(
    fc.property(faces, faces, spread, (n, m, s) => {
      expect(fitFactor(n, m, s)).toBeCloseTo(fitFactor(m, n, s), 12);
      expect(fittingThreshold(1.2, n, m, s)).toBeCloseTo(2 * fittingThreshold(0.6, n, m, s), 12);
    }),
  );
});

it("never grows with the number of faces on either side, and stays above 0", () => {
  fc.assert(
    fc.property(faces, faces, spread, (n, m, s) => {
      expect(fitFactor(n + 1, m, s)).toBeLessThanOrEqual(fitFactor(n, m, s));
      expect(fitFactor(n, m, s)).toBeGreaterThan(0);
      expect(fitFactor(n, m, s)).toBeLessThanOrEqual(1);
    }),
  );
});

it("is the distance at which one person and two are as likely, by the densities of the model", () => {
  const axes = 64;
  /** Log density of a difference of so many axes with this variance on each. */
  const density = (squared: number, variance: number): number =>
    (-axes / 2) * Math.log(2 * Math.PI * variance) - squared / (2 * variance);
  const within = DLIB_SPREAD.within / axes;
  const between = DLIB_SPREAD.between / axes;
  const neutral = (n: number, m: number): number => {
    const same = within * (1 / n + 1 / m);
    const other = same + 2 * between;
    let [low, high] = [0, 4];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (density(middle ** 2, same) > density(middle ** 2, other)) low = middle;
      else high = middle;
    }
    return low;
  };
  for (const [n, m] of [
    [1, 5],
    [2, 10],
    [3, 20],
    [10, 10],
  ] as const) {
    expect(fitFactor(n, m, { ...DLIB_SPREAD, shared: 0 })).toBeCloseTo(neutral(n, m) / neutral(1, 1), 9);
  }
});

it("gives about what real visits need against the mean of many faces: 0.50 for one face, 0.37 to 0.40 for two, 0.32 for three", () => {
  const against = (n: number): number => Number(fittingThreshold(0.6, n, 25, DLIB_SPREAD).toFixed(2));
  expect([1, 2, 3].map(against)).toEqual([0.48, 0.39, 0.34]);
});

it("counts alike faces for fewer: from 1, when they are all the same, to all of them", () => {
  const { within } = DLIB_SPREAD;
  fc.assert(
    fc.property(faces, fc.double({ min: 0, max: 1, noNaN: true }), (n, variance) => {
      const worth = independentFaces(n, variance, DLIB_SPREAD);
      expect(worth).toBeGreaterThanOrEqual(1);
      expect(worth).toBeLessThanOrEqual(n + 1e-9);
      expect(independentFaces(n, variance + 0.01, DLIB_SPREAD)).toBeGreaterThanOrEqual(worth - 1e-9);
    }),
  );
  expect(independentFaces(30, 0, DLIB_SPREAD)).toBe(1);
  expect(independentFaces(30, within, DLIB_SPREAD)).toBeCloseTo(30, 9);
  expect(independentFaces(30, null, DLIB_SPREAD)).toBe(30);
  // Frames of one visit share three quarters of what a person varies by.
  expect(independentFaces(30, within / 4, DLIB_SPREAD)).toBeLessThan(2);
});
