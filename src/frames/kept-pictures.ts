import { access, type FileHandle, mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type PictureType, toPictureType } from "../domain/pictures/picture.ts";
import { slug } from "../domain/text/names.ts";

const EXTENSIONS: Readonly<Record<PictureType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
};

/** What is ours in the folder: `<camera>/<date>/<snapshot id>.jpg`, and such a file half written. */
const OWN = /^[a-z0-9_]+\/\d{4}-\d{2}-\d{2}\/[0-9a-f]{16}\.(jpg|png|webp)(\.part)?$/;

/** A picture to be kept. */
export interface PictureToKeep {
  readonly camera: string;
  /** 16 hex digits. */
  readonly snapshotId: string;
  /** JPEG, PNG or WebP. */
  readonly picture: Uint8Array;
  /** When it was taken. */
  readonly at: Date;
}

/** A picture that was just written. One of the two is to be called, once. */
export interface KeptPicture {
  /** What faces refer to it by: its path, from the parent of the folder on. */
  readonly source: string;
  /** A stored face refers to it. */
  needed(): void;
  /** No face came of it: deletes it, unless it was there before, when one may have. */
  drop(): Promise<void>;
}

/** Pictures with faces, in one folder; deleted as frames are. */
export interface KeptPictures {
  /** Resolves when all of it is on disk. */
  keep(picture: PictureToKeep): Promise<KeptPicture>;
  /**
   * Deletes the pictures that no face refers to, which a crash or an erased person leaves behind, and empty folders. Answers
   * how many. One sweep at a time.
   * @param findNeeded the sources of all faces
   */
  sweep(findNeeded: () => Promise<ReadonlySet<string>>): Promise<number>;
}

/** A picture whose faces are being stored. */
interface Fresh {
  /** How often it was kept and is neither needed nor dropped yet. */
  holds: number;
  /** False: it was there already, so that another face of it may be stored, or one was stored since. */
  isOfNoFace: Promise<boolean>;
}

/** @param folder made when it is needed; others cannot read what is in it */
export function createKeptPictures(folder: string): KeptPictures {
  const root = resolve(folder);
  const name = basename(root);
  /** Just written or being written, by path under the folder: their faces are not stored yet. */
  const fresh = new Map<string, Fresh>();
  /** Kept since the sweep that goes on began, which may know nothing of their faces; null: none goes on. */
  let keptMeanwhile: Set<string> | null = null;

  function hold(path: string): Fresh {
    const picture = fresh.get(path) ?? { holds: 0, isOfNoFace: isAbsent(join(root, path)) };
    picture.holds++;
    fresh.set(path, picture);
    keptMeanwhile?.add(path);
    return picture;
  }

  function release(path: string, picture: Fresh): void {
    picture.holds--;
    if (picture.holds === 0) fresh.delete(path);
  }

  return {
    async keep({ camera, snapshotId, picture, at }) {
      const extension = EXTENSIONS[toPictureType(picture) ?? "image/jpeg"];
      const path = `${slug(camera, "camera")}/${at.toISOString().slice(0, 10)}/${snapshotId}.${extension}`;
      const held = hold(path);
      try {
        await held.isOfNoFace;
        await writeWhole(join(root, path), picture);
      } catch (error) {
        release(path, held);
        throw error;
      }
      return {
        source: `${name}/${path}`,
        needed() {
          held.isOfNoFace = Promise.resolve(false);
          release(path, held);
        },
        async drop() {
          release(path, held);
          if ((await held.isOfNoFace) && !fresh.has(path)) await rm(join(root, path), { force: true });
        },
      };
    },

    async sweep(findNeeded) {
      const kept = new Set<string>();
      const isFresh = (path: string): boolean => kept.has(toWhole(path)) || fresh.has(toWhole(path));
      keptMeanwhile = kept;
      try {
        const found = (await listFiles(root)).filter((path) => OWN.test(path) && !isFresh(path));
        // By their last parts: the folder may have been moved.
        const sources = found.length > 0 ? [...(await findNeeded())] : [];
        const needed = new Set(sources.map((source) => source.split("/").slice(-3).join("/")));
        let deleted = 0;
        for (const path of found) {
          // Asked again: the same picture may have come once more meanwhile.
          if (needed.has(path) || isFresh(path)) continue;
          await rm(join(root, path), { force: true });
          deleted++;
        }
        await removeEmptyFolders(root);
        return deleted;
      } finally {
        keptMeanwhile = null;
      }
    },
  };
}

/** The picture that a file is, or is to become. */
const toWhole = (path: string): string => path.replace(/\.part$/, "");

async function isAbsent(path: string): Promise<boolean> {
  return await access(path).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === "ENOENT",
  );
}

/** Under another name first, so that no crash leaves half a picture under its own. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    const handle = await openNew(part);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Its folder may be removed, being empty, just when it is needed: then it is made once more. */
async function openNew(path: string): Promise<FileHandle> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      return await open(path, "w", 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || tries === 3) throw error;
    }
  }
}

/** Paths under a folder, of what is three levels deep. */
async function listFiles(root: string): Promise<string[]> {
  const paths: string[] = [];
  for (const date of await listDates(root)) {
    for (const file of await listFolder(join(root, date))) paths.push(`${date}/${file}`);
  }
  return paths;
}

/** `<camera>/<date>` */
async function listDates(root: string): Promise<string[]> {
  const dates: string[] = [];
  for (const camera of await listFolder(root)) {
    for (const date of await listFolder(join(root, camera))) dates.push(`${camera}/${date}`);
  }
  return dates;
}

async function removeEmptyFolders(root: string): Promise<void> {
  for (const date of await listDates(root)) await removeIfEmpty(join(root, date));
  for (const camera of await listFolder(root)) await removeIfEmpty(join(root, camera));
}

async function removeIfEmpty(path: string): Promise<void> {
  // A folder with something in it stays, and so does what is none.
  await rmdir(path).catch(() => undefined);
}

/** Names in a folder; none where there is no folder. */
async function listFolder(path: string): Promise<string[]> {
  return await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
}
