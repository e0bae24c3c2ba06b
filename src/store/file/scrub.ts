import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import type { Clock } from "../../domain/clock.ts";
import type { Log } from "../../domain/log.ts";
import { BEFORE_RESTORE, RESTORING } from "./copy.ts";
import { BUSY_TIMEOUT_MS, CORRUPT, type Connection, errorCode } from "./database.ts";
import type { Notes } from "./notes.ts";
import { openPageGaps } from "./page-gaps.ts";
import { BEFORE_MIGRATION } from "./schema/migrations.ts";

/** Attempts while another program uses the database for a moment. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When it uses it for longer, as a backup does. */
const AGAIN_MS = 10_000;
/** Pages cleared at a time, which holds the event loop for a few milliseconds. */
const PAGES_AT_ONCE = 64;

/** Why rows were deleted: by retention, or because a person is to be erased. */
export type Deletion = "purge" | "erasure";

/** Leaves no byte of deleted rows in the files of the database. */
export interface Scrub {
  /** Inside the transaction that deletes: the scrub stays pending until it is done, by this process or the next. */
  request(deletion: Deletion): void;
  /**
   * Resolves when it is done, or postponed since another program uses the database. After an erasure it stays pending:
   * what is remembered of the registry file may hold the person until that is written again.
   */
  run(): Promise<void>;
  /** The same, and nothing stays pending when it is done. */
  finish(): Promise<void>;
  /** After the connection was closed. */
  close(): void;
}

/**
 * `secure_delete` overwrites deleted rows, in pages that reach the database file with the next checkpoint; that also
 * empties the log. What is left is copies of rows in the free space of pages that SQLite split or joined: it is cleared
 * in place. VACUUM leaves none either, but blocks the process and every other writer for all of its time: 0.8 s for
 * 110 MB where this blocks for tens of milliseconds at most, and seconds on larger files or slower disks.
 * Copies from before a migration are deleted too; after an erasure also quarantined databases and data from before a
 * restore, which are older and hold everyone.
 */
export function createScrub({ db, file, write }: Connection, notes: Notes, clock: Clock, log: Log): Scrub {
  const freeSpace = openPageGaps(file);
  const queue = new PQueue({ concurrency: 1 });
  let requests = 0;

  const pending = (): Deletion | null => (db.open ? (notes.get("bytes_left") as Deletion | null) : null);

  const emptyLog = (): boolean => {
    const [answer] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    return answer?.busy === 0;
  };

  /**
   * Under SQLite's write lock, so that no other program writes a page between our reading and writing it. False when one
   * did since the log was emptied: the page that counts is then in the log.
   */
  const clear = (pages: readonly number[]): boolean =>
    write(() => {
      if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
      freeSpace.clear(pages);
      // Our pages in memory are dropped here; those of other programs when they see that there was a commit.
      db.pragma("shrink_memory");
      notes.set("bytes_left", pending());
      return true;
    });

  /** Tries until it succeeds; false when another program does not let go of the database. */
  async function retry(attempt: () => boolean): Promise<boolean> {
    for (let tries = 0; tries < TRIES && db.open; tries++) {
      if (tries > 0) await sleep(PAUSE_MS);
      if (db.open && withoutWaiting(attempt)) return true;
    }
    return false;
  }

  /** SQLite's own waiting would hold up the event loop. */
  function withoutWaiting(attempt: () => boolean): boolean {
    db.pragma("busy_timeout = 0");
    try {
      return attempt();
    } catch (error) {
      if (!errorCode(error).startsWith("SQLITE_BUSY")) throw error;
      return false;
    } finally {
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  async function clearAll(): Promise<boolean> {
    if (!(await retry(emptyLog))) return false;
    const dirty = await freeSpace.findDirty();
    for (let start = 0; start < dirty.length; start += PAGES_AT_ONCE) {
      const pages = dirty.slice(start, start + PAGES_AT_ONCE);
      if (!(await retry(() => emptyLog() && clear(pages)))) return false;
      await new Promise(setImmediate);
    }
    return true;
  }

  function dropCopies(deletion: Deletion): void {
    const own = basename(file);
    const prefixes = [own + BEFORE_MIGRATION];
    if (deletion === "erasure") prefixes.push(own + CORRUPT, BEFORE_RESTORE, RESTORING);
    for (const name of readdirSync(dirname(file))) {
      if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
      rmSync(join(dirname(file), name), { force: true, recursive: true });
      log.info({ copy: name }, "an older copy of the data was deleted with what was erased");
    }
  }

  async function scrub(isLast: (deletion: Deletion) => boolean): Promise<void> {
    const deletion = pending();
    if (deletion === null) return;
    const before = requests;
    dropCopies(deletion);
    if (await clearAll()) {
      // It stays pending when more was deleted meanwhile.
      if (requests === before && isLast(deletion)) write(() => notes.set("bytes_left", null));
      return;
    }
    if (!db.open) return;
    log.warn({}, "another program uses the database: what was erased is scrubbed from its files when that has ended");
    clock.after(AGAIN_MS, () => {
      finish().catch((err: unknown) => log.error({ err }, "what was erased could not be scrubbed from the files"));
    });
  }

  const finish = (): Promise<void> => queue.add(() => scrub(() => true));

  return {
    request(deletion) {
      requests++;
      if (deletion === "erasure" || pending() === null) notes.set("bytes_left", deletion);
    },
    run: () => queue.add(() => scrub((deletion) => deletion === "purge")),
    finish,
    close: () => freeSpace.close(),
  };
}
