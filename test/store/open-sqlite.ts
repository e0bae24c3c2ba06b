import { join } from "node:path";
import type Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openFile } from "../../src/store/file/open-file.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { OpenStore } from "./scene.ts";

/** The SQLite store, closed when the test is over. */
export const openSqlite: OpenStore = async (folder, clock) => {
  const store = await openStore({ folder, clock });
  onTestFinished(() => store.close());
  return store;
};

/** A second look at the database, past the store. */
export function lookInto<T>(folder: string, look: (db: Database.Database) => T): T {
  const db = openFile(join(folder, "faces2mqtt.db"));
  try {
    return look(db);
  } finally {
    db.close();
  }
}
