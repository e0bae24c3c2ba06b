import { FacesError } from "../domain/errors.ts";
import type { Page, PageOf } from "../store/port/page.ts";
import type { PageRequest } from "./port.ts";

const USUAL = 100;
const MOST = 1_000;

/** @throws `INVALID_INPUT` for a limit outside 1 to 1000. */
export function toPage({ limit = USUAL, cursor }: PageRequest): Page {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new FacesError("INVALID_INPUT", `"limit" must be a whole number from 1 to ${MOST}, not ${limit}`);
  }
  return { limit, cursor: cursor ?? null };
}

/** A page of a list that is already there. @throws `INVALID_INPUT` for a cursor that no page answered. */
export function cutPage<T>(list: readonly T[], { limit, cursor }: Page): PageOf<T> {
  if (cursor !== null && !/^[1-9]\d{0,9}$/.test(cursor)) {
    throw new FacesError("INVALID_INPUT", "cursor is not one that an earlier page answered");
  }
  const start = Number(cursor);
  const end = start + limit;
  return { items: list.slice(start, end), nextCursor: end < list.length ? String(end) : null };
}
