import { randomBytes } from "node:crypto";
import { linkSync, renameSync } from "node:fs";
import { type FileHandle, open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes some of `bytes` from `offset` on, at the file's position, and answers how many went. */
export type WriteSome = (handle: FileHandle, bytes: Uint8Array, offset: number) => Promise<number>;

const toDisk: WriteSome = async (handle, bytes, offset) =>
  (await handle.write(bytes, offset, bytes.length - offset)).bytesWritten;

export interface WriteOptions {
  /** Keep the file that stood there under a name of its own beside the new one. */
  readonly keepReplaced?: boolean;
  /** How bytes get onto the disk; for tests of full ones. */
  readonly writeSome?: WriteSome;
}

export interface Replaced {
  /** The kept file, for the caller to read and remove; null: there was none, or it was not wanted. */
  readonly aside: string | null;
}

// Codes of file systems that cannot open or sync a folder; on those the rename is as durable as they make it.
const NO_FOLDER_SYNC = new Set(["EINVAL", "EPERM", "EACCES", "EISDIR", "ENOTSUP", "EBADF"]);
// Codes of file systems without hard links: there is nothing to put aside then.
const NO_LINKS = new Set(["ENOENT", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Replaces a file by `text` (UTF-8, mode 0600) so that a crash at any instant leaves the old or the new one: a file
 * beside it, written to the last byte, synced, renamed over it, the folder synced. On any error (a full disk too) the old
 * file stays as it was and the error is thrown.
 *
 * Another program may save the file between our last look at it and the rename, and the rename would swallow that. So
 * with `keepReplaced` the file that is about to be replaced first gets a second name: whoever wrote it, and whoever still has it open and
 * goes on writing, is found there afterwards. The two calls stand side by side without a wait, as there is no way in Node to exchange
 * two files in one; only a rename by somebody else within these few microseconds would go unseen.
 */
export async function writeAtomic(path: string, text: string, options: WriteOptions = {}): Promise<Replaced> {
  const mark = randomBytes(6).toString("hex");
  const temporary = `${path}.tmp.${mark}`;
  const aside = `${path}.aside.${mark}`;
  let linked = false;
  try {
    await writeWhole(temporary, Buffer.from(text, "utf8"), options.writeSome ?? toDisk);
    linked = options.keepReplaced === true && linkIfThere(path, aside);
    renameSync(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (linked) await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { aside: linked ? aside : null };
}

/**
 * Removes what a crash left half-written beside `path`, and answers the files put aside that nobody has looked at yet.
 */
export async function clearLeftovers(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const name = basename(path);
  const found = await readdir(folder);
  for (const one of found) {
    if (one.startsWith(`${name}.tmp.`)) await rm(join(folder, one), { force: true });
  }
  return found.filter((one) => one.startsWith(`${name}.aside.`)).map((one) => join(folder, one));
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

function linkIfThere(path: string, aside: string): boolean {
  try {
    linkSync(path, aside);
    return true;
  } catch (error) {
    if (NO_LINKS.has(codeOf(error))) return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
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

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
