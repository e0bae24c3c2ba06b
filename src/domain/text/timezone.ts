import { FacesError } from "../errors.ts";

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
  return (at) => {
    const { year, month, day, hour } = Object.fromEntries(format.formatToParts(at).map((one) => [one.type, one.value]));
    return { day: `${year}-${month}-${day}`, hour: Number(hour) };
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
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const expected = "a time zone of IANA's, such as Europe/Warsaw";
    throw new FacesError("INVALID_INPUT", `"timezone" must be ${expected}, not "${timezone}"`, { cause });
  }
}
