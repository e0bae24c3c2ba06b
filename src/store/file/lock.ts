import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { StartRefused } from "../../domain/errors.ts";
import { openFile } from "./open-file.ts";

/** Held until it is released, or the process ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Makes this process the only daemon on a data folder. The lock is the kernel's, on `faces2mqtt.lock`, and ends with the
 * process in whatever way; the file stays. No other code in this process may open and close that file: POSIX drops a
 * process's locks on a file when it closes any descriptor of it.
 * @throws {StartRefused} when another daemon holds it.
 */
export function lockDataFolder(folder: string): FolderLock {
  makeFolder(folder);
  const file = join(folder, "faces2mqtt.lock");
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const db = openFile(file, { timeout: 0 });
  try {
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new StartRefused(`another faces2mqtt is running on ${folder}`, { cause: error });
    }
    throw error;
  }
  return {
    release: () => db.close(),
  };
}

/** Private, if the folder is new or empty. One that has content may have other users. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } else if (readdirSync(folder).length === 0) {
    try {
      chmodSync(folder, 0o700);
    } catch {
      // Not ours, such as the root of a mounted volume: its owner decides. The files are 0600 all the same.
    }
  }
}
