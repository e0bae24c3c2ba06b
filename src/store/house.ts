import { statSync } from "node:fs";
import type { Settings } from "../domain/settings.ts";
import type { Db } from "./database.ts";
import type { Store } from "./port.ts";

type HouseMethods = Pick<
  Store,
  "settings" | "saveSettings" | "counts" | "rememberedRegistry" | "rememberRegistry" | "backup"
>;

/** Settings, figures, and the database as a whole. */
export function createHouse(db: Db): HouseMethods {
  const settings = db.prepare<[], { key: string; value: string }>("SELECT key, value FROM settings");
  const setSetting = db.prepare("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  const dropSetting = db.prepare("DELETE FROM settings WHERE key = ?");
  const getRegistry = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'registry'");
  const setRegistry = db.prepare(
    "INSERT INTO meta VALUES ('registry', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const counts = db.prepare<
    [],
    Record<"people" | "faces" | "assigned" | "ignored" | "clusters" | "thumbnails" | "encodings", number>
  >(`
    SELECT (SELECT count(*) FROM people) AS people,
      (SELECT count(*) FROM face_embeddings) AS faces,
      (SELECT count(*) FROM face_embeddings WHERE person IS NOT NULL) AS assigned,
      (SELECT count(*) FROM face_embeddings WHERE ignored IS NOT NULL) AS ignored,
      (SELECT count(*) FROM clusters WHERE ignored = 0) AS clusters,
      (SELECT count(*) FROM thumbnails) AS thumbnails,
      (SELECT count(*) FROM enrolled) AS encodings`);

  return {
    settings: async () =>
      Object.fromEntries(settings.all().map(({ key, value }) => [key, JSON.parse(value)])) as Partial<Settings>,
    saveSettings: async (changes) =>
      db
        .transaction(() => {
          for (const [key, value] of Object.entries(changes)) {
            if (value === undefined) dropSetting.run(key);
            else setSetting.run(key, JSON.stringify(value));
          }
        })
        .immediate(),

    async counts() {
      const row = counts.get() as NonNullable<ReturnType<typeof counts.get>>;
      const databaseBytes = statSync(db.name).size;
      return { ...row, unassigned: row.faces - row.assigned - row.ignored, databaseBytes };
    },

    rememberedRegistry: async () => getRegistry.get()?.value ?? null,
    rememberRegistry: async (text) => {
      setRegistry.run(text);
    },

    async backup(file) {
      // Few pages at a time: whoever waits for the event loop waits milliseconds.
      await db.backup(file, { progress: () => 50 });
    },
  };
}
