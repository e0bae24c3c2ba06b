/** Numbers and lists as the language writes them. */
export interface Format {
  /** "1,561" */
  number(n: number): string;
  /** "0.52" */
  distance(n: number): string;
  /** "0.60", "0.525" */
  threshold(n: number): string;
  /** "garden, front door and driveway" */
  list(items: readonly string[]): string;
  /** The first letter as a capital, for a sentence's beginning. */
  capital(text: string): string;
}

export function createFormat(locale: string): Format {
  const figures = new Intl.NumberFormat(locale);
  const twoDigits = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const finely = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    number: (n) => figures.format(n),
    distance: (n) => twoDigits.format(n),
    threshold: (n) => finely.format(n),
    list: (items) => lists.format(items),
    capital: (text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1),
  };
}
