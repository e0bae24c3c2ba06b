import { describe, expect, it } from "vitest";
import { busiestHour, monthAfter, nearestDay, toMonth } from "../../../../ui/src/state/person/month.ts";

describe("a month of photos", () => {
  it("begins on its weekday, in weeks from Monday on", () => {
    // 1 February 2026 is a Sunday, 1 June 2026 a Monday.
    expect(toMonth("2026-02", new Map(), 0).blanks).toBe(6);
    expect(toMonth("2026-06", new Map(), 0).blanks).toBe(0);
  });

  it("has all its days, in leap years too", () => {
    expect(toMonth("2026-02", new Map(), 0).days).toHaveLength(28);
    expect(toMonth("2028-02", new Map(), 0).days.at(-1)).toMatchObject({ day: "2028-02-29", date: 29, photos: 0 });
  });

  it("is warmer where there are more photos, and hottest on the busiest day of all months", () => {
    const photos = new Map([
      ["2026-02-01", 1],
      ["2026-02-02", 9],
      ["2026-02-03", 19],
      ["2026-02-04", 30],
    ]);
    const heats = (most: number) =>
      toMonth("2026-02", photos, most)
        .days.slice(0, 5)
        .map((day) => day.heat);
    expect(heats(30)).toEqual([1, 1, 2, 4, 0]);
    expect(heats(31)).toEqual([1, 1, 2, 3, 0]);
  });

  it("has no hottest day where every day has one photo", () => {
    expect(toMonth("2026-02", new Map([["2026-02-01", 1]]), 1).days[0]?.heat).toBe(2);
  });

  it("comes after another, over the turn of the year", () => {
    expect([monthAfter("2026-12", 1), monthAfter("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  });
});

describe("a day to go to", () => {
  const days = ["2026-02-18", "2026-02-16", "2026-02-01"];

  it("is the one that was asked for, else the last before it, else the first after it", () => {
    expect(nearestDay(days, "2026-02-16")).toBe("2026-02-16");
    expect(nearestDay(days, "2026-02-17")).toBe("2026-02-16");
    expect(nearestDay(days, "2026-01-17")).toBe("2026-02-01");
  });

  it("is none where there are no photos", () => {
    expect(nearestDay([], "2026-02-16")).toBeUndefined();
  });
});

describe("the hours of the day", () => {
  it("have a busiest one, unless there are no photos", () => {
    expect(busiestHour([0, 2, 7, 1])).toBe(2);
    expect(busiestHour([0, 0])).toBeNull();
  });
});
