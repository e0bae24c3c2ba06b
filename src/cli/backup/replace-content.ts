import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../domain/clock.ts";
import { BEFORE_RESTORE, DATABASE_FILE, RESTORING } from "../../store/file/copy.ts";
import { REGISTRY } from "./archive.ts";

const LOCK = /^faces2mqtt\.lock/;

/** What is in the data folder, without the lock and what is being restored. */
export async function contentOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !LOCK.test(name) && !name.startsWith(RESTORING));
}

/**
 * Sets aside what is there and puts in its place what was unpacked. What is there is only looked up now: whoever killed a
 * daemon left a log, and the look into the old database has taken that in. Should a step fail, all are taken back.
 * @returns Where it is set aside; null: there was nothing.
 */
export async function replaceContent(folder: string, staging: string): Promise<string | null> {
  const old = await contentOf(folder);
  const fresh = (await readdir(staging)).filter((name) => name === REGISTRY || name === DATABASE_FILE);
  const aside = join(folder, `${BEFORE_RESTORE}${systemClock.now().toISOString().replaceAll(":", "-")}`);
  if (old.length > 0) await mkdir(aside, { mode: 0o700 });
  const moves = [
    ...old.map((name) => ({ from: join(folder, name), to: join(aside, name) })),
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
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  return old.length > 0 ? aside : null;
}
