const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const figures = new Intl.NumberFormat("en-GB");
const twoDigits = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "seven", "1,561". */
export const number = (n: number): string => SMALL[n] ?? figures.format(n);

/** At the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "1,561": figures, for comparing. */
export const figure = (n: number): string => figures.format(n);

/** "0.52": a distance. */
export const distance = (n: number): string => twoDigits.format(n);

/** "42 faces": figures, for comparing. */
export const faces = (n: number): string => `${figure(n)} ${n === 1 ? "face" : "faces"}`;

/** "garden, front door and driveway". */
export const list = (items: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(items);
