import { expect, it } from "vitest";
import { distance, distanceUnder } from "../../../src/domain/vectors/encoding.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

it("a distance under a limit is exact to the last bit, and one above it is never under it", () => {
  for (let seed = 0; seed < 500; seed++) {
    const one = makeEncoding(seed);
    const other = seed % 2 === 0 ? makeEncoding(seed + 1_000) : makeNear(one, 0.3 + seed / 1_000, seed);
    const exact = distance(one, other);
    for (const most of [exact * 0.5, exact, exact * (1 + Number.EPSILON), exact * 1.001, exact * 2]) {
      const answer = distanceUnder(most, one, other);
      if (exact < most) expect(answer).toBe(exact);
      else expect(answer).toBeGreaterThanOrEqual(most);
    }
  }
});

it("a length that is no multiple of four is compared to its end", () => {
  const [one, other] = [makeEncoding(1).slice(0, 37), makeEncoding(2).slice(0, 37)];
  expect(distanceUnder(10, one, other)).toBeCloseTo(distance(one, other), 12);
  one[36] = 100;
  expect(distanceUnder(10, one, other)).toBeGreaterThan(99);
});
