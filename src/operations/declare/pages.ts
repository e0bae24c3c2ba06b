import { FacesError } from "../../domain/errors.ts";
import type { Page, PageOf } from "../../domain/page.ts";

/** The page that an input asks for. */
export function toPage({
  limit = 100,
  cursor = null,
}: {
  limit?: number | undefined;
  cursor?: string | null | undefined;
}): Page {
  return { limit, cursor };
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
