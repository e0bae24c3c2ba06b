const FORM =
  /^(?<date>\d{4}-\d{2}-(?<day>\d{2}))[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?(?:Z|(?<zone>[+-]\d{2})(?::?(?<zoneMinute>\d{2}))?)$/i;

/**
 * Reads an ISO 8601 time with a zone: `2026-02-18T10:00:00.123Z`, `2026-02-18 11:00:00+01`. Null for anything else: a time
 * without a zone is ambiguous, and a day that does not exist must not become another one.
 */
export function toInstant(text: string): Date | null {
  const parts = FORM.exec(text)?.groups;
  if (!parts) return null;
  const { date, day, hour, minute, second = "00", fraction = "0", zone, zoneMinute = "00" } = parts;
  const seconds = `${second}.${fraction.slice(0, 3)}`;
  const time = new Date(`${date}T${hour}:${minute}:${seconds}${zone === undefined ? "Z" : `${zone}:${zoneMinute}`}`);
  // JavaScript takes the 30th of February for the 2nd of March.
  const isInCalendar = new Date(`${date}T00:00:00Z`).getUTCDate() === Number(day);
  return Number.isNaN(time.getTime()) || !isInCalendar ? null : time;
}
