import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import { BUSY_TIMEOUT_MS, type Connection } from "./database.ts";
import { openFreeSpace } from "./free-space.ts";
import { BEFORE_MIGRATION } from "./migrations.ts";
import type { Notes } from "./notes.ts";
import type { StoreLog } from "./store-log.ts";

/** Tries to get the log to itself: somebody may be reading for a moment. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When somebody reads for long, such as a backup. */
const AGAIN_MS = 10_000;
/** Pages cleared before others get a turn: a few milliseconds. */
const PAGES_AT_ONCE = 64;

/** Makes sure that nothing of what was deleted is left in the files of the database. */
export interface LeaveNoByte {
  /** Inside the transaction that deletes: should the process end before `wipe` has, the next one does it. */
  owe(): void;
  /** Resolves when it is done; while another program reads the database, when it has been put off. */
  wipe(): Promise<void>;
  /** Whether a process that ended left something to wipe. */
  isOwed(): boolean;
  /** After the connection was closed. */
  close(): void;
}

/**
 * `secure_delete` overwrites what is deleted, in pages that reach the database file with the next checkpoint; the log
 * is emptied with it, and the free space inside the pages is cleared. Copies from before a migration go.
 */
export function createLeaveNoByte(
  { db, file, write }: Connection,
  notes: Notes,
  clock: Clock,
  log: StoreLog,
): LeaveNoByte {
  const freeSpace = openFreeSpace(file);
  let last: Promise<void> = Promise.resolve();
  let owed = 0;

  function isLogEmptied(): boolean {
    // SQLite's own waiting would hold up everybody.
    db.pragma("busy_timeout = 0");
    const [answer] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return answer?.busy === 0;
  }

  /** @param then Runs at once when the log is empty. Answers false when it never was. */
  async function withEmptyLog(then: () => void): Promise<boolean> {
    for (let tries = 0; tries < TRIES && db.open; tries++) {
      if (isLogEmptied()) {
        then();
        return true;
      }
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    return false;
  }

  function dropCopies(): void {
    const prefix = basename(file) + BEFORE_MIGRATION;
    for (const name of readdirSync(dirname(file))) {
      if (!name.startsWith(prefix)) continue;
      rmSync(join(dirname(file), name), { force: true });
      log.info({ file: name }, "the copy from before an update went with what was erased");
    }
  }

  /** False when another program did not stop reading. */
  async function clearAll(): Promise<boolean> {
    if (!(await withEmptyLog(() => undefined))) return false;
    const dirty = await freeSpace.findDirty();
    for (let start = 0; start < dirty.length; start += PAGES_AT_ONCE) {
      const pages = dirty.slice(start, start + PAGES_AT_ONCE);
      const cleared = await withEmptyLog(() => {
        freeSpace.clear(pages);
        db.pragma("shrink_memory");
      });
      if (!cleared) return false;
      await new Promise(setImmediate);
    }
    return true;
  }

  async function run(): Promise<void> {
    if (!db.open) return;
    const before = owed;
    dropCopies();
    if (await clearAll()) {
      // Not when more was deleted meanwhile.
      if (owed === before) write(() => notes.set("bytes_left", null));
      return;
    }
    if (!db.open) return;
    log.warn({}, "another program reads the database: what was erased goes from its files when that has ended");
    clock.after(AGAIN_MS, () => {
      wipe().catch((err: unknown) => log.error({ err }, "what was erased could not be taken out of the files"));
    });
  }

  function wipe(): Promise<void> {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    owe() {
      owed++;
      notes.set("bytes_left", "yes");
    },
    wipe,
    isOwed: () => notes.get("bytes_left") !== null,
    close: () => freeSpace.close(),
  };
}
