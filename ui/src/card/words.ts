/** The card's texts. */
export interface CardWords {
  readonly who: string;
  readonly now: string;
  readonly yesterday: string;
  readonly stranger: string;
  readonly nobodyKnown: string;
  readonly notFound: string;
  readonly away: string;
  readonly discover: string;
  readonly lastFaces: string;
  readonly never: string;
  minutes(count: number): string;
  waiting(count: number): string;
  near(distance: string, threshold: string): string;
  readonly form: {
    readonly title: string;
    readonly layout: string;
    readonly small: string;
    readonly medium: string;
    readonly large: string;
    readonly people: string;
    readonly peopleHint: string;
    readonly panel: string;
    readonly panelHint: string;
  };
}

const numbers = (words: string): readonly string[] => words.split(" ");
const EN = numbers("No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve");
const DE = numbers("Keine Eine Zwei Drei Vier Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf");

const en: CardWords = {
  who: "Who is this?",
  now: "now",
  yesterday: "yesterday",
  stranger: "Unknown face",
  nobodyKnown: "Nobody has a name yet",
  notFound: "faces2mqtt was not found. Is the MQTT integration connected to the same broker?",
  away: "faces2mqtt is unavailable",
  discover: "Discover",
  lastFaces: "Last faces",
  never: "not seen yet",
  minutes: (count) => `${count} min ago`,
  waiting: (count) => `${EN[count] ?? count} ${count === 1 ? "group waits" : "groups wait"} for a name`,
  near: (distance, threshold) => `Distance ${distance}, accepted below ${threshold}`,
  form: {
    title: "Title",
    layout: "Size",
    small: "Small: one line",
    medium: "Medium: who was where",
    large: "Large: the last faces too",
    people: "People",
    peopleHint: "Presence sensors of the people to show. Empty shows all.",
    panel: "Address of the panel",
    panelHint: "Empty uses the address of the faces2mqtt device.",
  },
};

const de: CardWords = {
  who: "Wer ist das?",
  now: "jetzt",
  yesterday: "gestern",
  stranger: "Unbekanntes Gesicht",
  nobodyKnown: "Noch hat niemand einen Namen",
  notFound:
    "In diesem Home Assistant gibt es kein faces2mqtt. Ist die MQTT-Integration mit demselben Broker verbunden?",
  away: "faces2mqtt ist nicht da",
  discover: "Suchen",
  lastFaces: "Letzte Gesichter",
  never: "noch nicht gesehen",
  minutes: (count) => `vor ${count} min`,
  waiting: (count) => `${DE[count] ?? count} ${count === 1 ? "Gruppe wartet" : "Gruppen warten"} auf einen Namen`,
  near: (distance, threshold) => `Abstand ${distance}, anerkannt unter ${threshold}`,
  form: {
    title: "Titel",
    layout: "Größe",
    small: "Klein: eine Zeile",
    medium: "Mittel: wer wo war",
    large: "Groß: auch die letzten Gesichter",
    people: "Personen",
    peopleHint: "Anwesenheit derer, die gezeigt werden. Keine Auswahl heißt alle.",
    panel: "Adresse der Oberfläche",
    panelHint: "Leer heißt die Adresse, die das Gerät faces2mqtt hat.",
  },
};

/** Texts for a language tag such as `de` or `de-AT`; English if there are none. */
export const wordsOf = (language: string): CardWords => (/^de\b/i.test(language) ? de : en);

const DAY_MS = 86_400_000;

/** "now", "4 min ago", "18:20", "yesterday", "Sunday", "3 Feb". */
export function formatWhen(time: Date, now: Date, language: string): string {
  const words = wordsOf(language);
  const minutes = Math.floor((now.getTime() - time.getTime()) / 60_000);
  if (minutes < 1) return words.now;
  if (minutes < 60) return words.minutes(minutes);
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Rounded: daylight saving time makes days of 23 or 25 hours.
  const days = Math.round((midnight(now) - midnight(time)) / DAY_MS);
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, options).format(time);
  if (days === 0) return format({ hour: "2-digit", minute: "2-digit" });
  if (days === 1) return words.yesterday;
  if (days < 7) return format({ weekday: "long" });
  return format({ day: "numeric", month: "short" });
}
