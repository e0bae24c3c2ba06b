import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { dirname } from "node:path";

/** A file's bytes and when it was last written. */
export interface PictureFile {
  readonly bytes: Buffer;
  readonly writtenAt: Date;
}

/** `refused`: it is a link, is reached by one, is no regular file, or has more bytes than are taken. */
export type ReadPictureFile = PictureFile | "missing" | "refused";

const GONE: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ESTALE"]);
const BARRED: ReadonlySet<string> = new Set(["ELOOP", "ENXIO", "EACCES", "EPERM"]);

/** @param folder The real path of the folder that the file's name says it is in. */
export async function readPictureFile(path: string, folder: string, maxBytes: number): Promise<ReadPictureFile> {
  try {
    if ((await realpath(dirname(path))) !== folder) return "refused";
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile() || stat.nlink > 1 || stat.size > maxBytes) return "refused";
      return { bytes: await handle.readFile(), writtenAt: stat.mtime };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (GONE.has(code)) return "missing";
    if (BARRED.has(code)) return "refused";
    throw error;
  }
}
