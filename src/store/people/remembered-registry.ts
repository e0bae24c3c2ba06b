import { nameKey } from "../../domain/names.ts";
import type { Person } from "../../domain/person.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { Store } from "../port.ts";

/** The text that was last written to the registry file. */
export interface RememberedRegistry extends Pick<Store, "rememberedRegistry" | "rememberRegistry"> {
  /** Takes an erased person out of the text; a text that cannot be read is forgotten. */
  leaveOut(person: Person): void;
}

export function createRememberedRegistry({ write }: Connection, notes: Notes): RememberedRegistry {
  return {
    rememberedRegistry: async () => notes.get("remembered_registry"),
    rememberRegistry: async (text) => write(() => notes.set("remembered_registry", text)),
    leaveOut(person) {
      const text = notes.get("remembered_registry");
      if (text !== null) notes.set("remembered_registry", without(text, person));
    },
  };
}

/** The registry wraps the file's text in more JSON; wherever people are listed, the person goes. */
function without(text: string, person: Person): string | null {
  try {
    const content = JSON.parse(text) as Record<string, unknown>;
    const entries = Object.entries(content).map(([key, value]) => {
      if (key === "people") return [key, others(value as Record<string, { id?: unknown } | null>, person)];
      return [key, typeof value === "string" ? without(value, person) : value];
    });
    return JSON.stringify(Object.fromEntries(entries));
  } catch {
    return null;
  }
}

function others(people: Record<string, { id?: unknown } | null>, { personId, name }: Person): object {
  return Object.fromEntries(
    Object.entries(people).filter(([key, entry]) => nameKey(key) !== nameKey(name) && entry?.id !== personId),
  );
}
