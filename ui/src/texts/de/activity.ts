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
      : `${more ? `Mehr als ${number(n)}` : capitalNumber(n)} ${n === 1 ? "Besuch" : "Besuche"} heute` +
        `${strangers > 0 ? (strangers === n ? (n === 1 ? " von jemand Fremdem" : ", alle von Fremden") : `, ${number(strangers)} von Fremden`) : ""}`,
  titleOf: (n: number, more: boolean) =>
    n === 0 ? "Heute keiner davon" : `${more ? `Mehr als ${number(n)}` : capitalNumber(n)} davon heute`,
  titleLoading: "Verlauf",
  summary:
    "Jede Zeile ist ein Besuch: eine Person an einer Kamera. Öffne sie für die Einzelheiten, oder um sie zu berichtigen.",
  filter: "Nur zeigen",
  everything: "Alles",
  kind: { recognized: "Personen", unknown: "Fremde", ambiguous: "Unsicher" },
  stranger: "Fremd",
  about: (camera: string, n: number, seconds: number, isLive: boolean) =>
    `${cameraTitle(camera)}, ${isLive ? "bisher " : ""}${faces(n)}${!isLive && n > 1 && seconds > 0 ? ` in ${span(seconds)}` : ""}`,
  strangerNo: (n: number) => `Fremd ${n}`,
  strangerVisits: (n: number, cameras: number, since: string) =>
    `${n === 1 ? "ein Besuch" : `${number(n)} Besuche`}${cameras > 1 ? `, ${number(cameras)} Kameras` : ""}, seit ${since}`,
  unclear: "Nicht klar, wer",
  corrected: "berichtigt",
  isNow: (name: string) => `Das war ${name}`,
  isNot: (name: string) => `Das war nicht ${name}`,
  ignored: "Wird ab jetzt ignoriert",
  who: { title: "Wer war das?" },
  tooClose: "zu knapp, kein Name gemeldet",
  heard: (name: string, camera: string) => `${name}, ${cameraWord(camera)}`,
  freshLabel: (n: number) => `${n === 1 ? "Einen neuen Besuch" : `${capitalNumber(n)} neue Besuche`} zeigen`,
  why: {
    nobodyKnown: "Niemand hatte einen Namen, um zu vergleichen.",
    seen: "Gesehen",
    nearest: "Am nächsten",
    size: (px: number) => `${px} px breit`,
    sizeSmall: (px: number) => `klein (${px} px breit)`,
    sizeUnknown: "Größe nicht gemeldet",
    not: (name: string) => `Nicht ${name}`,
    itIs: "Es ist …",
    name: "Name …",
    ignore: "Ignorieren",
    open: (name: string) => `${name} öffnen`,
    whoIs: "Wer ist das?",
    frame: "Ganzes Bild",
  },
  empty: {
    nobody: "Noch wurde nichts gesehen",
    nobodyHint: "Gesichter erscheinen hier, sobald eine Kamera sie sendet.",
    none: "Nichts gefunden",
    noneHint: "Kein Besuch passt zu diesem Filter.",
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
