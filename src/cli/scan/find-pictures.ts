import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isCameraName } from "../../domain/text/names.ts";
import { readTakenAt } from "../../embed/picture/taken-at.ts";
import { CommandFailed } from "../command-failed.ts";

const PICTURE = /\.(jpe?g|png|webp)$/i;
/** Of a file, where EXIF is looked for. */
const START_BYTES = 262_144;

/** A picture's file. */
export interface PictureToScan {
  readonly path: string;
  readonly camera: string;
  /** What the picture says of itself, else when the file was last written. */
  readonly takenAt: Date;
}

/**
 * The pictures in a folder and all folders in it, oldest first. Links and what is hidden are left out.
 * @param camera Whose pictures they are; null: the folders in it are named after their cameras.
 * @throws {CommandFailed} for pictures without a camera, or of one whose name the daemon would reject.
 */
export async function findPictures(
  folder: string,
  camera: string | null,
  stop: AbortSignal,
): Promise<readonly PictureToScan[]> {
  const pictures: PictureToScan[] = [];
  for await (const path of walk(folder)) {
    if (stop.aborted) break;
    const [first, ...others] = path;
    const name = camera ?? (others.length > 0 ? first : undefined);
    if (name === undefined) {
      throw new CommandFailed(
        `${join(folder, ...path)}: whose picture is it? Say --camera, or scan folders named after cameras`,
      );
    }
    if (!isCameraName(name)) {
      throw new CommandFailed(
        `${JSON.stringify(name)} cannot be a camera: 1 to 64 characters without control characters`,
      );
    }
    const file = join(folder, ...path);
    pictures.push({ path: file, camera: name, takenAt: await toTakenAt(file) });
  }
  return pictures.sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime() || (a.path < b.path ? -1 : 1));
}

/** The parts of each path below the folder. */
async function* walk(folder: string, above: readonly string[] = []): AsyncGenerator<readonly string[]> {
  for (const entry of await readdir(join(folder, ...above), { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const path = [...above, entry.name];
    if (entry.isDirectory()) yield* walk(folder, path);
    else if (entry.isFile() && PICTURE.test(entry.name)) yield path;
  }
}

async function toTakenAt(path: string): Promise<Date> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    const said = await readTakenAt(buffer.subarray(0, bytesRead));
    // A camera whose clock was never set says 1970, or a day to come.
    if (said && said.getFullYear() >= 1990 && said.getTime() <= Date.now()) return said;
    return (await handle.stat()).mtime;
  } catch {
    // It is read again when it is its turn, and reported then.
    return await stat(path).then(
      ({ mtime }) => mtime,
      () => new Date(),
    );
  } finally {
    await handle?.close();
  }
}
