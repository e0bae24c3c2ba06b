import { type FSWatcher, watch } from "node:fs";
import { readdir, statfs } from "node:fs/promises";
import { join } from "node:path";

/** File systems that notify of no changes made elsewhere, so that they are polled: NFS, SMB, CIFS, FUSE (statfs(2)). */
const POLLED: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546]);
const POLL_MS = 1_000;

export interface WatchedFiles {
  close(): void;
}

/**
 * Watches the folders that are in `root`, and those that come. What is there at the beginning is not listed: a folder with
 * years of pictures costs nothing.
 * @param onFile May be called several times for a file, and for one that is gone. On a network folder a file that is written
 * over under its name is not seen.
 * @param onError Called once; it watches no more then.
 * @throws what reading `root` throws.
 */
export async function watchFiles(
  root: string,
  onFile: (path: string) => void,
  onError: (error: unknown) => void,
): Promise<WatchedFiles> {
  const isPolled = POLLED.has((await statfs(root)).type);
  /** By folder: its watcher; polled, the names in it. */
  const folders = new Map<string, FSWatcher | null>();
  const names = new Map<string, ReadonlySet<string>>();
  let isClosed = false;
  /** The first list is under way. */
  let isListing = true;
  let hasChanged = false;

  function close(): void {
    isClosed = true;
    clearInterval(timer);
    for (const one of [rootWatcher, ...folders.values()]) one?.close();
    folders.clear();
  }

  function fail(error: unknown): void {
    if (isClosed) return;
    close();
    onError(error);
  }

  /** @param isNew It has come while watching: so has all that is in it. */
  async function open(folder: string, isNew: boolean): Promise<void> {
    if (isClosed || folders.has(folder)) return;
    const path = join(root, folder);
    const watcher = isPolled ? null : watchFolder(folder);
    // It may be gone again; the root says so too.
    if (watcher === "gone") return;
    watcher?.on("error", () => forget(folder));
    folders.set(folder, watcher);
    const files = isPolled || isNew ? await readdir(path).catch(() => []) : [];
    if (isPolled) names.set(folder, new Set(files));
    if (isNew) for (const file of files) onFile(join(path, file));
  }

  function watchFolder(folder: string): FSWatcher | "gone" {
    const path = join(root, folder);
    try {
      return watch(path, (event, file) => {
        // Its own name: it was removed or moved away, and one that is there now is another.
        if (event === "rename" && file === folder) return watchAnew(folder);
        if (file !== null) onFile(join(path, file));
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "gone";
      throw error;
    }
  }

  function watchAnew(folder: string): void {
    forget(folder);
    onRoot();
  }

  function forget(folder: string): void {
    folders.get(folder)?.close();
    folders.delete(folder);
    names.delete(folder);
  }

  async function list(isNew: boolean): Promise<void> {
    const found = await readdir(root, { withFileTypes: true });
    const there = new Set(
      found.filter((one) => one.isDirectory() && !one.name.startsWith(".")).map(({ name }) => name),
    );
    for (const folder of folders.keys()) if (!there.has(folder)) forget(folder);
    for (const folder of there) await open(folder, isNew);
  }

  /** Lists the root, one list at a time: an older one that ends later would forget a folder that has come. */
  function onRoot(): void {
    hasChanged = true;
    if (isListing) return;
    isListing = true;
    void listChanges().then(() => {
      isListing = false;
    }, fail);
  }

  async function listChanges(): Promise<void> {
    while (hasChanged && !isClosed) {
      hasChanged = false;
      await list(true);
    }
  }

  async function poll(): Promise<void> {
    await list(true);
    for (const [folder, before] of names) {
      const now = await readdir(join(root, folder)).catch(() => []);
      for (const file of now) if (!before.has(file)) onFile(join(root, folder, file));
      names.set(folder, new Set(now));
    }
  }

  const rootWatcher = isPolled ? null : watch(root, onRoot);
  rootWatcher?.on("error", fail);
  let isPolling = false;
  const timer = setInterval(() => {
    if (!isPolled || isPolling) return;
    isPolling = true;
    void poll()
      .catch(fail)
      .finally(() => {
        isPolling = false;
      });
  }, POLL_MS);
  timer.unref();
  try {
    await list(false);
    isListing = false;
    if (hasChanged) onRoot();
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}
