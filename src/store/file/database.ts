import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { FacesError } from "../../domain/errors.ts";
import { openFile } from "./open-file.ts";
import { type Migration, migrate } from "./schema/migrations.ts";

/** "f2mq": distinguishes our file from any other SQLite file. */
const APPLICATION_ID = 0x66_32_6d_71;
/** A quarantined database: `<file>.corrupt.<time>`. */
export const CORRUPT = ".corrupt.";
/** Longest that a statement waits for another program that writes. */
export const BUSY_TIMEOUT_MS = 2_000;
const WAL_LIMIT_BYTES = 16 * 1024 * 1024;

/** The only connection that writes. It lives in the main thread, so that two writers never wait for each other. */
export interface Connection {
  readonly db: Database.Database;
  readonly file: string;
  /** A statement that answers the first column of its rows. */
  column<P extends unknown[], T>(sql: string): Database.Statement<P, T>;
  /** A statement whose text differs from call to call: each text is prepared once. */
  prepared<T>(sql: string): Database.Statement<unknown[], T>;
  /** One transaction, complete or absent. @throws `STORAGE_FULL` */
  write<T>(run: () => T): T;
}

export interface OpenedDatabase extends Connection {
  /** Why the file that was found was quarantined, as a sentence; null: it was not. */
  readonly problem: string | null;
}

/**
 * Opens `<folder>/faces2mqtt.db`, creating it where it is missing. A broken file is quarantined (never deleted) and
 * replaced by an empty one.
 * @throws {StartRefused} when the file was written by a newer version.
 */
export function openDatabase(folder: string, now: Date, migrations: readonly Migration[]): OpenedDatabase {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "faces2mqtt.db");
  let problem: string | null = null;
  if (!existsSync(file)) {
    // SQLite would replay a log without its database into the new one.
    if (existsSync(`${file}-wal`)) problem = quarantine(file, now, "it is missing, only its log is there");
  } else {
    const broken = findDamage(file);
    if (broken !== null) problem = quarantine(file, now, broken);
  }
  if (!existsSync(file)) createFile(file, migrations);
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
  const db = connect(file);
  try {
    migrate(db, file, now, migrations);
  } catch (error) {
    db.close();
    throw error;
  }
  const prepared = new Map<string, Database.Statement>();
  return {
    db,
    file,
    problem,
    prepared: <T>(sql: string) => {
      const statement = prepared.get(sql) ?? db.prepare(sql);
      prepared.set(sql, statement);
      return statement as Database.Statement<unknown[], T>;
    },
    column: <P extends unknown[], T>(sql: string) => db.prepare<P, T>(sql).pluck() as Database.Statement<P, T>,
    write: createWrite(db),
  };
}

/** Completed under another name first, so that a crash never leaves half a database. */
function createFile(file: string, migrations: readonly Migration[]): void {
  const unfinished = `${file}.new`;
  for (const one of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`]) rmSync(one, { force: true });
  closeSync(openSync(unfinished, "wx", 0o600));
  const db = openFile(unfinished);
  db.pragma("page_size = 16384");
  db.pragma(`application_id = ${APPLICATION_ID}`);
  migrate(db, unfinished, null, migrations);
  db.close();
  renameSync(unfinished, file);
}

function connect(file: string): Database.Database {
  const db = openFile(file, { timeout: BUSY_TIMEOUT_MS });
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("secure_delete = ON");
  db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
  db.pragma("trusted_schema = OFF");
  db.pragma("temp_store = MEMORY");
  db.pragma("cache_size = -16384");
  return db;
}

/** What is wrong with the file, or null. Flipped bits inside encodings are found when they are read. */
function findDamage(file: string): string | null {
  if (statSync(file).size === 0) return "it is empty";
  let db: Database.Database | null = null;
  try {
    db = openFile(file, { timeout: BUSY_TIMEOUT_MS });
    if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID) return "it is not a database of faces2mqtt";
    const answer = db.pragma("quick_check(1)", { simple: true });
    return answer === "ok" ? null : `SQLite says: ${String(answer)}`;
  } catch (error) {
    const code = errorCode(error);
    if (code !== "SQLITE_NOTADB" && !code.startsWith("SQLITE_CORRUPT")) throw error;
    return `SQLite says: ${(error as Error).message}`;
  } finally {
    db?.close();
  }
}

/** With its log, which SQLite would replay into the new database. */
function quarantine(file: string, now: Date, why: string): string {
  const suffix = `${CORRUPT}${now.toISOString().replaceAll(":", "-")}`;
  for (const part of ["", "-wal", "-shm"]) {
    if (existsSync(file + part)) renameSync(file + part, `${file}${suffix}${part}`);
  }
  return `the database could not be read (${why}) and was quarantined as ${file}${suffix}`;
}

function createWrite(db: Database.Database): Connection["write"] {
  const transaction = db.transaction((run: () => unknown) => run());
  return <T>(run: () => T): T => {
    try {
      return transaction.immediate(run) as T;
    } catch (error) {
      if (errorCode(error) !== "SQLITE_FULL") throw error;
      throw new FacesError("STORAGE_FULL", "the disk is full: nothing was stored", { cause: error });
    }
  };
}

/** The code of an error of SQLite; "" of any other. */
export function errorCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : "";
}
