import { mkdtemp, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { create } from "tar";
import { loadConfig } from "../../config/load.ts";
import { systemClock } from "../../domain/clock.ts";
import { copyDatabase, DATABASE_FILE } from "../../store/file/copy.ts";
import { readVersion } from "../../version.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { say, type Terminal } from "../terminal.ts";
import { MANIFEST, type Manifest, REGISTRY, sha256 } from "./archive.ts";
import { needDatabase } from "./data-folder.ts";

/**
 * Writes one archive (`.tar`; gzipped if its name ends in `.gz` or `.tgz`) with all data; a daemon may be running. The file
 * appears when it is complete, readable by its owner only.
 */
export async function backup(file: string, options: ConfigOption, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const folder = needDatabase(config.dataDir);
  const target = resolve(file);
  const work = await mkdtemp(join(dirname(target), ".faces2mqtt-backup-"));
  try {
    const createdAt = systemClock.now();
    const { instance, registry } = await copyTogether(folder, join(work, DATABASE_FILE));
    if (registry !== null) await writeFile(join(work, REGISTRY), registry, { mode: 0o600 });
    const names: Manifest["files"][number]["name"][] = registry === null ? [DATABASE_FILE] : [DATABASE_FILE, REGISTRY];
    const manifest: Manifest = {
      format: "faces2mqtt-backup-1",
      version: readVersion(),
      instance,
      created_at: createdAt.toISOString(),
      files: await Promise.all(names.map((name) => describeFile(work, name))),
    };
    await writeFile(join(work, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    const archive = join(work, "archive");
    await (await open(archive, "wx", 0o600)).close();
    await create({ file: archive, cwd: work, portable: true, gzip: /\.t?gz$/i.test(target) }, [MANIFEST, ...names]);
    await flush(archive);
    await rename(archive, target);
    await flush(dirname(target));
    const { size } = await stat(target);
    say(terminal, `${file}: ${size} bytes, of instance ${instance}`);
    return EXIT.done;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Copies database and registry file of the same moment: a file newer than its database would be taken for another
 * program's edit. `registry` is null if there is none or it kept changing; the daemon writes it again.
 */
async function copyTogether(folder: string, file: string): Promise<{ instance: string; registry: Buffer | null }> {
  for (let tries = 0; ; tries++) {
    const before = await readIfThere(join(folder, REGISTRY));
    const { instance } = copyDatabase(folder, file);
    const after = await readIfThere(join(folder, REGISTRY));
    if (before === null || after === null) return { instance, registry: null };
    if (before.equals(after)) return { instance, registry: after };
    if (tries === 4) return { instance, registry: null };
    await rm(file);
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function describeFile<N extends string>(
  folder: string,
  name: N,
): Promise<{ name: N; bytes: number; sha256: string }> {
  const { size } = await stat(join(folder, name));
  return { name, bytes: size, sha256: await sha256(join(folder, name)) };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
