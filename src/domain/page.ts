/** `limit` 1 to 1000. `cursor` is opaque: `nextCursor` of an earlier page, null for the first; any other is `INVALID_INPUT`. */
export interface Page {
  readonly limit: number;
  readonly cursor: string | null;
}

/** `nextCursor` is null on the last page. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
