import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DLIB, SFACE } from "../../../src/domain/model.ts";
import { distance, meanEncoding, toLength, varianceOf } from "../../../src/domain/vectors/encoding.ts";
import {
  lengthOf,
  meanOf,
  meanOfLook,
  toMean,
  withEncoding,
  withoutEncodings,
} from "../../../src/domain/vectors/mean.ts";
import { openVisit, withFace } from "../../../src/recognize/open-visit.ts";
import { makeEncoding } from "../../make/encoding.ts";
import { makeVisitingFace } from "../../make/visiting-face.ts";

const LENGTH = 0.591;
/** Encodings of equal length, so different that their plain mean is far shorter. */
const unit = fc
  .uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 8 })
  .map((seeds) => seeds.map((seed) => toLength(makeEncoding(seed), LENGTH)));

describe("what stands for encodings", () => {
  it("is as long as they are, points where their plain mean does, and does not depend on their order", () => {
    fc.assert(
      fc.property(unit, (encodings) => {
        const mean = meanOf(encodings, SFACE);
        expect(lengthOf(mean)).toBeCloseTo(LENGTH, 6);
        expect(distance(mean, toLength(meanEncoding(encodings), LENGTH))).toBeLessThan(1e-6);
        expect(distance(mean, meanOf(encodings.toReversed(), SFACE))).toBeLessThan(1e-6);
      }),
    );
  });

  it("is the plain mean of dlib's, to the last digit", () => {
    fc.assert(
      fc.property(unit, (encodings) => {
        expect(meanOf(encodings, DLIB)).toEqual(meanEncoding(encodings));
        expect(toMean(encodings, DLIB).plainLength).toBeNull();
      }),
    );
  });

  it("has a length even where opposites leave no direction: that of their plain mean", () => {
    const one = toLength(makeEncoding(1), LENGTH);
    expect(meanOf([one, one.map((value) => -value)], SFACE)).toEqual(new Float32Array(128));
  });

  it.each([DLIB, SFACE])("takes further encodings, and gives them back: %s", (model) => {
    fc.assert(
      fc.property(unit, unit, (some, more) => {
        const both = toMean([...some, ...more], model);
        const added = more.reduce((mean, one) => withEncoding(mean, one, model), toMean(some, model));
        expect(added.count).toBe(both.count);
        expect(distance(added.mean, both.mean)).toBeLessThan(1e-5);
        const left = withoutEncodings(both, more, model);
        expect(distance(left?.mean ?? both.mean.map(() => 1), meanOf(some, model))).toBeLessThan(1e-4);
        expect(withoutEncodings(both, [...some, ...more], model)).toBeNull();
      }),
    );
  });

  it("can be changed in an enrolled encoding, too, whose variance says how long the plain mean was", () => {
    fc.assert(
      fc.property(unit, (encodings) => {
        const { mean, plainLength, count } = toMean(encodings, SFACE);
        const look = { encoding: mean, count, variance: varianceOf(encodings), model: SFACE };
        expect(meanOfLook(look).plainLength).toBeCloseTo(plainLength ?? 0, 5);
      }),
    );
  });

  it.each([DLIB, SFACE])("is what a visit keeps as its faces come, with their variance: %s", (model) => {
    fc.assert(
      fc.property(unit, (encodings) => {
        const [first, ...others] = encodings.map((encoding) => makeVisitingFace({ encoding, model }));
        if (!first) return;
        const visit = others.reduce(withFace, openVisit("v_1", first));
        expect(distance(visit.mean, meanOf(encodings, model))).toBeLessThan(1e-6);
        expect(visit.variance).toBeCloseTo(varianceOf(encodings), 5);
      }),
    );
  });
});
