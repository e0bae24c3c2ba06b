import { capitalNumber, faces, figure, number } from "./words.ts";

const rounded = (digits: number) => {
  const format = new Intl.NumberFormat("de-DE", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value: number): string => format.format(value);
};
const one = rounded(1);
const two = rounded(2);
const pictures = (n: number): string => `${figure(n)} ${n === 1 ? "Bild" : "Bilder"}`;
const people = (n: number): string => `${number(n)} ${n === 1 ? "Person" : "Personen"}`;

/** Die Wörter zu Bildern, die hereinkommen, und zu neuen Kodierungen. */
export const pictureWords = {
  title: "Bilder",
  hint: "Seit dem Start.",
  none: "Noch kein Bild",
  noneHint: "In jedem Bild, das hereinkommt, werden Gesichter gesucht.",
  taken: (n: number, found: number, without: number): string =>
    `${pictures(n)}, ${faces(found)}${without === 0 ? "" : `. ${figure(without)} ohne Gesicht`}`,
  refused: (n: number) => `${faces(n)} nicht genommen`,
  dropped: (n: number) =>
    `${pictures(n)} ${n === 1 ? "kam" : "kamen"} zu schnell und ${n === 1 ? "wich" : "wichen"} neueren`,
  failed: (n: number) => `${pictures(n)} ${n === 1 ? "war" : "waren"} nicht lesbar`,
  why: "Warum?",
  whyAt: (camera: string) => `Warum Gesichter an ${camera} nicht genommen wurden`,
  whyTitle: (camera: string) => `Warum wurde das nicht genommen? ${camera}`,
  whyHint: "Die letzten, nur eine Stunde und nur im Speicher. Sie wurden weder gespeichert noch verglichen.",
  whyNone: "Keines in der letzten Stunde: Länger werden sie nicht behalten.",
  reasons: {
    score: {
      title: "Vielleicht kein Gesicht",
      text: (value: number, needed: number) =>
        `Die Erkennung ist sich zu ${two(value)} sicher, nötig ist ${two(needed)}. Oft ein Gesicht von der Seite oder am Rand.`,
    },
    size: {
      title: "Zu klein",
      text: (value: number, needed: number) => `${figure(Math.floor(value))} Pixel, nötig sind ${figure(needed)}.`,
    },
    norm: {
      title: "Zu unscharf, zu dunkel oder abgewandt",
      text: (value: number, needed: number) =>
        `Die Güte ist ${one(value)}, nötig ist ${one(needed)}: Solche Gesichter ähneln einander.`,
    },
  },
  gates: {
    title: "Was ein Gesicht braucht, um genommen zu werden",
    now: (px: number) =>
      `Mindestens ${figure(px)} Pixel, sicher ein Gesicht und scharf genug, um Menschen zu unterscheiden.`,
    change: "Ändern, was ein Gesicht braucht, um genommen zu werden",
    text: "Weniger nimmt mehr Gesichter auf, und mehr davon sehen jemand anderem ähnlich. Am besten so lassen.",
    fields: {
      score: (usual: number) => `Sicher ein Gesicht (0,5 bis 1, üblich ${two(usual)})`,
      size: (usual: number) => `Pixel an der kürzeren Seite (üblich ${figure(usual)})`,
      norm: (usual: number) => `Güte (5 bis 16, üblich ${one(usual)})`,
    },
    save: "Speichern",
    saved: "Gesichter werden nach der neuen Regel genommen",
  },
  model: (name: string, workers: number) =>
    `${name}, in ${workers === 1 ? "einem Thread" : `${number(workers)} Threads`}`,
  modelTitle: "Vom Bild zum Namen",
  again: {
    title: (n: number) =>
      `${capitalNumber(n)} ${n === 1 ? "Person ist" : "Personen sind"} nur durch ältere Kodierungen bekannt`,
    hint: (model: string) =>
      `Gesichter in Bildern werden nur mit Kodierungen von ${model} verglichen. Neue entstehen aus Bildern, die noch da sind.`,
    start: "Neue machen",
    sheetTitle: (model: string) => `Neue Kodierungen von ${model}`,
    can: (n: number, who: number) =>
      n === 0
        ? "Es können keine gemacht werden: Kein Bild ist mehr da."
        : `Sie können aus ${figure(n)} ${n === 1 ? "Gesicht" : "Gesichtern"} von ${people(who)} gemacht werden. Die älteren bleiben.`,
    cannot: (n: number) => `Nicht von ${people(n)}:`,
    reason: (name: string, n: number, reason: string) => `${name}, ${faces(n)}: ${reason}`,
    go: "Machen",
    running: (done: number, all: number) => `Neue Kodierungen entstehen: ${figure(done)} von ${figure(all)} Gesichtern`,
    cancel: "Anhalten",
    done: (n: number) => `Neue Kodierungen von ${people(n)} gelten jetzt`,
    failed: (why: string) => `Neue Kodierungen konnten nicht gemacht werden: ${why}`,
    cancelled: "Angehalten. Was fertig ist, bleibt für das nächste Mal.",
  },
};
