import { pictureWords } from "./pictures.ts";
import { capitalNumber, faces, number } from "./words.ts";

/** "älter als 30 Tage" */
const olderThan = (n: number): string => `älter als ${n === 1 ? "einen Tag" : `${number(n)} Tage`}`;

/** Die Wörter von Status. */
export const status = {
  well: "Alles ist in Ordnung",
  problems: (n: number) => (n === 1 ? "Eines ist zu beachten" : `${capitalNumber(n)} Dinge sind zu beachten`),
  today: (n: number, cameras: number): string =>
    cameras === 0
      ? "Noch keine Kamera hat ein Gesicht gesendet."
      : `${n === 0 ? "Kein Gesicht" : faces(n)} in den letzten 24 Stunden, von ${cameras === 1 ? "einer Kamera" : `${number(cameras)} Kameras`}.`,
  problem: "Etwas ist zu beachten.",
  brokerAway: "Der Broker ist nicht erreichbar.",
  brokerAwayHint: (where: string) =>
    `Bis ${where} antwortet, kommt kein Gesicht an und geht kein Ereignis hinaus. Es wird von selbst weiter versucht.`,

  cameras: "Gesichter je Kamera",
  camerasHint: "Die letzten 24 Stunden.",
  noCameras: "Noch keine Kamera",
  noCamerasHint:
    "Die Kamera-Software sendet Gesichter an dieses Topic, oder Bilder werden eingeschaltet (snapshots.enabled):",
  cameraSeen: (n: number, ago: string | null): string => {
    const count = n === 0 ? "Keines" : faces(n);
    return ago === null ? count : `${count}, das letzte ${/^\d\d:/.test(ago) ? `um ${ago}` : ago}`;
  },

  clock: "Automatisch",
  clockHint: "Was von selbst geschieht.",
  change: "Ändern",
  changeSchedule: "Ändern, wann nach neuen Gruppen gesucht wird",
  changeRetention: "Ändern, wie lange namenlose Gesichter bleiben",
  next: (when: string) => `Sucht ${/^(heute|morgen)/.test(when) ? when : `am ${when}`} nach neuen Gruppen`,
  noSchedule: "Sucht nur auf Wunsch nach neuen Gruppen",
  lastTook: (seconds: string, n: number) => `Zuletzt dauerte es ${seconds} Sekunden für ${faces(n)}.`,
  lastFailed: (why: string) => `Zuletzt ging es schief: ${why}`,
  lastCancelled: "Zuletzt wurde die Suche abgebrochen.",
  looking: (percent: number) => `Die Suche läuft, ${percent} % sind geschafft.`,
  neverLooked: "Es wurde noch nie gesucht. Einmal in der Nacht ist ein guter Rhythmus.",
  seconds: (value: number) =>
    new Intl.NumberFormat("de-DE", { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value),

  keptForever: "Namenlose Gesichter bleiben für immer",
  keptForeverHint: "Von selbst wird nichts gelöscht.",
  held: (when: string) => `Bis ${when} wird nichts gelöscht`,
  heldHint: "Die Uhr ist gesprungen; was alt ist, ist nicht sicher.",
  goes: (n: number) => `${faces(n)} ohne Namen ${n === 1 ? "wird" : "werden"} innerhalb einer Stunde gelöscht`,
  goesHint: (age: number, frames: number) =>
    `Sie sind ${olderThan(age)}. Ihre Bilder${frames === 0 ? "" : ` und ${frames === 1 ? "ein Kamerabild" : `${number(frames)} Kamerabilder`}`} gehen mit.`,
  nothingGoes: (age: number) => `Kein namenloses Gesicht ist ${olderThan(age)}`,
  nothingGoesHint: "Sobald eines es ist, wird es mit seinem Bild und Kamerabild gelöscht.",
  seeAll: (n: number) => (n === 1 ? "Ansehen" : `Alle ${number(n)} ansehen`),
  goesTitle: (n: number) => `${faces(n)} ${n === 1 ? "wird" : "werden"} gelöscht`,
  goesOrder: "Gib Namen, wer bleiben soll; die anderen gehen innerhalb einer Stunde.",

  pictures: pictureWords,

  names: "Namen",
  gate: (threshold: string) => `Ein Name unter ${threshold}`,
  loose: "Locker: Fremde, die jemandem ähnlich sehen, können dessen Namen bekommen.",
  even: "Ausgewogen: Fremde bekommen selten einen Namen.",
  strict: "Streng: Fremde bekommen kaum je einen Namen, und manche Blicke auf Bekannte bleiben ohne.",
  howStrict: "Wie streng?",
  ignored: (n: number) => `${n === 1 ? "Ein ignoriertes Gesicht" : `${capitalNumber(n)} ignorierte Gesichter`}`,
  ignoredHint: "Wen du ignorierst, der bleibt dem Entdecken fern und löst keine Ereignisse aus.",
  noneIgnored: "Niemand wird ignoriert",
  show: "Zeigen",

  scenes: "Hinter den Kulissen",
  broker: "Broker",
  brokerState: { connected: "verbunden", connecting: "wird verbunden …", stopped: "beendet" },
  dropped: (n: number) =>
    `${n === 1 ? "Eine Nachricht konnte" : `${capitalNumber(n)} Nachrichten konnten`} nicht gesendet werden, als er fort war.`,
  queue: "Von der Kamera zum Ereignis",
  queueHint: (n: number): string =>
    n === 0 ? "Nichts wartet." : `${faces(n)} ${n === 1 ? "wartet" : "warten"} darauf, gespeichert zu werden.`,
  rate: (n: number) => `${new Intl.NumberFormat("de-DE").format(n)} je Minute`,
  refused: (n: number) => `${n === 1 ? "Eine Nachricht wurde" : `${capitalNumber(n)} Nachrichten wurden`} abgelehnt`,
  refusedHint: "Seit dem Start. Jede wird mit ihrem Grund auf dem Topic bridge/rejected gemeldet.",
  disk: "Auf der Platte",
  diskHint: (n: number, people: number) => `${faces(n)}, ${number(people)} ${people === 1 ? "Person" : "Personen"}`,
  bytes: (value: number): string => {
    const mega = value / 1_000_000;
    return `${new Intl.NumberFormat("de-DE", { maximumFractionDigits: mega < 10 ? 1 : 0 }).format(mega)} MB`;
  },
  running: (when: string) => `Läuft seit ${when}. Nichts verlässt dein Zuhause.`,
  api: "API",
  metrics: "Zahlen",

  schedule: {
    title: "Wann nach neuen Gruppen gesucht wird",
    never: "Nur auf Wunsch",
    neverHint: "Mit dem Knopf hier, in Home Assistant oder durch ein Kommando.",
    nightly: "Jeden Tag",
    nightlyHint: "Am besten nachts, bevor du nachsiehst.",
    at: "Um",
    other: "Nach einem Cron-Ausdruck",
    otherHint: "Minute, Stunde, Tag des Monats, Monat, Wochentag.",
    expression: "Ausdruck",
    save: "Speichern",
    savedDaily: (time: string) => `Sucht jeden Tag um ${time} nach neuen Gruppen`,
    savedOther: "Sucht zu den neuen Zeiten nach neuen Gruppen",
  },
  retention: {
    title: "Wie lange namenlose Gesichter bleiben",
    text: "Gezählt ab dem Tag, an dem sie gesehen wurden. Dann gehen sie für immer, mit ihren Bildern. Wer einen Namen hat, bleibt.",
    label: "Tage (0 behält sie für immer)",
    save: "Speichern",
    saved: (n: number) =>
      n === 0
        ? "Namenlose Gesichter bleiben für immer"
        : `Namenlose Gesichter bleiben ${n === 1 ? "einen Tag" : `${number(n)} Tage`}`,
  },
};
