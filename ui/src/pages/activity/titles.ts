import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { ActivityState } from "../../state/activity/activity.ts";
import { dayKey } from "../../texts/when.ts";

/** How many visits the day has: today, unless another one is asked for. */
export interface DayCounts {
  readonly all: number;
  readonly known: number;
  readonly strangers: number;
  readonly unclear: number;
  /** The day may have more than are loaded. */
  readonly more: boolean;
}

/** Counts the loaded visits of a day (`YYYY-MM-DD`, local). */
export function countDay({ visits, complete }: Pick<ActivityState, "visits" | "complete">, day: string): DayCounts {
  const ofDay = visits.filter((visit) => dayKey(new Date(visit.to)) === day);
  const count = (is: (visit: VisitJson) => boolean) => ofDay.filter(is).length;
  const known = count(({ person }) => person !== null);
  const unclear = count(({ person, state }) => person === null && state === "ambiguous");
  return {
    all: ofDay.length,
    known,
    unclear,
    strangers: ofDay.length - known - unclear,
    // If even the oldest loaded is of this day, there may be more.
    more: !complete && visits.length > 0 && ofDay.length === visits.length,
  };
}

/** The page's title: how many visits there were. */
export function titleOf(app: App, state: ActivityState, counts: DayCounts, day: string | undefined): string {
  const words = app.t.activity;
  if (state.phase !== "ready") return words.title;
  const { all: n, more } = counts;
  if (day === undefined) return more ? words.todayMore({ n }) : words.today({ n });
  const named = app.t.when.day(new Date(`${day}T12:00:00`), app.now.get());
  return more ? words.onDayMore({ n, day: named }) : words.onDay({ n, day: named });
}
