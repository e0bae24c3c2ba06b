import { constants, type FileHandle, lstat, open, realpath, unlink } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";

/** Largest source frame that is read, in bytes. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** Source frames inside one folder. */
export interface Frames {
  /** The real path of the frame; null if there is no such regular file inside the folder. */
  locate(source: string): Promise<string | null>;
  /** Whether the name itself is a symbolic link, so that the file has another name. */
  isLink(source: string): Promise<boolean>;
  /** The frame's bytes; null as above, or if it is larger than 32 MiB. */
  read(source: string): Promise<Uint8Array | null>;
  /** Deletes the frame; false if there was none. */
  remove(source: string): Promise<boolean>;
}

/**
 * An absolute source is used as it is, a relative one is looked up under the folder and then beside it. With links followed
 * it must be a regular file inside the folder with a single name, because a hard link could lead to anything.
 *
 * @param folder The only folder that frames are read or deleted in; null: there are no frames.
 */
export function createFrames(folder: string | null): Frames {
  /** The paths that a source may mean, in order. */
  function candidatesOf(source: string): string[] {
    if (folder === null || source === "" || source.includes("\0")) return [];
    return isAbsolute(source) ? [source] : [join(folder, source), join(folder, "..", source)];
  }

  async function locate(source: string): Promise<string | null> {
    const root = folder === null ? null : await realpath(folder).catch(absentIsNull);
    if (root === null) return null;
    for (const path of candidatesOf(source)) {
      const real = await realpath(path).catch(absentIsNull);
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
      for (const path of candidatesOf(source)) {
        const found = await lstat(path).catch(absentIsNull);
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
  const inside = relative(root, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** Opens without blocking on a FIFO and without following a link put there meanwhile; null for anything but a plain file. */
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
