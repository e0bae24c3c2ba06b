import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { type Calendar, lastDays, toCalendar } from "../../state/people/calendar.ts";

const DAYS = 14;
/** Fewer days on a phone, so that the dots are large enough to tap. */
const DAYS_ON_A_PHONE = 7;
const PAGE = 1_000;
/** Further faces would not change the dots. */
const PAGES = 10;

/** Where and when a person was seen lately; null if aborted by `signal`. */
export async function loadCalendar(app: App, personId: string, signal: AbortSignal): Promise<Calendar | null> {
  const days = lastDays(app.now.get(), matchMedia("(min-width: 900px)").matches ? DAYS : DAYS_ON_A_PHONE);
  const from = days[0]?.toISOString();
  const faces: FaceJson[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await app.faces.list({ person: personId, from, limit: PAGE, cursor });
    if (signal.aborted) return null;
    faces.push(...answer.faces);
    if (answer.next_cursor === null) break;
    cursor = answer.next_cursor;
  }
  return toCalendar(faces, days);
}
