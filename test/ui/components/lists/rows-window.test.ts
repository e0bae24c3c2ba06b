import { describe, expect, it } from "vitest";
import { columnsFor, toOffsets, visibleRows } from "../../../../ui/src/components/lists/rows-window.ts";

describe("which rows of a long list are drawn", () => {
  const offsets = toOffsets(
    Array.from({ length: 5_000 }, () => 90),
    10,
  );

  it("knows where rows begin, with gaps between them but not after the last", () => {
    expect([...toOffsets([50, 20, 30], 10)]).toEqual([0, 60, 90, 120]);
  });

  it("draws only the rows that touch the screen", () => {
    expect(visibleRows(offsets, 0, 800)).toEqual({ first: 0, end: 9 });
    expect(visibleRows(offsets, 250_000, 250_800)).toEqual({ first: 2_500, end: 2_509 });
  });

  it("keeps one row when the list is off the screen, above or below", () => {
    expect(visibleRows(offsets, -3_000, -1_000)).toEqual({ first: 0, end: 1 });
    expect(visibleRows(offsets, 900_000, 901_000)).toEqual({ first: 4_999, end: 5_000 });
  });

  it("draws nothing of an empty list", () => {
    expect(visibleRows(toOffsets([], 10), 0, 800)).toEqual({ first: 0, end: 0 });
  });

  it("fits as many columns as there is room for, and always one", () => {
    expect(columnsFor(1116, 330, 16)).toBe(3);
    expect(columnsFor(300, 330, 16)).toBe(1);
    expect(columnsFor(1116, 0, 16)).toBe(1);
  });
});
