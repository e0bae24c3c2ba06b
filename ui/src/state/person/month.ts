/** A day as `YYYY-MM-DD`, and how many photos there are of it. */
export interface DayCount {
  readonly day: string;
  readonly photos: number;
}

/** How many photos, compared with the day that has most: none, up to a third, two thirds, less, the most. */
export type Heat = 0 | 1 | 2 | 3 | 4;

/** A month as a calendar draws it: weeks begin on Monday. */
export interface Month {
  /** Empty cells before the first day. */
  readonly blanks: number;
  readonly days: readonly (DayCount & { readonly date: number; readonly heat: Heat })[];
}

/** The local midnight of `YYYY-MM-DD`, or of the first day of `YYYY-MM`. */
export function toDate(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** `YYYY-MM`, so many months later. */
export function monthAfter(month: string, by: number): string {
  const first = toDate(month);
  first.setMonth(first.getMonth() + by);
  return `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, "0")}`;
}

/** A month's days with their heat; `most` is the busiest day of all months. */
export function toMonth(month: string, photos: ReadonlyMap<string, number>, most: number): Month {
  const first = toDate(month);
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  return {
    blanks: (first.getDay() + 6) % 7,
    days: Array.from({ length }, (_, at) => {
      const day = `${month}-${String(at + 1).padStart(2, "0")}`;
      const count = photos.get(day) ?? 0;
      return { day, date: at + 1, photos: count, heat: toHeat(count, most) };
    }),
  };
}

function toHeat(photos: number, most: number): Heat {
  if (photos === 0) return 0;
  // Where every day has one photo, none stands out.
  if (most === 1) return 2;
  if (photos === most) return 4;
  return photos <= most / 3 ? 1 : photos <= (most * 2) / 3 ? 2 : 3;
}

/** The day that was asked for, else the last one before it that has photos, else the first after it. `days`: newest first. */
export function nearestDay(days: readonly string[], wanted: string): string | undefined {
  return days.find((day) => day <= wanted) ?? days.at(-1);
}

/** The hour with most photos, null where there are none. */
export function busiestHour(hours: readonly number[]): number | null {
  const most = Math.max(0, ...hours);
  return most === 0 ? null : hours.indexOf(most);
}
