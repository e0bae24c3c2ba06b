/**
 * What is kept in the database about the file, as one text. Two stores cannot commit together, so what is about to be
 * written is noted before, and what was written after: whichever instant a crash takes, the file at the next start is
 * recognized as ours unless somebody else wrote it.
 */
export interface Remembered {
  /** The last text known to stand in the file; null: there never was one. */
  readonly written: string | null;
  /** A text whose writing was begun and perhaps not ended. */
  readonly pending: string | null;
}

/** The text for the database. */
export function printRemembered(remembered: Remembered): string {
  return JSON.stringify(remembered);
}

/** Reads it again; what is not such a text counts as nothing, since then nothing in the file can be told to be ours. */
export function readRemembered(text: string | null): Remembered {
  const nothing: Remembered = { written: null, pending: null };
  if (text === null) return nothing;
  try {
    const { written, pending }: Record<string, unknown> = { ...nothing, ...JSON.parse(text) };
    return {
      written: typeof written === "string" ? written : null,
      pending: typeof pending === "string" ? pending : null,
    };
  } catch {
    return nothing;
  }
}
