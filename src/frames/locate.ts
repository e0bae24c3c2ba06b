import { constants, type FileHandle, lstat, open, realpath, unlink } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";

/** Largest source frame that is read, in bytes. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** Source frames inside their folders. */
export interface Frames {
  /** The real path of the frame; null if there is no such regular file inside a folder. */
  locate(source: string): Promise<string | null>;
  /** Whether the name itself is a symbolic link, so that the file has another name. */
  isLink(source: string): Promise<boolean>;
  /** The frame's bytes; null as above, or if it is larger than 32 MiB. */
  read(source: string): Promise<Uint8Array | null>;
  /** Deletes the frame; false if there was none. */
  remove(source: string): Promise<boolean>;
}

/**
 * An absolute source is used as it is, a relative one is looked up under a folder and then beside it. With links followed it
 * must be a regular file inside that folder with a single name, because a hard link could lead to anything.
 *
 * @param folders The only folders that frames are read or deleted in, in the order they are looked through.
 */
export function createFrames(folders: readonly string[]): Frames {
  async function locate(source: string): Promise<string | null> {
    for (const folder of folders) {
      const root = await realpath(folder).catch(absentIsNull);
      if (root === null) continue;
      for (const path of candidatesOf(source, folder)) {
        const real = await realpath(path).catch(absentIsNull);
        if (real === null || !isInside(root, real)) continue;
        const handle = await openRegular(real);
        if (!handle) continue;
        await handle.close();
        return real;
      }
    }
    return null;
  }

  return {
    locate,
    async isLink(source) {
      for (const path of folders.flatMap((folder) => candidatesOf(source, folder))) {
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

/** The paths that a source may mean, in order. */
function candidatesOf(source: string, folder: string): string[] {
  if (source === "" || source.includes("\0")) return [];
  return isAbsolute(source) ? [source] : [join(folder, source), join(folder, "..", source)];
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
