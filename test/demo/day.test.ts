import { describe, expect, it } from "vitest";
import { DAY, DAY_SECONDS, planDay, REGULARS, type Visit } from "../../src/demo/day.ts";
import { CAMERAS } from "../../src/demo/drawn/scenes.ts";

const dayOf = (seed: string, day: number): Visit[] => planDay({ seed, day: `day-${day}`, most: 3 });
const secondsOf = (minutes: number): number => ((minutes - DAY.begins) / (DAY.ends - DAY.begins)) * DAY_SECONDS;

/** When a person is seen: seconds from the start of the first day. */
function passes(who: string, days: readonly (readonly Visit[])[]): number[] {
  return days.flatMap((day, i) =>
    day.filter((visit) => visit.who.includes(who)).map(({ at }) => i * DAY_SECONDS + secondsOf(at)),
  );
}

describe("a day of the demo's household", () => {
  it.each(["1", "2", "anything"])("shows every regular at least once a minute (seed %s)", (seed) => {
    const days = [1, 2, 3, 4].map((day) => dayOf(seed, day));
    for (const regular of REGULARS) {
      const at = passes(regular, days);
      const waits = at.slice(1).map((time, i) => time - (at[i] as number));
      expect(at[0]).toBeLessThan(60);
      expect(Math.max(...waits), regular).toBeLessThan(58);
    }
  });

  it("has a face at every camera soon, so that the problem of late faces is soon over", () => {
    const soon = dayOf("1", 1).flatMap((visit) =>
      visit.pictures.map((one) => ({ ...one, due: secondsOf(visit.at) + one.after })),
    );
    for (const camera of CAMERAS) {
      expect(Math.min(...soon.filter((one) => one.camera === camera).map((one) => one.due)), camera).toBeLessThan(10);
    }
  });

  it("has strangers, each seen in one visit only, and sometimes several people in one picture", () => {
    const visits = [1, 2, 3].flatMap((day) => dayOf("1", day));
    const regulars: readonly string[] = REGULARS;
    const strangers = visits.flatMap((visit) => visit.who).filter((who) => !regulars.includes(who));
    expect(strangers.length).toBeGreaterThan(10);
    expect(new Set(strangers).size).toBe(strangers.length);
    expect(new Set(visits.map((visit) => visit.who.length))).toEqual(new Set([1, 2, 3]));
  });

  it("is the same for the same words, and no two days are alike", () => {
    expect(dayOf("1", 1)).toEqual(dayOf("1", 1));
    expect(dayOf("1", 1).map(({ at }) => at)).not.toEqual(dayOf("1", 2).map(({ at }) => at));
    const ids = [1, 2].flatMap((day) => dayOf("1", day).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
