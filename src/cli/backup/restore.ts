import { mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { extract } from "tar";
import { loadConfig } from "../../config/load.ts";
import { systemClock } from "../../domain/clock.ts";
import { FacesError, StartRefused } from "../../domain/errors.ts";
import {
  carryErasures,
  DATABASE_FILE,
  findDatabaseProblem,
  findErased,
  hasDatabase,
  RESTORING,
} from "../../store/file/copy.ts";
import { lockDataFolder } from "../../store/file/lock.ts";
import { openStore } from "../../store/sqlite.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { ARCHIVED, checkUnpacked, type Manifest, REGISTRY } from "./archive.ts";
import { contentOf, replaceContent } from "./replace-content.ts";

export interface RestoreOptions extends ConfigOption {
  /** Keep what is in the data folder in a subfolder. */
  readonly force?: boolean;
  /** Bring back people who were erased after the backup was made. */
  readonly withErased?: boolean;
}

/**
 * Replaces the data folder's content with a backup, once that is checked and complete, or changes nothing.
 * @throws {StartRefused} while a daemon runs on the folder, or when it holds data and `force` is not given.
 */
export async function restore(file: string, options: RestoreOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const folder = resolve(config.dataDir);
  const lock = lockDataFolder(folder);
  try {
    if ((await contentOf(folder)).length > 0 && options.force !== true) {
      throw new StartRefused(`${folder} is not empty: with --force its content is moved out of the way, not deleted`);
    }
    const staging = await mkdtemp(join(folder, RESTORING));
    try {
      const manifest = await unpack(file, staging);
      await settleErased(staging, folder, manifest, options, terminal);
      const former = await replaceContent(folder, staging);
      if (former !== null) say(terminal, `what was there is in ${former}`);
      say(terminal, `${folder}: restored as of ${manifest.created_at} (instance ${manifest.instance})`);
      return EXIT.done;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

/** Unpacks only plain files with the known names. */
async function unpack(file: string, staging: string): Promise<Manifest> {
  try {
    await extract({
      file: resolve(file),
      cwd: staging,
      strict: true,
      filter: (path, entry) => ARCHIVED.includes(path) && "type" in entry && entry.type === "File",
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") throw cause;
    const reason = (cause as Error).message;
    throw new FacesError("INVALID_INPUT", `${file} cannot be unpacked: ${reason}`, { cause });
  }
  const manifest = await checkUnpacked(staging);
  const problem = findDatabaseProblem(join(staging, DATABASE_FILE));
  if (problem !== null) throw new FacesError("INVALID_INPUT", `${file}: ${problem}`);
  return manifest;
}

/** Applies erasures to an older backup too, unless `withErased`. */
async function settleErased(
  staging: string,
  folder: string,
  manifest: Manifest,
  options: RestoreOptions,
  terminal: Terminal,
): Promise<void> {
  if (!hasDatabase(folder)) return;
  const problem = findDatabaseProblem(join(folder, DATABASE_FILE));
  if (problem !== null) {
    complain(terminal, `in the data folder ${problem}; so who was erased since this backup was made is not known`);
    return;
  }
  const erased = findErased(staging, folder, new Date(manifest.created_at));
  for (const { name, erasedAt } of erased) {
    const what = options.withErased === true ? "brought back" : "left out (--with-erased brings them back)";
    say(terminal, `${name} was erased on ${erasedAt.toISOString()}, after this backup was made: ${what}`);
  }
  if (options.withErased === true) return;
  carryErasures(folder, staging);
  if (erased.length === 0) return;
  const store = await openStore({ folder: staging, clock: systemClock });
  for (const { personId } of erased) await store.remove(personId, "erase");
  await store.close();
  // It has them too; the daemon writes a missing one from the database.
  await rm(join(staging, REGISTRY), { force: true });
}
