import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import { BUSY_TIMEOUT_MS, type Connection } from "./database.ts";
import { readStaleBytes } from "./free-space.ts";
import { BEFORE_MIGRATION } from "./migrations.ts";
import type { StoreLog } from "./store-log.ts";
import type { Traces } from "./traces.ts";

/** Tries to get the log to itself: somebody may be reading for a moment. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When somebody reads for long, such as a backup. */
const AGAIN_MS = 10_000;

/**
 * Makes sure that nothing of what was deleted is left in the files of the database. Without traces: of the last ones
 * again, after something else that told of them was overwritten.
 */
export type LeaveNoByte = (traces?: Traces) => Promise<void>;

/**
 * `secure_delete` overwrites what is deleted, in pages that reach the database file with the next checkpoint; the log
 * is emptied with it. SQLite leaves one thing: a page that was split keeps old bytes in its gap (seen in one of
 * thousands of deletions). Where something
 * of what was deleted is there the file is made anew. Copies from before a migration go.
 */
export function createLeaveNoByte({ db, file }: Connection, clock: Clock, log: StoreLog): LeaveNoByte {
  async function emptyLog(): Promise<boolean> {
    for (let tries = 0; tries < TRIES && db.open; tries++) {
      // SQLite's own waiting would hold up everybody.
      db.pragma("busy_timeout = 0");
      const [answer] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
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

  let last: Traces | undefined;

  async function isLeft(traces: Traces | undefined): Promise<boolean> {
    if (!traces) return false;
    for await (const stale of readStaleBytes(file)) if (traces.isIn(stale)) return true;
    return false;
  }

  async function wipe(traces: Traces | undefined): Promise<void> {
    if (!db.open) return;
    dropCopies();
    if (!(await emptyLog())) {
      log.warn({}, "another program reads the database: what was erased goes from its log when that has ended");
      clock.after(AGAIN_MS, () => {
        wipe(traces).catch((err: unknown) => log.error({ err }, "what was erased could not be taken out of the log"));
      });
      return;
    }
    if (!(await isLeft(traces))) return;
    log.info({}, "the database is made anew, so that no byte of what was erased is left");
    db.exec("VACUUM");
    await emptyLog();
    if (await isLeft(traces)) log.error({}, "bytes of what was erased may be left in the database");
  }

  return async (traces) => {
    const wanted = traces ?? last;
    // What was erased is not kept in memory for longer than it is looked for.
    last = traces;
    await wipe(wanted);
  };
}
