/** A date that a column has as ISO text, or null. */
export function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
