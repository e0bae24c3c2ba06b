const SMALL = [
  "keine",
  "eine",
  "zwei",
  "drei",
  "vier",
  "fünf",
  "sechs",
  "sieben",
  "acht",
  "neun",
  "zehn",
  "elf",
  "zwölf",
];
const figures = new Intl.NumberFormat("de-DE");
const twoDigits = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "sieben", "1.561"; eins in der weiblichen Form, denn Gruppen und Personen werden gezählt. */
export const number = (n: number): string => SMALL[n] ?? figures.format(n);

/** Am Satzanfang. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "1.561": Zahlen, die man vergleicht. */
export const figure = (n: number): string => figures.format(n);

/** "0,52": wie weit auseinander. */
export const distance = (n: number): string => twoDigits.format(n);

/** "42 Gesichter". */
export const faces = (n: number): string => `${figure(n)} ${n === 1 ? "Gesicht" : "Gesichter"}`;

/** "garden, front door und driveway". */
export const list = (items: readonly string[]): string =>
  new Intl.ListFormat("de-DE", { type: "conjunction" }).format(items);
