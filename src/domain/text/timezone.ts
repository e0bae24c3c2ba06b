import { FacesError } from "../errors.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A day, and an hour of it (0 to 23), by the clocks of a time zone. */
export interface LocalHour {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly hour: number;
}

/**
 * Says what day and hour a time is by the clocks of a time zone (IANA's name, such as `Europe/Warsaw`).
 * @throws `INVALID_INPUT` where it is not known
 */
export function openTimezone(timezone: string): (at: Date) => LocalHour {
  const format = openFormat(timezone);
  /** By when a day of UTC begins: how far ahead the clocks are then. */
  const atMidnight = new Map<number, number>();
  /** By number since 1970. */
  const days = new Map<number, string>();

  function aheadMs(atMs: number): number {
    const parts = Object.fromEntries(format.formatToParts(atMs).map((one) => [one.type, Number(one.value)]));
    const { year = 0, month = 1, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
  }

  function ofMidnight(atMs: number): number {
    const known = atMidnight.get(atMs) ?? aheadMs(atMs);
    atMidnight.set(atMs, known);
    return known;
  }

  return (at) => {
    const atMs = at.getTime();
    const midnight = Math.floor(atMs / DAY_MS) * DAY_MS;
    const ahead = ofMidnight(midnight);
    // Formatting takes long: only on the days on which the clocks are changed.
    const localMs = atMs + (ahead === ofMidnight(midnight + DAY_MS) ? ahead : aheadMs(atMs));
    const number = Math.floor(localMs / DAY_MS);
    const day = days.get(number) ?? new Date(number * DAY_MS).toISOString().slice(0, 10);
    days.set(number, day);
    return { day, hour: Math.floor((localMs - number * DAY_MS) / HOUR_MS) };
  };
}

function openFormat(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const expected = "a time zone of IANA's, such as Europe/Warsaw";
    throw new FacesError("INVALID_INPUT", `"timezone" must be ${expected}, not "${timezone}"`, { cause });
  }
}
