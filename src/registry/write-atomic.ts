import { randomBytes } from "node:crypto";
import { linkSync, renameSync } from "node:fs";
import { type FileHandle, open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes some of `bytes` from `offset` on, at the file's position, and answers how many were written. */
export type WriteSome = (handle: FileHandle, bytes: Uint8Array, offset: number) => Promise<number>;

const toDisk: WriteSome = async (handle, bytes, offset) =>
  (await handle.write(bytes, offset, bytes.length - offset)).bytesWritten;

export interface WriteOptions {
  /** Keep the file that is replaced under this path, where the file system has hard links. */
  readonly keepReplacedAs?: string;
  /** How bytes get onto the disk; for tests of full ones. */
  readonly writeSome?: WriteSome;
}

// Codes of file systems that cannot open or sync a folder; on those the rename is as durable as they make it.
const NO_FOLDER_SYNC = new Set(["EINVAL", "EPERM", "EACCES", "EISDIR", "ENOTSUP", "EBADF"]);
// Codes for no file to keep, and of file systems without hard links.
const NO_LINKS = new Set(["ENOENT", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Replaces a file by `text` (UTF-8, mode 0600) so that a crash at any instant leaves the old or the new one: a file
 * beside it, written to the last byte, synced, renamed over it, the folder synced. On any error (a full disk too) the old
 * file stays as it was and the error is thrown.
 *
 * Another program may save the file between our last read of it and the rename, and the rename would swallow that. So
 * with `keepReplacedAs` the file that is about to be replaced first gets a second name: what was saved, and what a program
 * that still has it open goes on writing, is found there afterwards. The two calls stand side by side without a wait, as
 * Node has no way to exchange two files in one; only a rename by another program within these few microseconds would go
 * unseen.
 */
export async function writeAtomic(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  const { keepReplacedAs: copy, writeSome = toDisk } = options;
  const temporary = `${path}.tmp.${randomBytes(6).toString("hex")}`;
  try {
    await writeWhole(temporary, Buffer.from(text, "utf8"), writeSome);
    if (copy !== undefined) linkIfThere(path, copy);
    renameSync(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (copy !== undefined) await rm(copy, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes what a crash left half-written beside `path`. */
export async function clearLeftovers(path: string): Promise<void> {
  // Version 0.1.0 kept replaced files as `.aside.`, nearly always its own text, which nothing distinguishes from an edit.
  const prefixes = [`${basename(path)}.tmp.`, `${basename(path)}.aside.`];
  for (const name of await readdir(dirname(path))) {
    if (prefixes.some((prefix) => name.startsWith(prefix))) await rm(join(dirname(path), name), { force: true });
  }
}

/** Makes renames and removals in a folder durable, where the file system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error))) throw error;
  }
}

async function writeWhole(path: string, bytes: Uint8Array, write: WriteSome): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    // One write may put down less than it was given (a nearly full disk) without an error.
    for (let offset = 0; offset < bytes.length; ) {
      const written = await write(handle, bytes, offset);
      if (written <= 0) throw new Error(`wrote only ${offset} of ${bytes.length} bytes of ${path}`);
      offset += written;
    }
    const { size } = await handle.stat();
    if (size !== bytes.length) throw new Error(`${path} has ${size} of ${bytes.length} bytes after writing`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function linkIfThere(path: string, copy: string): void {
  try {
    linkSync(path, copy);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
