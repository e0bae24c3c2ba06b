import { describe, expect, it } from "vitest";
import { toRulerPositions, toVerdict } from "../../../../ui/src/components/ruler/verdict.ts";

describe("what the ruler says", () => {
  it.each([
    [0.45, "clearly", "sure"],
    [0.4501, "probably", "sure"],
    [0.55, "probably", "sure"],
    [0.5501, "barely", "unsure"],
    [0.5999, "barely", "unsure"],
    [0.6, "none", "none"],
    [1.2, "none", "none"],
  ])("at a threshold of 0.60, %d is %s", (distance, kind, tone) => {
    expect(toVerdict(distance, 0.6, null, 0)).toEqual({ kind, tone });
  });

  it("names two where the second is within the margin, and never at a margin of 0", () => {
    expect(toVerdict(0.4, 0.6, 0.42, 0.03).kind).toBe("between");
    expect(toVerdict(0.4, 0.6, 0.43, 0.03).kind).toBe("clearly");
    expect(toVerdict(0.4, 0.6, 0.4, 0).kind).toBe("clearly");
  });

  it("says none rather than two when neither is near enough", () => {
    expect(toVerdict(0.61, 0.6, 0.62, 0.03)).toEqual({ kind: "none", tone: "none" });
  });
});

describe("where things stand on the ruler", () => {
  it("keeps distances beyond 1 on the ruler", () => {
    expect(toRulerPositions(1.3, 1.4)).toMatchObject({ best: 1, next: 1 });
  });

  it("lets pictures step aside before they touch, and draws one ring where dots would", () => {
    expect(toRulerPositions(0.4, 0.6)).toMatchObject({ touch: false, same: false });
    expect(toRulerPositions(0.4, 0.5)).toMatchObject({ touch: true, same: false });
    expect(toRulerPositions(0.4, 0.42)).toMatchObject({ touch: true, same: true });
  });

  it("writes the number on the side that has room", () => {
    expect(toRulerPositions(0.1, null).left).toBe(false);
    expect(toRulerPositions(0.5, null).left).toBe(true);
    expect(toRulerPositions(0.28, 0.46).left).toBe(true);
    expect(toRulerPositions(0.28, 0.7).left).toBe(false);
  });
});
