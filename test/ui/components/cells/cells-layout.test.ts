import { describe, expect, it } from "vitest";
import { heightOf, inSight, layOut, step } from "../../../../ui/src/components/cells/cells-layout.ts";

describe("a dense grid", () => {
  it("has four columns on a phone, and about twenty tiles on its screen", () => {
    for (const width of [358, 328]) expect(layOut(width, false).columns).toBe(4);
    const layout = layOut(358, false);
    const { first, end } = inSight(layout, 6_000, 0, 844 - 230);
    expect(first).toBe(0);
    expect(end).toBeGreaterThanOrEqual(20);
  });

  it("knows its height before anything is loaded, and what of it is in sight", () => {
    const layout = layOut(358, false);
    const height = heightOf(layout, 6_000);
    expect(height).toBeCloseTo(1_500 * layout.step - layout.gap);
    expect(inSight(layout, 6_000, height - 500, height)).toMatchObject({ end: 6_000 });
    expect(inSight(layout, 6_000, height * 3, height * 4)).toMatchObject({ end: 6_000 });
    expect(inSight(layout, 3, -5_000, -4_000)).toEqual({ first: 0, end: 3 });
    expect(heightOf(layout, 0)).toBe(0);
  });

  it("is walked by arrows, also into a last row that is not full", () => {
    expect(step("ArrowRight", 0, 10, 4)).toBe(1);
    expect(step("ArrowLeft", 0, 10, 4)).toBeNull();
    expect(step("ArrowDown", 1, 10, 4)).toBe(5);
    expect(step("ArrowDown", 7, 10, 4)).toBe(9);
    expect(step("ArrowDown", 9, 10, 4)).toBeNull();
    expect(step("ArrowUp", 5, 10, 4)).toBe(1);
    expect(step("ArrowUp", 2, 10, 4)).toBeNull();
    expect(step("End", 2, 10, 4)).toBe(9);
    expect(step("Home", 2, 10, 4)).toBe(0);
    expect(step("x", 2, 10, 4)).toBeNull();
  });
});
