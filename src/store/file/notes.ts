import type { Connection } from "./database.ts";

/** Single texts that the store keeps about itself, by key. */
export interface Notes {
  get(key: NoteKey): string | null;
  /** null deletes it. Inside the caller's transaction. */
  set(key: NoteKey, value: string | null): void;
}

export type NoteKey =
  | "instance"
  | "dimension"
  | "dimensions"
  | "scales"
  | "erasure_salt"
  | "registry_digests"
  | "remembered_registry"
  | "nothing_to_undo"
  | "bytes_left"
  | "purge_hold_ms"
  | "places"
  | "taken_past"
  | "thinned_total"
  | "thinned_last_run";

export function createNotes({ db, column }: Connection): Notes {
  const get = column<[string], string>("SELECT value FROM notes WHERE key = ?");
  const put = db.prepare(
    "INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const drop = db.prepare("DELETE FROM notes WHERE key = ?");
  return {
    get: (key) => get.get(key) ?? null,
    set: (key, value) => void (value === null ? drop.run(key) : put.run(key, value)),
  };
}
