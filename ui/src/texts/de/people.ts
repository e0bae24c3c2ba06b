import { cameraWord } from "../camera.ts";
import { faces, figure, number } from "./words.ts";

const lastSeen = (ago: string): string =>
  /^\d\d:/.test(ago) ? `um ${ago}` : /^(jetzt|heute|gestern|vor .*)$/.test(ago) ? ago : `am ${ago}`;
const looksOf = (n: number): string => (n === 1 ? "ein Aussehen" : `${number(n)} Aussehen`);

/** Die Wörter von Personen und der Seite einer Person. */
export const people = {
  title: (n: number) => `Du kennst ${number(n)} ${n === 1 ? "Person" : "Personen"}`,
  titleNone: "Du kennst noch niemanden",
  summary: (name: string, camera: string, ago: string) =>
    ago === "jetzt"
      ? `${name} ist hier: ${cameraWord(camera)}.`
      : `${name} zuletzt ${lastSeen(ago)}, ${cameraWord(camera)}.`,
  find: "Person suchen",
  sort: { seen: "Zuletzt gesehen", name: "Nach Namen", faces: "Meiste Gesichter" },
  sortLabel: (by: string) => `Reihenfolge: ${by}`,
  nobody: "Noch hat niemand einen Namen",
  nobodyHint: "Benenne eine Gruppe unter Entdecken, dann erscheint die Person hier.",
  toDiscover: "Entdecken öffnen",
  noneFound: (query: string) => `Niemand heißt „${query}“`,
  clear: "Alle zeigen",
  never: "noch nicht gesehen",
  whereAndWhen: (camera: string, ago: string) =>
    `${cameraWord(camera).charAt(0).toUpperCase()}${cameraWord(camera).slice(1)}, ${ago}`,
  countsShort: (f: number, looks: number) => `${faces(f)}, ${looksOf(looks)}`,
  hints: [
    [["/"], "suchen"],
    [["←", "→"], "bewegen"],
    [["Enter"], "öffnen"],
  ] as readonly (readonly [readonly string[], string])[],
  person: {
    back: "Personen",
    lastSeen: (camera: string, ago: string) => `Zuletzt gesehen ${lastSeen(ago)}, ${cameraWord(camera)}`,
    here: (camera: string) => `Jetzt hier: ${cameraWord(camera)}`,
    rename: "Umbenennen",
    renameLabel: (name: string) => `Neuer Name für ${name}`,
    save: "Speichern",
    merge: "Zusammenlegen mit …",
    mergeTitle: (name: string) => `Mit wem soll ${name} zusammengelegt werden?`,
    mergeLabel: "Name der anderen Person",
    facesWord: (n: number): string => (n === 1 ? "Gesicht" : "Gesichter"),
    looksWord: (_: number): string => "Aussehen",
    firstSeen: "zuerst gesehen",
    when: "Wann und wo",
    whenHint: (days: number) =>
      `Die letzten ${number(days)} Tage. Tippe auf einen Punkt, um nur diese Gesichter zu sehen.`,
    whenCell: (n: number, camera: string, day: string) => `${faces(n)}, ${camera}, ${day}`,
    whenNone: (days: number) => `Keine in den letzten ${number(days)} Tagen.`,
    faces: "Gesichter",
    facesHint: (name: string) =>
      `Die neuesten zuerst. Nimm heraus, was nicht ${name} ist; es geht zu den unbenannten zurück.`,
    allCameras: "Alle Kameras",
    noFaces: (name: string) =>
      `Von ${name} ist kein Gesicht aufbewahrt. Neue Gesichter werden weiter mit dem Gelernten verglichen.`,
    takeOut: "Herausnehmen",
    takenOut: (name: string) => `Ein Gesicht gehört nicht mehr zu ${name}`,
    renamed: (from: string, to: string) => `${from} heißt jetzt ${to}`,
    joined: (name: string) => `Sie sind jetzt eine Person: ${name}`,
    remove: (name: string) => `${name} löschen`,
    removeHint: (name: string) => `Auch Home Assistant vergisst ${name}.`,
    removeLegend: (n: number) => `Was mit ${n === 1 ? "dem Gesicht" : `den ${figure(n)} Gesichtern`} geschieht`,
    keep: "Die Gesichter behalten, ohne Namen",
    keepHint: "Sie warten wieder unter Entdecken. Kann rückgängig gemacht werden.",
    erase: "Die Gesichter und ihre Bilder vernichten",
    eraseHint: (n: number) =>
      `${n === 1 ? "Das eine" : `Alle ${number(n)}`}, für immer. Das kann nicht rückgängig gemacht werden.`,
    eraseTitle: (n: number, name: string) => `${faces(n)} von ${name} für immer vernichten?`,
    eraseText: "Die Gesichter, ihre Bilder und der Name werden gelöscht. Das kann nicht rückgängig gemacht werden.",
    eraseYes: "Für immer vernichten",
    removed: (name: string) => `${name} ist gelöscht, die Gesichter warten unter Entdecken`,
    erased: (name: string) => `${name} ist vernichtet`,
    exportFirst: "Erst exportieren",
    export: "Exportieren",
    gone: "Diese Person gibt es nicht mehr",
    goneHint: "Umbenannt, zusammengelegt oder gelöscht.",
    looksHint: (name: string, n: number) =>
      `Jede Gruppe, die du ${name} genannt hast, wurde ein Aussehen: bisher ${number(n)}. Ein neues Gesicht wird mit allen verglichen.`,
    hints: [
      [["←", "→"], "bewegen"],
      [["X"], "herausnehmen"],
      [["R"], "umbenennen"],
      [["Z"], "rückgängig"],
    ] as readonly (readonly [readonly string[], string])[],
  },
};
