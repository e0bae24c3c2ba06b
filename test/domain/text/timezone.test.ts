import { expect, it } from "vitest";
import { openTimezone } from "../../../src/domain/text/timezone.ts";

it.each([
  ["UTC", "2026-02-18T00:10:00Z", "2026-02-18", 0],
  ["Europe/Warsaw", "2026-02-17T23:00:00Z", "2026-02-18", 0],
  ["Europe/Warsaw", "2026-07-01T21:59:59Z", "2026-07-01", 23],
  ["America/New_York", "2026-02-18T04:59:00Z", "2026-02-17", 23],
  ["Asia/Kathmandu", "2026-02-17T18:15:00Z", "2026-02-18", 0],
  // The clocks are changed on this day, at one in UTC.
  ["Europe/Warsaw", "2026-03-29T00:59:59Z", "2026-03-29", 1],
  ["Europe/Warsaw", "2026-03-29T01:00:00Z", "2026-03-29", 3],
  ["Europe/Warsaw", "2026-03-29T22:00:00Z", "2026-03-30", 0],
  ["Europe/Warsaw", "2026-10-25T00:59:59.999Z", "2026-10-25", 2],
  ["Europe/Warsaw", "2026-10-25T01:00:00Z", "2026-10-25", 2],
  ["Australia/Lord_Howe", "2026-04-04T14:59:00Z", "2026-04-05", 1],
  // A day that was left out.
  ["Pacific/Apia", "2011-12-30T09:59:00Z", "2011-12-29", 23],
  ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", 0],
])("in %s, %s is %s, hour %i", (timezone, time, day, hour) => {
  expect(openTimezone(timezone)(new Date(time))).toEqual({ day, hour });
});

it.each(["Europe/Atlantis", "", "x".repeat(300)])("refuses %j", (timezone) => {
  expect(() => openTimezone(timezone)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});
