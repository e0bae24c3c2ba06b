import { cameraTitle, cameraWord } from "../camera.ts";
import { capitalNumber, faces, number } from "./words.ts";

const span = (seconds: number): string =>
  seconds < 60
    ? `${seconds === 1 ? "einer Sekunde" : `${number(seconds)} Sekunden`}`
    : `${Math.round(seconds / 60)} Min.`;

/** Die Wörter von Aktivität. */
export const activity = {
  title: (n: number, strangers: number, more: boolean) =>
    n === 0
      ? "Heute wurde niemand gesehen"
      : `${more ? `Mehr als ${number(n)}` : capitalNumber(n)} ${n === 1 ? "Begegnung" : "Begegnungen"} heute` +
        `${strangers > 0 ? (strangers === n ? (n === 1 ? " mit jemand Fremdem" : ", alle mit Fremden") : `, ${number(strangers)} mit Fremden`) : ""}`,
  titleOf: (n: number, more: boolean) =>
    n === 0 ? "Heute keine davon" : `${more ? `Mehr als ${number(n)}` : capitalNumber(n)} davon heute`,
  titleLoading: "Verlauf",
  summary: "Jede Zeile ist eine Begegnung an einer Kamera, mit allen Gesichtern. Öffne sie für die Einzelheiten.",
  filter: "Nur zeigen",
  everything: "Alles",
  kind: { recognized: "Personen", unknown: "Fremde", ambiguous: "Unsicher" },
  stranger: "Fremd",
  about: (camera: string, n: number, seconds: number, isLive: boolean) =>
    `${cameraTitle(camera)}, ${isLive ? "bisher " : ""}${faces(n)}${!isLive && n > 1 && seconds > 0 ? ` in ${span(seconds)}` : ""}`,
  takenFor: (name: string) => `erkannt als ${name}`,
  namedLater: "später benannt",
  tooClose: "zu knapp, kein Name gemeldet",
  heard: (name: string, camera: string) => `${name}, ${cameraWord(camera)}`,
  freshLabel: (n: number) => `${n === 1 ? "Eine neue Begegnung" : `${capitalNumber(n)} neue Begegnungen`} zeigen`,
  why: {
    nobodyKnown: "Niemand hatte einen Namen, um zu vergleichen.",
    seen: "Gesehen",
    nearest: "Am nächsten",
    published: "Gemeldet",
    size: (px: number) => `${px} px breit`,
    sizeSmall: (px: number) => `klein (${px} px breit)`,
    sizeUnknown: "Größe nicht gemeldet",
    event: {
      recognized: "„recognized“",
      unknown: "„unknown“",
      ambiguous: "„ambiguous“, ohne Namen",
    },
    eventDelayed: (event: string) => `${event}, als verspätet: das Gesicht war alt, als es kam`,
    open: (name: string) => `${name} öffnen`,
    whoIs: "Wer ist das?",
    frame: "Ganzes Bild",
  },
  empty: {
    nobody: "Noch wurde nichts gesehen",
    nobodyHint: "Gesichter erscheinen hier, sobald eine Kamera sie sendet.",
    none: "Nichts gefunden",
    noneHint: "Kein gespeichertes Gesicht passt zu diesem Filter.",
    all: "Alles zeigen",
    unreachable: "Der Verlauf konnte nicht geladen werden",
  },
  hints: [
    [["↑", "↓"], "bewegen"],
    [["Enter"], "warum"],
    [["F"], "filtern"],
    [["Esc"], "schließen"],
  ] as readonly (readonly [readonly string[], string])[],
};
