import { expect, it } from "vitest";
import { createCooldown } from "../../src/recognize/cooldown.ts";

it("admits one event per key and period, counted from the one that was admitted", () => {
  const cooldown = createCooldown(30);
  expect([0, 10_000, 29_999, 30_000, 59_999, 60_000].map((at) => cooldown.admit("anna/front", at))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(cooldown.admit("anna/garden", 60_001)).toBe(true);
});

it("admits every event when the period is 0", () => {
  const cooldown = createCooldown(0);
  expect([1, 1, 1].map((at) => cooldown.admit("anna", at))).toEqual([true, true, true]);
});
