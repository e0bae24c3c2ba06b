import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import type { Connection } from "./database.ts";
import { hasStaleBytes } from "./free-space.ts";
import { BEFORE_MIGRATION } from "./migrations.ts";
import type { StoreLog } from "./store-log.ts";

/** Tries to get the log to itself: somebody may be reading for a moment. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When somebody reads for long, such as a backup. */
const AGAIN_MS = 10_000;

/** Makes sure that nothing of what was deleted is left in the files of the database. */
export type LeaveNoByte = () => Promise<void>;

/**
 * `secure_delete` overwrites what is deleted, in pages that reach the database file with the next checkpoint; the log
 * is emptied with it. SQLite leaves one thing: a page that was split keeps old bytes in its gap (seen in one of
 * thousands of deletions). Where there are such bytes the file is made anew. Copies from before a migration go.
 */
export function createLeaveNoByte({ db, file }: Connection, clock: Clock, log: StoreLog): LeaveNoByte {
  async function emptyLog(): Promise<boolean> {
    for (let tries = 0; tries < TRIES && db.open; tries++) {
      const [answer] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      if (answer?.busy === 0) return true;
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

  async function leaveNoByte(): Promise<void> {
    if (!db.open) return;
    dropCopies();
    if (!(await emptyLog())) {
      log.warn({}, "another program reads the database: what was erased goes from its log when that has ended");
      clock.after(AGAIN_MS, () => {
        leaveNoByte().catch((err: unknown) => log.error({ err }, "what was erased could not be taken out of the log"));
      });
      return;
    }
    if (!(await hasStaleBytes(file))) return;
    log.info({}, "the database is made anew, so that no byte of what was erased is left");
    db.exec("VACUUM");
    await emptyLog();
    if (await hasStaleBytes(file)) log.error({}, "bytes of what was erased may be left in the database");
  }

  return leaveNoByte;
}
