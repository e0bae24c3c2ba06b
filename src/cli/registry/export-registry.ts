import { mkdtempSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadConfig } from "../../config/load.ts";
import { systemClock } from "../../domain/clock.ts";
import { exportRegistry as printRegistry } from "../../registry/import-export.ts";
import { writeAtomic } from "../../registry/write-atomic.ts";
import { copyDatabase, DATABASE_FILE } from "../../store/file/copy.ts";
import { openStore } from "../../store/sqlite.ts";
import { needDatabase } from "../backup/data-folder.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { say, type Terminal } from "../terminal.ts";

/** Writes all people with their encodings, in the format of `face_registry.json`. A daemon may be running. */
export async function exportRegistry(file: string, options: ConfigOption, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const folder = needDatabase(config.dataDir);
  // From a copy, because a running daemon's database must not be touched, let alone migrated.
  const work = mkdtempSync(join(dirname(resolve(file)), ".faces2mqtt-export-"));
  try {
    copyDatabase(folder, join(work, DATABASE_FILE));
    const store = await openStore({ folder: work, clock: systemClock });
    const text = await printRegistry(store);
    const { people, encodings } = await store.counts();
    await store.close();
    await writeAtomic(resolve(file), text);
    say(terminal, `${file}: ${people} people with ${encodings} encodings`);
    return EXIT.done;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
