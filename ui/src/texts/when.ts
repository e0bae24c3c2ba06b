/** Time words that the browser's Intl does not provide. */
export interface WhenWords {
  readonly locale: string;
  readonly now: string;
  readonly today: string;
  readonly yesterday: string;
  readonly tomorrow: string;
  minutesAgo(minutes: number): string;
  /** "today at 03:00" */
  at(day: string, time: string): string;
  /** "Today, Wednesday 18 February" */
  named(day: string, full: string): string;
}

/** Times in words: days by name within a week, then dates. Local time of the browser. */
export interface When {
  /** "19:38" */
  time(date: Date): string;
  /** "today", "yesterday", "tomorrow", "Sunday", "3 February", "3 February 2025" */
  day(date: Date, now: Date): string;
  /** "Today, Wednesday 18 February", for headings */
  dayTitle(date: Date, now: Date): string;
  /** "now", "4 min ago", "18:20", "yesterday", … */
  ago(date: Date, now: Date): string;
  /** "17:42", "Tue", "3 Jan": where there is little room */
  brief(date: Date, now: Date): string;
  /** "today at 03:00" */
  dayAndTime(date: Date, now: Date): string;
  /** "19:38:05" */
  exactTime(date: Date): string;
  /** "Wed 18 Feb, 17:42:08" */
  exact(date: Date): string;
  /** "3 Jan" */
  short(date: Date, now: Date): string;
}

const DAY_MS = 86_400_000;

/** Days between two local calendar days; rounded, as daylight saving time makes days of 23 or 25 hours. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

/** `YYYY-MM-DD` of the local day, as a key for grouping. */
export function dayKey(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

export function createWhen(words: WhenWords): When {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(words.locale, options);
    return (date: Date) => formatter.format(date);
  };
  const time = format({ hour: "2-digit", minute: "2-digit" });
  const exactTime = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const weekday = format({ weekday: "long" });
  const shortWeekday = format({ weekday: "short" });
  const dayMonth = format({ day: "numeric", month: "long" });
  const dayMonthYear = format({ day: "numeric", month: "long", year: "numeric" });
  const full = format({ weekday: "long", day: "numeric", month: "long" });
  const shortDay = format({ day: "numeric", month: "short" });
  const shortYear = format({ month: "short", year: "numeric" });
  const exact = format({
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });

  function day(date: Date, now: Date): string {
    const days = daysBetween(date, now);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    if (days === -1) return words.tomorrow;
    if (Math.abs(days) < 7) return weekday(date);
    return date.getFullYear() === now.getFullYear() ? dayMonth(date) : dayMonthYear(date);
  }

  const short = (date: Date, now: Date): string =>
    date.getFullYear() === now.getFullYear() ? shortDay(date) : shortYear(date);

  return {
    time,
    day,
    short,
    brief(date, now) {
      const days = daysBetween(date, now);
      if (days === 0) return time(date);
      return Math.abs(days) < 7 ? shortWeekday(date) : short(date, now);
    },
    dayTitle(date, now) {
      const days = daysBetween(date, now);
      const title = date.getFullYear() === now.getFullYear() ? full(date) : dayMonthYear(date);
      if (days === 0) return words.named(capital(words.today), title);
      if (days === 1) return words.named(capital(words.yesterday), title);
      return capital(title);
    },
    ago(date, now) {
      const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
      if (minutes < 1) return words.now;
      if (minutes < 60) return words.minutesAgo(minutes);
      return daysBetween(date, now) === 0 ? time(date) : day(date, now);
    },
    dayAndTime: (date, now) => words.at(day(date, now), time(date)),
    exactTime,
    exact,
  };
}
