import { describe, expect, it } from "vitest";
import { isFiltered, toWanted } from "../../../../ui/src/state/unknown/wanted.ts";

describe("what is asked for", () => {
  it("leaves out those seen only once, unless they are wanted or searched for", () => {
    expect(toWanted({})).toEqual({ state: "waiting", sort: "size", min_size: 2 });
    expect(toWanted({ size: "once" })).toMatchObject({ max_size: 1 });
    expect(toWanted({ size: "many" })).toMatchObject({ min_size: 10 });
    expect(toWanted({ size: "few" })).toMatchObject({ min_size: 2, max_size: 9 });
    expect(toWanted({ q: "garden" })).not.toHaveProperty("min_size");
    expect(toWanted({ again: "yes" })).toEqual({ state: "waiting", sort: "size", came_back: true });
  });

  it("is a whole local day, from midnight to midnight", () => {
    const { from = "", to = "" } = toWanted({ day: "2026-02-18" });
    expect(new Date(from)).toEqual(new Date(2026, 1, 18));
    expect(new Date(to)).toEqual(new Date(2026, 1, 19));
  });

  it("ignores a day that is none", () => {
    expect(toWanted({ day: "tomorrow" })).toEqual({ state: "waiting", sort: "size", min_size: 2 });
  });

  it("is a filter only where it leaves something out", () => {
    expect(isFiltered({ sort: "last_seen" })).toBe(false);
    for (const one of [
      { q: "x" },
      { camera: "x" },
      { day: "2026-02-18" },
      { size: "once" },
      { again: "yes" },
    ] as const) {
      expect(isFiltered(one)).toBe(true);
    }
  });
});
