import { FacesError } from "./errors.ts";
import type { Page, PageOf } from "./page.ts";

type Part = string | number;

/**
 * Where a page begins: the sort key of the last item before it, or null for the first page.
 * @param like One value of each type the key is made of.
 * @throws `INVALID_INPUT` for a cursor that is not of an earlier page.
 */
export function readCursor<T extends readonly Part[]>({ cursor }: Page, like: T): T | null {
  if (cursor === null) return null;
  const parts = parse(cursor);
  const fits =
    Array.isArray(parts) &&
    parts.length === like.length &&
    parts.every((part, i) => typeof part === typeof like[i] && (typeof part === "string" || Number.isFinite(part)));
  if (!fits) throw new FacesError("INVALID_INPUT", "cursor is not one that an earlier page answered");
  return parts as unknown as T;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** @param rows Up to one more than the limit: the extra one shows that there is another page. */
export function toPageOf<R, T>(
  rows: readonly R[],
  limit: number,
  toItem: (row: R) => T,
  toKey: (row: R) => readonly Part[],
): PageOf<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(toKey(last))).toString("base64url") : null;
  return { items: shown.map(toItem), nextCursor };
}
