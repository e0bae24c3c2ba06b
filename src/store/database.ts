import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { StartRefused } from "../domain/errors.ts";
import { MIGRATIONS } from "./migrations.ts";

export type Db = Database.Database;

export const DATABASE_FILE = "faces2mqtt.db";

/**
 * Opens the database of a data folder, made or migrated to the newest schema.
 * Durable: a commit is on disk before it returns (`synchronous=FULL`); deleted content is overwritten (`secure_delete`).
 * @throws {StartRefused} when a newer version of faces2mqtt wrote it.
 */
export function openDatabase(folder: string): Db {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, DATABASE_FILE);
  const isNew = !existsSync(file);
  const db = new Database(file);
  chmodSync(file, 0o600);
  if (isNew) db.pragma("page_size = 16384");
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("secure_delete = ON");
  db.pragma("busy_timeout = 2000");
  db.pragma("journal_size_limit = 16777216");
  db.pragma("trusted_schema = OFF");
  migrate(db);
  for (const suffix of ["-wal", "-shm"]) if (existsSync(file + suffix)) chmodSync(file + suffix, 0o600);
  return db;
}

function migrate(db: Db): void {
  const version = db.pragma("user_version", { simple: true }) as number;
  if (version > MIGRATIONS.length) {
    throw new StartRefused(
      `the database has schema ${version}, this version of faces2mqtt knows ${MIGRATIONS.length}: install a newer one`,
    );
  }
  db.transaction(() => {
    for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

/** Leaves no byte of what was deleted: the log is written back and cut to nothing. */
export function wipeLog(db: Db): void {
  db.pragma("wal_checkpoint(TRUNCATE)");
}
