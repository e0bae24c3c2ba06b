import { resolve } from "node:path";
import { type Clock, systemClock } from "../../domain/clock.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Models } from "../../domain/model.ts";
import { hasDatabase } from "../../store/file/copy.ts";
import { lockDataFolder } from "../../store/file/lock.ts";
import type { Store } from "../../store/port.ts";
import { openStore } from "../../store/sqlite.ts";

/** A data folder that is locked for this command. */
export interface OwnData {
  readonly folder: string;
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Works on a data folder under its lock.
 * @throws {StartRefused} while one is running.
 */
export async function withOwnData<T>(
  { dataDir, models }: { readonly dataDir: string; readonly models: Models },
  work: (data: OwnData) => Promise<T>,
): Promise<T> {
  const folder = resolve(dataDir);
  const lock = lockDataFolder(folder);
  try {
    const clock = systemClock;
    const store = await openStore({ folder, clock, models });
    try {
      return await work({ folder, store, clock });
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

/** The resolved folder. @throws {FacesError} `NOT_FOUND` if it holds no database. */
export function needDatabase(dataDir: string): string {
  const folder = resolve(dataDir);
  if (!hasDatabase(folder)) throw new FacesError("NOT_FOUND", `there is no database in ${folder}`);
  return folder;
}
