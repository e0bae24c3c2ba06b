import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Clock } from "../../domain/clock.ts";
import type { Log } from "../../domain/log.ts";
import type { SourceDeps } from "../source.ts";
import { isWhole } from "./is-whole.ts";
import { readPictureFile } from "./read-picture-file.ts";
import { type WatchedFiles, watchFiles } from "./watch-files.ts";

/** A file is read when it has not changed for so long. */
const SETTLE_MS = 150;
/** One that has no end is taken as it is after this: some programs write more behind a picture. */
const PATIENT_MS = 3_000;
/** How often it is checked whether the folder is still there. */
const CHECK_MS = 5_000;
const PICTURE = /^[^.].*\.(jpe?g|png|webp)$/i;

export interface WatchedFolderDeps extends SourceDeps {
  /** `snapshots.folder` */
  readonly folder: string;
  readonly maxPictureBytes: number;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  readonly log: Pick<Log, "warn">;
}

/**
 * Takes the pictures that appear in `<folder>/<camera>/` while it watches, once they are completely written. What was there
 * before is not taken; no file is ever changed or deleted, no link followed.
 */
export interface WatchedFolder {
  /** A folder that is missing is a problem, and looked for again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A version of a file, and since when it has been so. */
interface Seen {
  readonly version: string;
  readonly sinceMs: number;
}

export function createWatchedFolder(deps: WatchedFolderDeps): WatchedFolder {
  const { folder, maxPictureBytes, take, report, clock, log } = deps;
  let watcher: WatchedFiles | null = null;
  /** Which folder is watched: another one may be mounted in its place. */
  let watched: string | null = null;
  let cancelCheck = (): void => undefined;
  let running = false;
  /** By path: how to give up a file that is being written. */
  const settling = new Map<string, () => void>();

  const fail = (reason: string): void =>
    report("folder", { ok: false, sentence: `pictures in ${folder} are not seen: ${reason}` });

  function onFile(path: string): void {
    const parts = relative(folder, path).split(sep);
    if (parts.length !== 2 || !PICTURE.test(basename(path)) || settling.has(path)) return;
    lookLater(path, null);
  }

  function lookLater(path: string, seen: Seen | null): void {
    settling.set(
      path,
      clock.after(SETTLE_MS, () => void look(path, seen).catch((error: unknown) => giveUp(path, error))),
    );
  }

  function giveUp(path: string, reason: unknown): void {
    settling.delete(path);
    log.warn({ file: path, reason: String(reason) }, "a picture in the watched folder could not be read");
  }

  async function look(path: string, seen: Seen | null): Promise<void> {
    const found = await lstat(path).catch(() => null);
    if (!found?.isFile() || !running) return void settling.delete(path);
    const version = `${found.size}-${found.mtimeMs}-${found.ino}`;
    if (seen?.version !== version) return lookLater(path, { version, sinceMs: clock.monotonicMs() });
    const camera = basename(dirname(path));
    const file = await readPictureFile(path, join(await realpath(folder), camera), maxPictureBytes);
    if (file === "missing" || !running) return void settling.delete(path);
    if (file === "refused") return giveUp(path, "it is a link, or too large");
    if (!isWhole(file.bytes) && clock.monotonicMs() - seen.sinceMs < PATIENT_MS) return lookLater(path, seen);
    settling.delete(path);
    // When it was written, however old: a picture that was copied here must not pass for one of now.
    const capturedAt = file.writtenAt;
    const event = { eventId: null, zones: [], subLabel: null };
    take({ camera, picture: file.bytes, capturedAt, history: false, ...event }, "newest");
  }

  function close(): void {
    watcher?.close();
    [watcher, watched] = [null, null];
  }

  function onError(error: unknown): void {
    close();
    fail(String(error));
  }

  async function check(): Promise<void> {
    try {
      const found = await stat(folder);
      if (!found.isDirectory()) throw new Error("it is no folder");
      const id = `${found.dev}-${found.ino}`;
      if (id === watched) return;
      close();
      watcher = await watchFiles(folder, onFile, onError);
      // It may have been stopped meanwhile.
      if (!running) return close();
      watched = id;
      report("folder", { ok: true, sentence: `pictures that appear in ${folder}/<camera>/ are taken` });
    } catch (error) {
      close();
      const { code, message } = error as NodeJS.ErrnoException;
      fail(code === "ENOENT" ? "there is no such folder" : message);
    }
  }

  function schedule(): void {
    if (running) cancelCheck = clock.after(CHECK_MS, () => void check().then(schedule));
  }

  return {
    async start() {
      running = true;
      await check();
      schedule();
    },

    async stop() {
      running = false;
      cancelCheck();
      for (const cancel of settling.values()) cancel();
      settling.clear();
      close();
    },
  };
}
