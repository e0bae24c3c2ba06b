import { describe, expect, it } from "vitest";
import { projectLikeness } from "../../../src/cluster/map/project-likeness.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

/** Ten points around each of these, one after the other. */
const around = (...seeds: number[]) =>
  seeds.flatMap((seed) => Array.from({ length: 10 }, (_, i) => makeNear(makeEncoding(seed), 0.2, seed + i)));
const project = (points: readonly Float32Array[]) => {
  const layout = projectLikeness({ data: Float32Array.from(points.flatMap((one) => [...one])), count: points.length });
  return points.map((_, i) => [layout[2 * i] as number, layout[2 * i + 1] as number] as const);
};

describe("points that are laid out by likeness", () => {
  it("lie nearest to their like, within the square", () => {
    const laid = project(around(1_000, 5_000, 9_000));
    for (const [i, [x, y]] of laid.entries()) {
      for (const value of [x, y]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      const nearest = laid
        .map(([a, b], j) => ({ j, away: Math.hypot(a - x, b - y) }))
        .filter(({ j }) => j !== i)
        .sort((a, b) => a.away - b.away)[0];
      expect(Math.floor((nearest?.j ?? -1) / 10)).toBe(Math.floor(i / 10));
    }
  });

  it("lie where they did before, as long as they are the same", () => {
    const points = around(1_000, 5_000);
    expect(project(points)).toEqual(project(points));
  });

  it("lie somewhere in the square though all are the same", () => {
    const laid = project(Array.from({ length: 20 }, () => makeEncoding(1)));
    expect(laid.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it.each([0, 1, 2, 3, 4, 5])("are laid out however few they are: %i", (count) => {
    const laid = project(around(1_000).slice(0, count));
    expect(laid).toHaveLength(count);
    expect(laid.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(new Set(laid.map(String)).size).toBe(count);
  });
});
