import { createHmac } from "node:crypto";
import type { Clock } from "../../domain/clock.ts";
import { nameKey } from "../../domain/text/names.ts";
import type { Connection } from "../file/database.ts";
import type { Notes } from "../file/notes.ts";
import type { Store } from "../port.ts";

/** Names of erased people, as hashes with a salt of this data folder. */
export interface Erasures extends Pick<Store, "erasedAt"> {
  add(name: string): void;
  /** When a person is given the name again. */
  forget(name: string): void;
}

/** The hash that is kept of an erased name. */
export function hashName(salt: string, name: string): string {
  return createHmac("sha256", salt).update(nameKey(name)).digest("hex");
}

export function createErasures({ db, column }: Connection, notes: Notes, clock: Clock): Erasures {
  const salt = notes.get("erasure_salt");
  if (salt === null) throw new Error("the database has no salt for erased names");
  const hash = (name: string): string => hashName(salt, name);
  const add = db.prepare(
    "INSERT INTO erasures (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = excluded.at",
  );
  const drop = db.prepare("DELETE FROM erasures WHERE hash = ?");
  const at = column<[string], string>("SELECT at FROM erasures WHERE hash = ?");
  return {
    add: (name) => void add.run(hash(name), clock.now().toISOString()),
    forget: (name) => void drop.run(hash(name)),
    async erasedAt(name) {
      const found = at.get(hash(name));
      return found === undefined ? null : new Date(found);
    },
  };
}
