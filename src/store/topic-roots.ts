import type { Connection } from "./file/database.ts";
import type { Notes } from "./file/notes.ts";

/** Where on the broker retained messages stand. */
export interface Place {
  readonly baseTopic: string;
  readonly discoveryPrefix: string;
}

export interface Places {
  /** Retained messages are told here from now on; answers where they were told before, the latest first. */
  tellAt(place: Place): Promise<readonly Place[]>;
}

/** Nobody moves that often; who does need not be followed for ever. */
const MOST = 8;

export function createPlaces({ write }: Connection, notes: Notes): Places {
  return {
    tellAt: async (place) =>
      write(() => {
        const known = JSON.parse(notes.get("places") ?? "[]") as Place[];
        const before = known.filter((one) => !isSame(one, place)).slice(0, MOST);
        notes.set("places", JSON.stringify([place, ...before]));
        return before;
      }),
  };
}

const isSame = (a: Place, b: Place): boolean => a.baseTopic === b.baseTopic && a.discoveryPrefix === b.discoveryPrefix;
