import { describe, expect, it } from "vitest";
import { isDark } from "../../../ui/src/state/theme.ts";

describe("the card of Home Assistant's theme", () => {
  it.each([
    ["rgb(255, 255, 255)", false],
    ["rgb(28, 28, 28)", true],
    ["rgba(17, 17, 17, 0.9)", true],
    ["rgb(46, 52, 64)", true],
    ["transparent", undefined],
  ])("%s shows whether the theme is dark", (color, dark) => {
    expect(isDark(color)).toBe(dark);
  });
});
