import type { Connection } from "./file/database.ts";
import type { Notes } from "./file/notes.ts";
import type { Store } from "./port.ts";

/** Whose past was taken as pictures: it is taken once. */
export function createTakenPast({ write }: Connection, notes: Notes): Pick<Store, "takenPast" | "saveTakenPast"> {
  return {
    takenPast: async () => notes.get("taken_past"),
    saveTakenPast: async (source) => write(() => notes.set("taken_past", source)),
  };
}
