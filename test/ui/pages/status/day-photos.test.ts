// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { isInGap } from "../../../../ui/src/pages/status/day-photos.ts";

const at = (time: string) => Date.parse(`2026-02-18T${time}:00Z`);
const gap = (from: string, to: string | null) => ({
  from: new Date(at(from)).toISOString(),
  to: to === null ? null : new Date(at(to)).toISOString(),
});

it("an hour is in a gap when nothing was received in any part of it", () => {
  const gaps = [gap("10:32", "11:05")];
  const hours = ["09:00", "10:00", "11:00", "12:00"].map((hour) => isInGap(gaps, at(hour), at("15:00")));
  expect(hours).toEqual([false, true, true, false]);
});

it("a gap that goes on reaches until now", () => {
  const gaps = [gap("13:10", null)];
  const hours = ["12:00", "13:00", "14:00", "15:00"].map((hour) => isInGap(gaps, at(hour), at("14:30")));
  expect(hours).toEqual([false, true, true, false]);
  expect(isInGap([], at("13:00"), at("14:30"))).toBe(false);
});
