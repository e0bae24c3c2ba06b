import type { Connection } from "./database.ts";

/** Single texts the store keeps about itself. */
export interface Notes {
  get(key: NoteKey): string | null;
  /** null forgets it. Inside a transaction of the caller. */
  set(key: NoteKey, value: string | null): void;
}

export type NoteKey =
  | "instance"
  | "dimension"
  | "erasure_salt"
  | "remembered_registry"
  | "nothing_to_undo"
  | "bytes_left"
  | "purge_hold_ms"
  | "places";

export function createNotes({ db }: Connection): Notes {
  const get = db.prepare<[string], string>("SELECT value FROM notes WHERE key = ?").pluck();
  const put = db.prepare(
    "INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const drop = db.prepare("DELETE FROM notes WHERE key = ?");
  return {
    get: (key) => get.get(key) ?? null,
    set: (key, value) => void (value === null ? drop.run(key) : put.run(key, value)),
  };
}
