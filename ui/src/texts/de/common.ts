import { distance, faces, figure, list } from "./words.ts";

/** Wörter, die jede Seite braucht. */
export const common = {
  faces,
  figure,
  distance,
  list,
  pages: "Seiten",
  tab: { unknown: "Unbekannte", people: "Personen", activity: "Verlauf", status: "Status" },
  waiting: (n: number) => `${figure(n)} ${n === 1 ? "Gruppe wartet" : "Gruppen warten"} auf einen Namen`,
  loading: "Wird geladen …",
  cancel: "Abbrechen",
  close: "Schließen",
  tryAgain: "Noch einmal",
  undo: "Rückgängig",
  redo: "Wiederholen",
  undone: (what: string) => `Rückgängig gemacht: ${what}`,
  // Der Satz des Dienstes ist englisch; was geschah, sagt die Art der Änderung.
  offline: (time: string, seconds: number): string =>
    `Dies ist der Stand von ${time}. ${seconds > 0 ? `Neuer Versuch in ${seconds} ${seconds === 1 ? "Sekunde" : "Sekunden"}.` : "Neuer Versuch läuft."}`,
  offlineTitle: "Nicht verbunden.",
  tryNow: "Jetzt versuchen",
  login: {
    title: "Bei faces2mqtt anmelden",
    before: "Gib das Token aus ",
    after: " der Konfiguration ein. Dieser Browser merkt es sich.",
    label: "Token",
    open: "Anmelden",
    wrong: "Falsches Token. Steht am Ende ein Leerzeichen?",
    tooMany: "Zu viele Versuche. Warte eine Minute und versuche es dann noch einmal.",
  },
  failed: {
    title: "Das hat nicht geklappt.",
    OFFLINE: "Es gibt keine Verbindung. Nichts wurde geändert.",
    CLUSTER_CHANGED: "Die Gruppe hat sich inzwischen geändert. Nichts wurde zugeordnet.",
    CLUSTER_NOT_FOUND: "Die Gruppe gibt es nicht mehr: benannt, ignoriert, oder ihre Gesichter wurden gelöscht.",
    PERSON_NOT_FOUND: "Diese Person gibt es nicht mehr: umbenannt, zusammengelegt oder gelöscht.",
    FACE_NOT_FOUND: "Dieses Gesicht gibt es nicht mehr.",
    FACE_NOT_ASSIGNED: "Dieses Gesicht hat keinen Namen mehr.",
    SAME_FRAME:
      "Zwei dieser Gesichter sind auf einem Bild, also können sie nicht eine Person sein. Nimm eines von ihnen heraus.",
    INVALID_NAME: "Dieser Name geht nicht. Ein Name hat 1 bis 64 Zeichen, ohne Zeilenumbrüche.",
    EMPTY_SELECTION: "Kein Gesicht ist übrig. Lege erst eines zurück.",
    PERSON_EXISTS: "So heißt schon jemand.",
    UNAUTHORIZED: "Du bist abgemeldet. Melde dich an und versuche es dann noch einmal.",
    FORBIDDEN: "Das ist von hier aus nicht erlaubt.",
    TOO_MANY_REQUESTS: "Zu viele Anfragen auf einmal. Warte kurz und versuche es dann noch einmal.",
    BROKER_UNREACHABLE: "Es gibt keine Verbindung zum Broker.",
    TEST_FACE_LOST:
      "Der Broker hat es genommen und innerhalb von fünf Sekunden nicht zurückgebracht. Darf faces2mqtt seine Topics abonnieren?",
    STORAGE_FULL: "Der Speicher ist voll. Nichts wurde geändert. Schaffe Platz und versuche es dann noch einmal.",
    other: (detail: string) => `Nichts wurde geändert. Grund: ${detail || "unbekannt"}`,
  },
  crashed: "Diese Seite konnte nicht gezeigt werden.",
};
