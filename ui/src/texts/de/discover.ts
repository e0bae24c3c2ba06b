import type { Alike } from "../../state/unknown/tightness.ts";
import { cameraWord } from "../camera.ts";
import { capital, capitalNumber, faces, figure, list, number, span } from "./words.ts";

const groups = (n: number): string => `${number(n)} ${n === 1 ? "Gruppe" : "Gruppen"}`;
const isAre = (n: number): string => (n === 1 ? "ist" : "sind");

const ALIKE: Readonly<Record<Alike, string>> = {
  very: "Sehr ähnlich",
  alike: "Ähnlich",
  loosely: "Wenig ähnlich",
};

/** Die Wörter von Entdecken, der Seite einer Gruppe und der ignorierten Gruppen. */
export const discover = {
  title: (n: number) => `${capitalNumber(n)} ${n === 1 ? "Gruppe wartet" : "Gruppen warten"} auf einen Namen`,
  titleNone: "Alle haben einen Namen",
  titleOnce: (n: number) =>
    n === 1 ? "Ein Gesicht war nur einmal da" : `${capitalNumber(n)} Gesichter waren nur einmal da`,
  looking: "Personen werden gesucht …",
  summary: (unnamed: number, cameras: number, since: string | null, looked: string | null) =>
    `${figure(unnamed)} ${unnamed === 1 ? "Gesicht" : "Gesichter"} ohne Namen` +
    `${cameras > 0 ? ` von ${cameras === 1 ? "einer Kamera" : `${number(cameras)} Kameras`}` : ""}${since ? (since === "heute" ? " von heute" : ` seit ${/^\d/.test(since) ? "dem " : ""}${since}`) : ""}.` +
    `${looked ? ` Zuletzt gesucht ${looked}.` : ""}`,
  comparing: (n: number, found: number) =>
    `${faces(n)} ${n === 1 ? "wird" : "werden"} verglichen.${found > 0 ? ` Bisher ${groups(found)}.` : ""}`,
  discover: "Entdecken",
  again: "Neu entdecken",
  progress: "Entdecken läuft",
  known: {
    title: "Mehr von Bekannten",
    summary: (n: number, f: number) => `${figure(n)} ${n === 1 ? "Gruppe" : "Gruppen"}, ${faces(f)}`,
    show: "Zeigen",
    hide: "Schließen",
    hint: "Sie wurden als ganze Gruppen verglichen. Sieh sie durch, dann bestätige sie zusammen.",
    accept: (n: number) => (n === 1 ? "Die sichere bestätigen" : `Alle ${figure(n)} sicheren bestätigen`),
    accepted: (n: number, f: number, who: readonly string[]) =>
      `${capital(groups(n))} bestätigt, ${faces(f)}: ${who.length > 3 ? `${who.slice(0, 2).join(", ")} und ${number(who.length - 2)} weitere` : list(who)}`,
    acceptedNone: "Keine davon ist noch sicher.",
  },
  who: "Wer ist das?",
  whoHint: "Die größten zuerst. Tippe auf ein Bild, um alle Gesichter zu sehen.",
  once: "Nur einmal gesehen",
  onceHint: (n: number, days: number) =>
    `${n === 1 ? "Ein Mensch, der vorbeikam" : `${capitalNumber(n)} Menschen, die vorbeikamen`}.${days > 0 ? ` Ohne dein Zutun ${n === 1 ? "wird er" : "werden sie"} nach ${days === 1 ? "einem Tag" : `${number(days)} Tagen`} gelöscht.` : ""}`,
  ignoreAll: "Alle ignorieren",
  ignored: (n: number) => `Ignorierte Gruppen, ${faces(n)}`,
  fresh: (n: number) => `${figure(n)} neu`,
  freshLabel: (n: number) => `${capitalNumber(n)} weitere ${n === 1 ? "Gruppe" : "Gruppen"} zeigen`,
  card: {
    about: (cameras: readonly string[], first: string, last: string, most: number) =>
      `${cameras.length > most ? `${capitalNumber(cameras.length)} Kameras` : capital(list(cameras.map(cameraWord)))}, ${span(first, last)}`,
    seeAll: (n: number) => (n === 1 ? "Das Gesicht ansehen" : `Alle ${figure(n)} Gesichter ansehen`),
    select: (n: number) => `${faces(n)} auswählen`,
    ignore: "Ignorieren",
    looksLike: <T>(who: T): readonly (string | T)[] => ["Sieht aus wie ", who],
    couldBe: <T>(who: T): readonly (string | T)[] => ["Ist das vielleicht ", who, "?"],
    compare: "Vergleichen",
    compareLabel: (n: number, who: string) => `${faces(n)} mit ${who} vergleichen`,
    confirm: "Bestätigen",
    confirmLabel: (n: number, who: string) => `Bestätigen: ${faces(n)} von ${who}`,
    not: (who: string) => `Nicht ${who}`,
    notToast: (who: string) => `Gemerkt: nicht ${who}`,
    orElse: "Oder jemand anders?",
    orAll: "Oder ein Name für alle",
    whoIs: "Wer ist das?",
    nameFor: (n: number) => (n === 1 ? "Name für dieses Gesicht" : `Name für diese ${figure(n)} Gesichter`),
    more: (n: number) => `+${figure(n)}`,
  },
  split: {
    title: "Das sind vielleicht zwei Personen",
    make: "Zwei Gruppen machen",
    makeLabel: (n: number) => `Aus diesen ${figure(n)} Gesichtern zwei Gruppen machen`,
    done: (sizes: readonly number[]) => `Jetzt zwei Gruppen: ${sizes.map(faces).join(" und ")}`,
  },
  done: {
    now: <T>(n: number, who: T): readonly (string | T)[] => [
      `${faces(n)} ${n === 1 ? "gehört" : "gehören"} jetzt zu `,
      who,
    ],
    nowText: (n: number, who: string) => `${faces(n)} ${n === 1 ? "gehört" : "gehören"} jetzt zu ${who}`,
    announced: (who: string) => `Home Assistant erfährt ab jetzt von ${who}.`,
    claim: (n: number) =>
      n === 1
        ? "Auch ein älteres Gesicht dazunehmen, das passt?"
        : `Auch ${figure(n)} ältere Gesichter dazunehmen, die passen?`,
    claimTitle: (n: number, who: string) => `Auch diese ${faces(n)} würden zu ${who} gehören`,
    claimOrder: "Die fernsten zuerst: wenn sie stimmen, stimmen alle.",
    claimHint: (farthest: string, since: string | null) =>
      `Das fernste ist ${farthest} entfernt${since ? `, seit ${since}` : ""}.`,
    claimN: (n: number) => `${figure(n)} dazunehmen`,
    look: "Erst ansehen",
    no: "Nein",
    claimed: (n: number, who: string) => `${figure(n)} weitere ${n === 1 ? "gehört" : "gehören"} jetzt zu ${who}`,
    close: "Schließen",
  },
  select: {
    region: "Ausgewählte Gruppen",
    summary: (n: number) => `${figure(n)} ${n === 1 ? "Gruppe" : "Gruppen"}`,
    faces: (n: number) => `, ${faces(n)}`,
    name: (n: number) => (n === 1 ? "Wer ist das?" : n === 2 ? "Ein Name für beide" : `Ein Name für alle ${number(n)}`),
    nameLabel: (n: number) => (n === 1 ? "Name für diese Gruppe" : `Ein Name für alle ${groups(n)}`),
    stop: "Auswahl beenden",
    partly: (done: number, all: number) =>
      `${capitalNumber(done)} von ${number(all)} Gruppen ${done === 1 ? "wurde" : "wurden"} benannt. Die anderen sind, wie sie waren.`,
  },
  ignoredToast: (n: number) => `Gruppe ignoriert, ${faces(n)}`,
  ignoredToasts: (n: number) => `${capitalNumber(n)} ${n === 1 ? "Gruppe" : "Gruppen"} ignoriert`,
  notAssigned: "Nicht zugeordnet.",
  joined: (n: number) =>
    `${n === 1 ? "Ein Gesicht ist" : `${capitalNumber(n)} Gesichter sind`} inzwischen zu dieser Gruppe gekommen.`,
  left: (n: number) =>
    `${n === 1 ? "Ein Gesicht hat" : `${capitalNumber(n)} Gesichter haben`} diese Gruppe inzwischen verlassen.`,
  lookAgain: "Neu ansehen",
  empty: {
    first: "Warten auf das erste Gesicht",
    firstHint: "Lass eine Kamera an dieses Topic senden. Gesichter erscheinen hier, sobald sie ankommen.",
    copy: "Topic kopieren",
    copied: "Kopiert.",
    never: (n: number) =>
      n === 1 ? "Ein Gesicht ist vorbeigekommen" : `${capitalNumber(n)} Gesichter sind vorbeigekommen`,
    neverHint: "Entdecken legt zu Gruppen zusammen, was zusammengehört. Jede Gruppe benennst du einmal.",
    named: "Alle, die vorbeikamen, haben einen Namen",
    namedHint: "Neue Gesichter werden mit denen verglichen, die du kennst. Fremde warten dann hier.",
    nothing: "Noch sehen sich keine zwei Gesichter ähnlich",
    nothingHint: (n: number) =>
      n === 1
        ? "Es gibt erst eines. Warte ein paar Tage, oder benenne es allein."
        : `Alle ${number(n)} sind verschieden. Warte ein paar Tage, oder benenne eines allein.`,
    failed: "Die Suche kam nicht zum Ende",
    failedHint: (reason: string) => `${reason} Kein Gesicht und kein Name wurde geändert.`,
    cancelled: "Die Suche wurde abgebrochen. Kein Gesicht und kein Name wurde geändert.",
    status: "Status öffnen",
    unreachable: "Die Gruppen konnten nicht geladen werden",
  },
  group: {
    title: "Wer ist das?",
    looks: (who: string) => `Ist das ${who}?`,
    back: "Gruppen",
    ignore: "Ignorieren",
    summary: (n: number, about: string, alike: Alike | null, out: number) =>
      `${faces(n)}, ${about.charAt(0).toLowerCase()}${about.slice(1)}.${alike ? ` ${ALIKE[alike]}.` : ""}${out > 0 ? ` ${out === 1 ? "Eines" : capitalNumber(out)} ${isAre(out)} herausgenommen.` : ""}`,
    chosen: "Das gewählte Gesicht in seinem Bild",
    takeOut: "Herausnehmen",
    putBack: "Zurücklegen",
    out: "Draußen",
    outHint: "Bleibt ohne Namen und wird neu gruppiert.",
    fits: "Teil dieser Gruppe",
    worst: "Fernstes",
    worstTitle: "Passt am wenigsten",
    fitsHint: "Nimm es heraus, wenn es jemand anders ist.",
    against: "Diese Gruppe neben allen, die du benannt hast.",
    nobodyKnown: "Noch hat niemand einen Namen. Diese Gruppe kann die erste sein.",
    noFrame: "Das ganze Bild ist nicht aufbewahrt.",
    frameOf: (camera: string, time: string) => `Bild von ${camera}, ${time}`,
    dock: "Diese Gruppe benennen",
    keep: (n: number) => `${figure(n)} zuordnen`,
    gone: "Diese Gruppe gibt es nicht mehr",
    goneHint: "Benannt, ignoriert, oder ihre Gesichter wurden gelöscht.",
  },
  merge: {
    title: (n: number, who: string) => `${faces(n)} ${n === 1 ? "kommt" : "kommen"} zu ${who}`,
    compare: (who: string) => `${who} kennst du schon. Vergleiche die beiden ähnlichsten:`,
    noPair: (who: string) => `${who} kennst du schon. Zum Vergleichen ist kein Bild aufbewahrt.`,
    samePerson: (who: string) => `Ist das ${who}?`,
    samePersonHint: (n: number, who: string) =>
      `Vielleicht. Vergleiche die beiden ähnlichsten Gesichter; Ja fügt ${faces(n)} zu ${who} hinzu.`,
    yes: (who: string) => `Ja, ${who}`,
    unsure: "Weiß nicht",
    here: "In dieser Gruppe",
    add: (n: number) => `${faces(n)} hinzufügen`,
    least: (d: string) => `Das unähnlichste von ihnen: ${d}`,
    leaveOut: "Weglassen",
    joinTitle: (one: string, other: string) => `${one} und ${other} zusammenlegen`,
    joinHint: (name: string, f: number, looks: number) =>
      `${name} kennst du schon. Zusammen haben sie ${faces(f)} und ${looks === 1 ? "ein Aussehen" : `${number(looks)} Aussehen`}. Danach sind sie eine Person namens ${name}.`,
    join: "Zusammenlegen",
  },
  ignoredPage: {
    title: (n: number) =>
      n === 0
        ? "Keine Gruppe ist ignoriert"
        : `${capitalNumber(n)} ${n === 1 ? "Gruppe ist" : "Gruppen sind"} ignoriert`,
    hint: "Ihre Gesichter bleiben aus Entdecken heraus und werden wie alle unbenannten gelöscht.",
    none: "Gruppen, die du unter Entdecken ignorierst, bleiben hier und können zurückkommen.",
    bring: "Zurückholen",
    brought: (n: number) => `Die Gruppe ist zurück, ${faces(n)}`,
  },
  hints: [
    [["←", "→"], "bewegen"],
    [["Enter"], "benennen"],
    [["Leertaste"], "auswählen"],
    [["O"], "öffnen"],
    [["I"], "ignorieren"],
    [["Z"], "rückgängig"],
    [["?"], "alle Tasten"],
  ] as readonly (readonly [readonly string[], string])[],
  groupHints: [
    [["←", "→"], "nächstes Gesicht"],
    [["X"], "herausnehmen, zurücklegen"],
    [["N"], "benennen"],
    [["Esc"], "zurück"],
  ] as readonly (readonly [readonly string[], string])[],
};
