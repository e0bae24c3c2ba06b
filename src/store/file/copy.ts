import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { hashName } from "../people/erasures.ts";
import { findWrongDimension } from "./dimension.ts";
import { openFile } from "./open-file.ts";
import { MIGRATIONS } from "./schema/migrations.ts";

/** The database in a data folder. */
export const DATABASE_FILE = "faces2mqtt.db";

/** Prefixes of folders in a data folder: the content before a restore, and a restore that is under way. */
export const BEFORE_RESTORE = "before-restore-";
export const RESTORING = ".restoring-";

/** A person in a database who was erased according to a newer one. */
export interface ErasedPerson {
  readonly personId: string;
  readonly name: string;
  readonly erasedAt: Date;
}

/** Whether a data folder has a database. */
export function hasDatabase(folder: string): boolean {
  return existsSync(join(folder, DATABASE_FILE));
}

/**
 * A consistent copy of a data folder's database in a new file, made in one read transaction: a daemon can write meanwhile,
 * and the copy has nothing of what was deleted. Answers the instance whose data it is.
 */
export function copyDatabase(folder: string, file: string): { readonly instance: string } {
  const db = openFile(join(folder, DATABASE_FILE), { readonly: true, fileMustExist: true });
  try {
    db.pragma("busy_timeout = 5000");
    db.prepare("VACUUM INTO ?").run(file);
    chmodSync(file, 0o600);
  } finally {
    db.close();
  }
  const copy = openFile(file, { readonly: true });
  try {
    return { instance: readNote(copy, "instance") ?? "" };
  } finally {
    copy.close();
  }
}

/** What is wrong with a database file, as a sentence; null: it is intact, and this version can read it. */
export function findDatabaseProblem(file: string): string | null {
  try {
    const db = openFile(file, { readonly: true, fileMustExist: true });
    try {
      const problem = db.pragma("integrity_check(1)", { simple: true });
      if (problem !== "ok") return `the database is damaged: ${problem}`;
      const schema = db.pragma("user_version", { simple: true }) as number;
      if (schema === 0 || readNote(db, "instance") === null) return "it is not a faces2mqtt database";
      if (schema <= MIGRATIONS.length) return findWrongDimension(db);
      return `the database has schema ${schema}, this version of faces2mqtt knows ${MIGRATIONS.length}: install a newer one`;
    } finally {
      db.close();
    }
  } catch (error) {
    return `the database cannot be read: ${(error as Error).message}`;
  }
}

/**
 * People of the database in `folder` who were erased after `since` according to the database in `newer` (it keeps keyed
 * hashes, which cannot be compared between instances: then the answer is empty). Both are intact.
 */
export function findErased(folder: string, newer: string, since: Date): ErasedPerson[] {
  const records = openFile(join(newer, DATABASE_FILE), { readonly: true });
  const db = openFile(join(folder, DATABASE_FILE), { readonly: true });
  try {
    const salt = readNote(records, "erasure_salt");
    if (salt === null || readNote(db, "erasure_salt") !== salt) return [];
    const erasedAt = records.prepare<[string], { at: string }>("SELECT at FROM erasures WHERE hash = ?");
    const people = db.prepare<[], { person_id: string; name: string }>("SELECT person_id, name FROM people").all();
    return people.flatMap(({ person_id: personId, name }) => {
      const at = erasedAt.get(hashName(salt, name))?.at;
      return at !== undefined && new Date(at) > since ? [{ personId, name, erasedAt: new Date(at) }] : [];
    });
  } finally {
    db.close();
    records.close();
  }
}

/** Adds the erasures in the database of `from` to that of `to`, unless they are of two instances. Both are intact. */
export function carryErasures(from: string, to: string): void {
  const db = openFile(join(to, DATABASE_FILE));
  try {
    db.prepare("ATTACH ? AS old").run(join(from, DATABASE_FILE));
    db.exec(`
      INSERT INTO main.erasures SELECT hash, at FROM old.erasures
        WHERE (SELECT value FROM old.notes WHERE key = 'erasure_salt') = (SELECT value FROM main.notes WHERE key = 'erasure_salt')
        ON CONFLICT DO UPDATE SET at = max(at, excluded.at)`);
  } finally {
    db.close();
  }
}

function readNote(db: Database.Database, key: string): string | null {
  return db.prepare<[string], { value: string }>("SELECT value FROM notes WHERE key = ?").get(key)?.value ?? null;
}
