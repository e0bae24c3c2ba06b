import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../bench/quality/interval.mjs";

describe("the Wilson interval", () => {
  it("is that of the literature", () => {
    // Newcombe 1998, table I, method 3.
    const cases = [
      { part: 81, whole: 263, low: 0.2553, high: 0.3662 },
      { part: 15, whole: 148, low: 0.0624, high: 0.1605 },
      { part: 0, whole: 20, low: 0, high: 0.1611 },
      { part: 1, whole: 29, low: 0.0061, high: 0.1718 },
    ];
    for (const { part, whole, low, high } of cases) {
      const interval = wilsonInterval(part, whole);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });

  it("is the same from the other side", () => {
    const { low, high } = wilsonInterval(1, 29);
    const other = wilsonInterval(28, 29);
    expect(other.low).toBeCloseTo(1 - high, 12);
    expect(other.high).toBeCloseTo(1 - low, 12);
  });

  it("reaches 1 where all went one way, and is everything of no trials", () => {
    expect(wilsonInterval(29, 29).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
