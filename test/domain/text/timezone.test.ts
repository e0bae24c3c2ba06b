import { expect, it } from "vitest";
import { openTimezone } from "../../../src/domain/text/timezone.ts";

it.each([
  ["UTC", "2026-02-18T00:10:00Z", "2026-02-18", 0],
  ["Europe/Warsaw", "2026-02-17T23:00:00Z", "2026-02-18", 0],
  ["Europe/Warsaw", "2026-07-01T21:59:59Z", "2026-07-01", 23],
  ["America/New_York", "2026-02-18T04:59:00Z", "2026-02-17", 23],
  ["Asia/Kathmandu", "2026-02-17T18:15:00Z", "2026-02-18", 0],
])("in %s, %s is %s, hour %i", (timezone, time, day, hour) => {
  expect(openTimezone(timezone)(new Date(time))).toEqual({ day, hour });
});

it.each(["Europe/Atlantis", "", "x".repeat(300)])("refuses %j", (timezone) => {
  expect(() => openTimezone(timezone)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});
