import { capitalNumber, faces, figure, list, number, thresholdValue } from "./words.ts";

const now = (n: number | null): string => (n === null ? "" : ` (jetzt ${number(n)})`);
const unnamed = (n: number): string => (n === 1 ? "ein unbenanntes Gesicht" : `${number(n)} unbenannte Gesichter`);

/** Die Wörter von „Wie streng“. */
export const threshold = {
  value: thresholdValue,
  title: "Wie ähnlich ist ähnlich genug?",
  hint: (n: number) =>
    `Zieh die Linie. Links von ihr bekommt ein Gesicht einen Namen, rechts bleibt es fremd. Alles hier kommt von ${n === 1 ? "dem einen Gesicht" : `den ${figure(n)} Gesichtern`} in deinem Haus.`,
  hintNone: "Das ist die Linie zwischen Namen und Fremden, erprobt an den Gesichtern in deinem Haus.",
  trying: "Alle Linien werden an den Gesichtern in deinem Haus erprobt …",
  keep: (at: string) => `Bei ${at} bleiben`,
  use: (at: string) => `${at} verwenden`,
  used: (at: string) => `In Gebrauch: ${at}`,
  dock: "Diese Linie verwenden",
  plot: "Abstände deiner Gesichter, mit der Linie",
  slider: "Die Linie",
  sliderText: (at: string, sum: string, before: string) => `${at}: ${sum} In Gebrauch ist ${before}.`,
  sliderSame: (at: string, sum: string) => `${at}, in Gebrauch: ${sum}`,
  stricter: "Strenger",
  looser: "Lockerer",
  alike: "0 gleich",
  different: "verschieden 1",
  now: (at: string) => `jetzt ${at}`,
  at: (at: string) => `Bei ${at}`,
  sum: (parts: readonly string[]) => `${list(parts)}.`,
  sumNames: (n: number, before: number | null) =>
    `${n === 1 ? "gleicht" : "gleichen"} ${unnamed(n)} jemandem, den du kennst${now(before)}`,
  sumGroups: (n: number, before: number | null) =>
    `${n === 1 ? "wartet" : "warten"} ${number(n)} ${n === 1 ? "Gruppe" : "Gruppen"} auf einen Namen${now(before)}`,
  sumNone: "gibt es kein unbenanntes Gesicht zum Erproben.",
  sumNobody: "hat noch niemand einen Namen.",
  sumTooMany: "sind es zu viele Gesichter, um Gruppen zu zählen.",
  stay: {
    names: (at: string) => `Namen bleiben bei ${at}.`,
    groups: (at: string) => `Gruppen bleiben bei ${at}.`,
  },
  scope: "Verwenden für",
  scopes: { both: "Namen und Gruppen", names: "Namen", groups: "Gruppen" },
  key: {
    in: "bekommt einen Namen",
    out: "bleibt fremd",
    second: "zweitnächste Person",
    pair: (one: string, other: string, distance: string) => `${one} und ${other}, dein ähnlichstes Paar, ${distance}`,
  },
  unnamed: {
    title: "Unbenannte, die einen Namen bekommen",
    label: (n: number, before: number) =>
      `Von 100 unbenannten Gesichtern ${n === 1 ? "bekäme eines" : `bekämen ${n}`} einen Namen${n === before ? "" : `; jetzt ${before}`}`,
    of: (n: number, all: number) => `${figure(n)} von ${figure(all)}`,
    text: (before: number | null) =>
      `unbenannten Gesichtern.${before === null ? "" : ` Jetzt sind es ${figure(before)}.`} Manche gehören zu Personen, die du kennst, die anderen sind Fremde: je weiter rechts die Linie, desto mehr davon.`,
    all: (n: number, all: number, before: number | null) =>
      `Mit den benannten ${n === 1 ? "wird" : "werden"} ${figure(n)} von ${faces(all)}${all === 1 ? "" : "n"} erkannt${before === null ? "" : ` (jetzt ${figure(before)})`}.`,
    none: "Jedes Gesicht in deinem Haus hat einen Namen. Was als Nächstes vorbeikommt, wird hier gezählt.",
    unknown: (at: string) => `${at} liegt außerhalb dessen, was hier erprobt wird; dafür gibt es keine Zahlen.`,
  },
  last: {
    title: "Die letzten mit Namen",
    hint: "Die Gesichter gleich links von der Linie. Ist eines davon jemand anders, dann strenger.",
    face: (who: string, distance: string) => `Dieses Gesicht wäre ${who}, ${distance} entfernt`,
    none: "Mit dieser Linie bekommt kein unbenanntes Gesicht einen Namen.",
  },
  people: {
    title: "Dein ähnlichstes Paar",
    pair: (within: boolean): string =>
      within
        ? "Die Linie liegt rechts von ihnen: auf einem schlechten Bild kann die eine Person für die andere gelten."
        : "Die Linie liegt links von ihnen: sie sind schwer zu verwechseln.",
    wrong: (n: number, all: number, before: number | null) =>
      `${n === 0 ? "Keines" : n === 1 ? "Eines" : capitalNumber(n)} von ${figure(all)} benannten Gesichtern bekäme${n > 1 ? "n" : ""} einen fremden Namen${now(before)}. Von ihnen wurde gelernt; bei neuen sind es mehr.`,
    one: "Du kennst erst eine Person. Mit einer zweiten gibt es ein Paar zu vergleichen.",
  },
  groups: {
    title: "Gruppen unter Entdecken",
    text: (n: number, alone: number, before: number | null) =>
      `${n === 1 ? "Gruppe wartet" : "Gruppen warten"} auf einen Namen, und ${alone === 1 ? "ein Gesicht ist" : alone === 0 ? "kein Gesicht ist" : `${number(alone)} Gesichter sind`} allein.${before === null ? "" : ` Jetzt sind es ${figure(before)}.`}`,
    hint: "Zu streng, und eine Person zerfällt in mehrere Gruppen. Zu locker, und Verschiedene teilen sich eine.",
    none: "Kein Gesicht wartet auf einen Namen, es gibt nichts zu gruppieren.",
    tooMany: (n: number) =>
      `Bei ${figure(n)} Gesichtern ohne Namen würde es Minuten dauern, alle Linien zu erproben. Verwende eine, entdecke, und sieh die Gruppen selbst an.`,
    later: "Die Gruppen unter Entdecken sind noch die der Linie davor.",
  },
  advice: {
    title: "Hängt ein Schloss oder ein Alarm an einem Namen? Dann 0,50 oder weniger.",
    text: "Gemessen mit 20 bekannten Personen: bei 0,60 bekommen 41 % der Bilder von Fremden jemandes Namen, bei 0,50 sind es 1,5 %. Die Personen selbst werden auf 99,5 % und 98,8 % ihrer Bilder erkannt.",
    try: (at: string) => `${at} probieren`,
  },
  profile: {
    title: "Wie ein Name entsteht",
    hint: "Sorgfältig ist für das, was nicht schiefgehen darf, ein Schloss oder einen Alarm.",
    classic: {
      name: "Klassisch",
      text: (_faces: number) =>
        "Jedes Gesicht für sich, sofort. Ein Blick auf eine fremde Person kann für einen falschen Namen genügen.",
    },
    careful: {
      name: "Sorgfältig",
      text: (n: number) =>
        n === 1
          ? "Nach Besuchen: die Gesichter eines Besuchs werden gemeinsam verglichen, vom ersten an. Ein Ereignis je Besuch."
          : `Nach Besuchen: die Gesichter eines Besuchs werden gemeinsam verglichen, und ab dem ${figure(n)}. gibt es einen Namen. Ein Ereignis je Besuch.`,
    },
    recommended: "empfohlen",
    figures: (named: number, strangers: number, found: number, known: number) =>
      `Mit deinen Personen: von ${figure(strangers)} Blicken auf Fremde ${named === 1 ? "bekäme einer" : `bekämen ${figure(named)}`} einen Namen, von ${figure(known)} auf Bekannte ${found === 1 ? "einer" : figure(found)} den richtigen.`,
    done: (name: string) => `Ab jetzt ${name.toLowerCase()}`,
  },
  humps: {
    title: "Deine Personen, bekannt und als Fremde",
    label: (missed: number, letIn: number) =>
      `Mit dieser Linie würden ${missed} von 100 Blicken auf Bekannte verfehlt, und ${letIn} von 100 auf Fremde bekämen einen Namen`,
    known: "Bekannt: ein benanntes Gesicht und seine Person",
    strangers: "Fremd: dieselben, wären sie nicht bekannt",
    text: "Einzelne Gesichter. Die Linie soll zwischen beiden stehen; wo sie sich überlappen, kann ein einzelner Blick nicht entscheiden.",
  },
  set: {
    title: "Was eingestellt ist",
    names: (at: string) => `Ein Name unter ${at}`,
    groups: (at: string) => `Eine Gruppe unter ${at}`,
    counts: {
      names: "Gilt ab dem nächsten Gesicht; Namen, die es schon gibt, bleiben.",
      groups: "Gilt, wenn du das nächste Mal entdeckst.",
    },
    from: {
      default: (_normal: string, _variable: string) => "Das ist die Voreinstellung.",
      file: (normal: string, _variable: string) =>
        `Aus der Konfigurationsdatei; eine hier verwendete Linie geht vor. Die Voreinstellung ist ${normal}.`,
      env: (normal: string, variable: string) =>
        `Aus der Umgebung (${variable}); eine hier verwendete Linie geht vor. Die Voreinstellung ist ${normal}.`,
      database: (normal: string, _variable: string) =>
        `Hier oder in Home Assistant gewählt, das geht der Konfiguration vor. Die Voreinstellung ist ${normal}.`,
    },
    back: "Wie konfiguriert",
    backLabel: (what: string) => `${what}: stattdessen verwenden, was konfiguriert ist`,
  },
  done: {
    both: (at: string) => `Namen und Gruppen ab jetzt unter ${at}`,
    names: (at: string) => `Ein Name ab jetzt unter ${at}`,
    groups: (at: string) => `Eine Gruppe ab jetzt unter ${at}`,
  },
  empty: {
    first: "Noch kam kein Gesicht vorbei",
    firstHint: "Sobald Gesichter da sind, zeigt diese Seite, was jede Linie mit ihnen täte.",
    nobody: "Noch hat niemand einen Namen",
    nobodyHint:
      "Benenne eine Gruppe, dann steht hier, wie weit alle anderen von dieser Person sind. Für Gruppen gilt die Linie schon.",
    named: "Alle haben einen Namen",
    namedHint: "Gesichter ohne Namen stehen hier, sobald sie vorbeikommen.",
    toDiscover: "Entdecken öffnen",
  },
  hints: [
    [["←", "→"], "um 0,01"],
    [["Bild"], "um 0,05"],
    [["Enter"], "verwenden"],
    [["Esc"], "bleiben"],
  ] as readonly (readonly [readonly string[], string])[],
};
