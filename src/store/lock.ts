import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { StartRefused } from "../domain/errors.ts";

export interface FolderLock {
  release(): void;
}

/**
 * Makes the data folder this process's own. The lock is the kernel's, held through a small database of its own: it is
 * gone with the process, however that ends.
 * @throws {StartRefused} while another process holds it.
 */
export function lockDataFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = join(folder, "faces2mqtt.lock");
  const db = new Database(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    db.pragma("journal_mode = DELETE");
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith("SQLITE_BUSY")) {
      throw new StartRefused(`another faces2mqtt is running on the data folder ${folder}`);
    }
    throw error;
  }
  return {
    release() {
      db.close();
    },
  };
}
