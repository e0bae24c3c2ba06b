import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { StartRefused } from "../../../domain/errors.ts";
import { fillChangeKeys } from "../../undo/fill-keys.ts";
import { fillVariances } from "../variances.ts";
import { SCHEMA_1 } from "./schema.ts";
import { makeCounterExamples, SCHEMA_2 } from "./schema-2.ts";

/** Brings the database from one version to the next. */
export type Migration = (db: Database) => void;

/** One per version, in order. A released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  (db) => {
    db.exec(SCHEMA_1);
    const note = db.prepare("INSERT INTO notes (key, value) VALUES (?, ?)");
    note.run("instance", randomBytes(4).toString("hex"));
    note.run("erasure_salt", randomBytes(32).toString("hex"));
  },
  (db) => {
    db.exec(SCHEMA_2);
    makeCounterExamples(db);
    fillVariances(db);
    fillChangeKeys(db);
  },
];

/** Copies of the file from before a migration: `<file>.before-v<version>.<time>`. */
export const BEFORE_MIGRATION = ".before-v";

/**
 * Runs the missing migrations, each in a transaction of its own. A file that has data is copied first.
 * @param now null: a new file, nothing to copy
 * @throws {StartRefused} when the schema is newer than this program.
 */
export function migrate(db: Database, file: string, now: Date | null, migrations: readonly Migration[]): void {
  const version = db.pragma("user_version", { simple: true }) as number;
  if (version > migrations.length) {
    throw new StartRefused(
      `${file} was written by a newer version of faces2mqtt (schema ${version}, this one knows ${migrations.length})`,
    );
  }
  if (version === migrations.length) return;
  if (now !== null) copyBefore(db, `${file}${BEFORE_MIGRATION}${migrations.length}.${toFileTime(now)}`);
  for (const [index, run] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      run(db);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
  // Altered tables leave their former definitions in free space, which in a new file has nothing.
  if (now === null) db.exec("VACUUM");
}

function copyBefore(db: Database, copy: string): void {
  // Created before SQLite opens it, so that no other user can read it at any time.
  closeSync(openSync(copy, "wx", 0o600));
  db.prepare("VACUUM INTO ?").run(copy);
}

function toFileTime(date: Date): string {
  return date.toISOString().replaceAll(":", "-");
}
