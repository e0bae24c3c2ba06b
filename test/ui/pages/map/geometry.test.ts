import { describe, expect, it } from "vitest";
import {
  ARROWS,
  isWithin,
  moved,
  nearestTowards,
  showing,
  toBoard,
  toMap,
  WHOLE,
  zoomed,
} from "../../../../ui/src/pages/map/geometry.ts";

describe("the part of the map that is seen", () => {
  it("is the whole at first, and a position of the board is a point of the map", () => {
    expect(toBoard({ x: 0.2, y: 0.9 }, WHOLE)).toEqual({ x: 0.2, y: 0.9 });
    const view = zoomed(WHOLE, 4, { x: 0.9, y: 0.1 });
    const there = toMap(toBoard({ x: 0.3, y: 0.4 }, view), view);
    expect(there.x).toBeCloseTo(0.3);
    expect(there.y).toBeCloseTo(0.4);
  });

  it("grows around a point that stays where it is, and never becomes smaller than the whole", () => {
    const around = { x: 0.25, y: 0.75 };
    const view = zoomed(WHOLE, 2, around);
    expect(toBoard(around, view)).toEqual(around);
    expect(zoomed(view, 0.01)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 1_000).zoom).toBe(16);
  });

  it("moves with the finger, but not beyond the map's edge", () => {
    const view = zoomed(WHOLE, 4);
    expect(moved(view, { x: 0.4, y: 0 })).toEqual({ x: 0.4, y: 0.5, zoom: 4 });
    expect(moved(view, { x: 9, y: -9 })).toEqual({ x: 0.125, y: 0.875, zoom: 4 });
    expect(moved(WHOLE, { x: 0.3, y: 0.3 })).toEqual(WHOLE);
  });

  it("moves to a point only where that is not seen", () => {
    const view = zoomed(WHOLE, 4);
    expect(showing(view, { x: 0.55, y: 0.45 })).toBe(view);
    expect(showing(view, { x: 0.8, y: 0.3 })).toEqual({ x: 0.8, y: 0.3, zoom: 4 });
  });
});

it("a point is within a line that is drawn around it, also where that turns in", () => {
  const horseshoe = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0.6, y: 1 },
    { x: 0.6, y: 0.4 },
    { x: 0.4, y: 0.4 },
    { x: 0.4, y: 1 },
    { x: 0, y: 1 },
  ];
  expect(isWithin({ x: 0.2, y: 0.8 }, horseshoe)).toBe(true);
  expect(isWithin({ x: 0.8, y: 0.8 }, horseshoe)).toBe(true);
  expect(isWithin({ x: 0.5, y: 0.2 }, horseshoe)).toBe(true);
  expect(isWithin({ x: 0.5, y: 0.8 }, horseshoe)).toBe(false);
  expect(isWithin({ x: 1.2, y: 0.5 }, horseshoe)).toBe(false);
  expect(isWithin({ x: 0.5, y: 0.5 }, [])).toBe(false);
});

it("an arrow key leads to the nearest in its direction", () => {
  const from = { x: 0.5, y: 0.5 };
  const all = [from, { x: 0.6, y: 0.75 }, { x: 0.8, y: 0.52 }, { x: 0.3, y: 0.5 }, { x: 0.5, y: 0.1 }];
  const to = (key: string) => nearestTowards(from, all, ARROWS[key] ?? from);
  expect(to("ArrowRight")).toBe(all[2]);
  expect(to("ArrowLeft")).toBe(all[3]);
  expect(to("ArrowUp")).toBe(all[4]);
  expect(to("ArrowDown")).toBe(all[1]);
  expect(nearestTowards(all[4] ?? from, all, ARROWS.ArrowUp ?? from)).toBeUndefined();
});
