import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../../domain/clock.ts";
import type { Log } from "../../domain/log.ts";
import { BEFORE_RESTORE, RESTORING } from "./copy.ts";
import { BUSY_TIMEOUT_MS, CORRUPT, type Connection } from "./database.ts";
import { openFreeSpace } from "./free-space.ts";
import { BEFORE_MIGRATION } from "./migrations.ts";
import type { Notes } from "./notes.ts";

/** Tries to get the log to itself: somebody may be reading for a moment. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When somebody reads for long, such as a backup. */
const AGAIN_MS = 10_000;
/** Pages cleared before others get a turn: a few milliseconds. */
const PAGES_AT_ONCE = 64;

/** Why rows were deleted: by retention, or since somebody wants to be gone. */
export type Deletion = "purge" | "erasure";

/** Makes sure that nothing of what was deleted is left in the files of the database. */
export interface Scrub {
  /** Inside the transaction that deletes: it is owed until it is done, by this process or the next. */
  request(deletion: Deletion): void;
  /**
   * Resolves when it is done; while another program reads the database, when it has been put off. After an erasure it
   * stays owed: until the registry file is written, what is remembered of that may still be noted.
   */
  run(): Promise<void>;
  /** The same for what is owed, and then it is not any more. */
  finish(): Promise<void>;
  /** After the connection was closed. */
  close(): void;
}

/**
 * `secure_delete` overwrites what is deleted, in pages that reach the database file with the next checkpoint; the log
 * is emptied with it, and the free space inside the pages is cleared. Copies from before a migration go; with an
 * erasure also what was set aside of a damaged database, or before a restoring: older data, with everybody in it.
 */
export function createScrub({ db, file, write }: Connection, notes: Notes, clock: Clock, log: Log): Scrub {
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

  function dropCopies(deletion: string | null): void {
    const own = basename(file);
    const prefixes = [own + BEFORE_MIGRATION];
    if (deletion === "erasure") prefixes.push(own + CORRUPT, BEFORE_RESTORE, RESTORING);
    for (const name of readdirSync(dirname(file))) {
      if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
      rmSync(join(dirname(file), name), { force: true, recursive: true });
      log.info({ copy: name }, "an older copy of the data went with what was erased");
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

  async function run(isLast: (deletion: string) => boolean): Promise<void> {
    if (!db.open) return;
    const before = owed;
    const deletion = notes.get("bytes_left");
    dropCopies(deletion);
    if (await clearAll()) {
      // Not when more was deleted meanwhile.
      if (owed === before && deletion !== null && isLast(deletion)) write(() => notes.set("bytes_left", null));
      return;
    }
    if (!db.open) return;
    log.warn({}, "another program reads the database: what was erased goes from its files when that has ended");
    clock.after(AGAIN_MS, () => {
      settle().catch((err: unknown) => log.error({ err }, "what was erased could not be taken out of the files"));
    });
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  const isOwed = (): boolean => db.open && notes.get("bytes_left") !== null;

  const settle = (): Promise<void> =>
    inTurn(async () => {
      if (isOwed()) await run(() => true);
    });

  return {
    request(deletion) {
      owed++;
      if (deletion === "erasure" || !isOwed()) notes.set("bytes_left", deletion);
    },
    run: () => inTurn(() => run((deletion) => deletion === "purge")),
    finish: settle,
    close: () => freeSpace.close(),
  };
}
