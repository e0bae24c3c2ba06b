import { describe, expect, it } from "vitest";
import { toView, WHOLE, zoomed } from "../../../../ui/src/components/lightbox/stage-view.ts";

describe("a photo's view", () => {
  it("is never smaller than the stage and never leaves it", () => {
    expect(toView({ scale: 0.5, x: 1, y: -1 })).toEqual(WHOLE);
    expect(toView({ scale: 2, x: 3, y: -0.2 })).toEqual({ scale: 2, x: 0.5, y: -0.2 });
    expect(zoomed(WHOLE, 1_000).scale).toBe(8);
  });

  it("keeps what is under the pointer there", () => {
    const at = { x: 0.25, y: -0.1 };
    const { scale, x, y } = zoomed(WHOLE, 2, at);
    // The photo's point that was at the pointer: its distance from the middle, enlarged and moved.
    expect(at.x * scale + x).toBeCloseTo(at.x);
    expect(at.y * scale + y).toBeCloseTo(at.y);
    expect(zoomed({ scale, x, y }, 0.5, at)).toEqual(WHOLE);
  });
});
