import { describe, expect, it } from "vitest";
import { distance } from "../../../src/domain/vectors/encoding.ts";
import { meanOf } from "../../../src/domain/vectors/mean.ts";
import { DLIB_SPREAD, fittingThreshold, priorOf, type Spread } from "../../../src/recognize/fit.ts";
import { buildFit } from "../../../src/recognize/outliers/fit-in-group.ts";
import { makeEncoding, makeNear, makeSface } from "../../make/encoding.ts";

const anna = makeEncoding(1);
const fitInGroup = (faces: readonly Float32Array[], ...more: [string, Spread]) => faces.map(buildFit(faces, ...more));
/** Photos of different days: each 0.3 from Anna, in a direction of its own. */
const days = Array.from({ length: 12 }, (_, i) => makeNear(anna, 0.3, i + 1));

describe("how the faces of a group fit", () => {
  it("is the distance of each to the mean of the others", () => {
    const fits = fitInGroup(days, "dlib", DLIB_SPREAD);
    for (const [i, { distance: away }] of fits.entries()) {
      const others = days.filter((_, j) => j !== i);
      expect(away).toBeCloseTo(distance(days[i] as Float32Array, meanOf(others, "dlib")), 5);
    }
    expect(fits.some((one) => one.different)).toBe(false);
  });

  it("marks a face that would not count as whom the others show", () => {
    const odd = makeNear(anna, 0.56, 99);
    const fits = fitInGroup([...days, odd], "dlib", DLIB_SPREAD);
    expect(fits.map((one) => one.different)).toEqual([...days.map(() => false), true]);
    expect(fits[12]?.distance).toBeGreaterThan(fittingThreshold(0.6, 1, 12, DLIB_SPREAD));
  });

  it("of another model is measured to a mean that is as long as its encodings", () => {
    const faces = [1, 2, 3].map((seed) => makeSface(seed));
    const [first] = fitInGroup(faces, "sface", priorOf("sface"));
    expect(first?.distance).toBeCloseTo(distance(faces[0] as Float32Array, meanOf(faces.slice(1), "sface")), 4);
  });

  it("of one face is nothing, and of two the distance of both", () => {
    expect(fitInGroup([], "dlib", DLIB_SPREAD)).toEqual([]);
    expect(fitInGroup([anna], "dlib", DLIB_SPREAD)).toEqual([{ distance: null, different: false }]);
    const [a, b] = fitInGroup([anna, makeNear(anna, 0.2, 3)], "dlib", DLIB_SPREAD);
    expect(a?.distance).toBeCloseTo(0.2, 5);
    expect(b?.distance).toBeCloseTo(0.2, 5);
  });
});
