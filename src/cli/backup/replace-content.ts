import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../domain/clock.ts";
import { MODELS_FOLDER } from "../../embed/models/layout.ts";
import { BEFORE_RESTORE, DATABASE_FILE, RESTORING } from "../../store/file/copy.ts";
import { REGISTRY } from "./archive.ts";

const LOCK = /^faces2mqtt\.lock/;

/**
 * Names in the data folder, without the lock, what is being restored, and what `faces2mqtt models` fetched: that is no data,
 * and a new machine may have it before it gets its backup.
 */
export async function contentOf(folder: string): Promise<string[]> {
  const isData = (name: string) => !LOCK.test(name) && !name.startsWith(RESTORING) && name !== MODELS_FOLDER;
  return (await readdir(folder)).filter(isData);
}

/**
 * Moves the content into a subfolder and replaces it with what was unpacked. The content is listed only now, because opening
 * the old database has merged the log that a killed daemon leaves. If a step fails, all are reverted.
 * @returns The subfolder; null if there was no content.
 */
export async function replaceContent(folder: string, staging: string): Promise<string | null> {
  const old = await contentOf(folder);
  const fresh = (await readdir(staging)).filter((name) => name === REGISTRY || name === DATABASE_FILE);
  const former = join(folder, `${BEFORE_RESTORE}${systemClock.now().toISOString().replaceAll(":", "-")}`);
  if (old.length > 0) await mkdir(former, { mode: 0o700 });
  const moves = [
    ...old.map((name) => ({ from: join(folder, name), to: join(former, name) })),
    ...fresh.map((name) => ({ from: join(staging, name), to: join(folder, name) })),
  ];
  const done: typeof moves = [];
  try {
    for (const move of moves) {
      await rename(move.from, move.to);
      done.push(move);
    }
  } catch (error) {
    for (const { from, to } of done.reverse()) await rename(to, from);
    await rm(former, { recursive: true, force: true });
    throw error;
  }
  return old.length > 0 ? former : null;
}
