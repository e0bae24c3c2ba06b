import { describe, expect, it } from "vitest";
import { DLIB_SPREAD } from "../../../src/recognize/fit.ts";
import { oddOne } from "../../../src/recognize/outliers/odd-one.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

const anna = makeEncoding(1);
const near = (seed: number) => ({ mean: makeNear(anna, 0.2, seed), faces: 3 });
const stranger = { mean: makeEncoding(9_000), faces: 3 };
const odd = (...groups: (typeof stranger)[]) => oddOne(groups, 0.6, DLIB_SPREAD);

describe("of groups that were selected together", () => {
  it("the one that is unlike the others is the odd one", () => {
    expect(odd(near(1), near(2), stranger, near(3))).toBe(2);
    expect(odd(stranger, near(1), near(2))).toBe(0);
  });

  it("none is where all are alike", () => {
    expect(odd(near(1), near(2), near(3))).toBe(-1);
  });

  it("none is where two are unlike, or there are only two: no one can say which", () => {
    expect(odd(near(1), near(2), stranger, { ...stranger, mean: makeEncoding(70_000) })).toBe(-1);
    expect(odd(near(1), stranger)).toBe(-1);
    expect(odd(stranger)).toBe(-1);
    expect(odd()).toBe(-1);
  });
});
