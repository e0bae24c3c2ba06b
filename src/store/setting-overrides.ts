import type { Settings } from "../domain/settings.ts";
import type { Connection } from "./file/database.ts";
import type { Store } from "./port.ts";

/** Settings that were changed while running, as JSON values by key: they override the configuration. */
export function createSettingOverrides({ db, write }: Connection): Pick<Store, "settings" | "saveSettings"> {
  const all = db.prepare<[], { key: string; value: string }>("SELECT key, value FROM settings");
  const put = db.prepare(
    "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const drop = db.prepare("DELETE FROM settings WHERE key = ?");
  const read = (): Partial<Settings> =>
    Object.fromEntries(all.all().map(({ key, value }) => [key, JSON.parse(value)])) as Partial<Settings>;
  return {
    settings: async () => read(),
    saveSettings: async (changes) =>
      write(() => {
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined) drop.run(key);
          else put.run(key, JSON.stringify(value));
        }
        return read();
      }),
  };
}
