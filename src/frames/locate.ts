import { constants, type FileHandle, lstat, open, realpath, unlink } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";

/** Largest source frame that is read, in bytes. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** Source frames, as far as they really lie inside one folder. */
export interface Frames {
  /** The real path of the frame, or null: no such regular file inside the folder. */
  locate(source: string): Promise<string | null>;
  /** Whether the name itself is a link: the file has another name then. */
  isLink(source: string): Promise<boolean>;
  /** The frame's bytes, or null as above, or when it is larger than 32 MiB. */
  read(source: string): Promise<Uint8Array | null>;
  /** Deletes the frame; false when there was none to delete. */
  remove(source: string): Promise<boolean>;
}

/**
 * @param folder The only folder that frames are read or deleted in; null: there are no frames.
 *
 * An absolute source is taken as it is, a relative one is looked for under the folder and then beside it. What it
 * resolves to, links followed, must be a regular file inside the folder with one name: a hard link could lead to
 * anything.
 */
export function createFrames(folder: string | null): Frames {
  /** Where a source may be, the first first. */
  function placesOf(source: string): string[] {
    if (folder === null || source === "" || source.includes("\0")) return [];
    return isAbsolute(source) ? [source] : [join(folder, source), join(folder, "..", source)];
  }

  async function locate(source: string): Promise<string | null> {
    const root = folder === null ? null : await realpath(folder).catch(absentIsNull);
    if (root === null) return null;
    for (const place of placesOf(source)) {
      const real = await realpath(place).catch(absentIsNull);
      if (real === null || !isInside(root, real)) continue;
      const handle = await openRegular(real);
      if (!handle) continue;
      await handle.close();
      return real;
    }
    return null;
  }

  return {
    locate,
    async isLink(source) {
      for (const place of placesOf(source)) {
        const found = await lstat(place).catch(absentIsNull);
        if (found?.isSymbolicLink()) return true;
      }
      return false;
    },
    async read(source) {
      const path = await locate(source);
      const handle = path === null ? null : await openRegular(path);
      if (!handle) return null;
      try {
        const { size } = await handle.stat();
        return size > MAX_FRAME_BYTES ? null : await handle.readFile();
      } finally {
        await handle.close();
      }
    },
    async remove(source) {
      const path = await locate(source);
      if (path === null) return false;
      await unlink(path);
      return true;
    },
  };
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Not blocking (a FIFO would), not through a link put there meanwhile; null for anything but a plain file. */
async function openRegular(path: string): Promise<FileHandle | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch(absentIsNull);
  if (handle === null) return null;
  const stat = await handle.stat();
  if (stat.isFile() && stat.nlink === 1) return handle;
  await handle.close();
  return null;
}

const ABSENT = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG", "ENXIO", "EISDIR"]);

function absentIsNull(error: NodeJS.ErrnoException): null {
  if (error.code !== undefined && ABSENT.has(error.code)) return null;
  throw error;
}
