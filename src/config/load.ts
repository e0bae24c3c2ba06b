import { readFileSync, statSync } from "node:fs";
import { StartRefused } from "../domain/errors.ts";
import type { SettingSource } from "../domain/settings.ts";
import { camelize } from "./camelize.ts";
import { findConflicts } from "./combinations.ts";
import type { Given, Reading } from "./given.ts";
import { CONFIG_KEY, CONFIG_KEYS, type ConfigKey } from "./keys.ts";
import { readEnvironment } from "./read-environment.ts";
import { readFile } from "./read-file.ts";
import type { Config, ConfigFile } from "./schema.ts";
import { validateKey } from "./validate.ts";

/** Read unless another file is named; it may be missing. */
const CONFIG_FILE = "config.yaml";

/** Source of a configured value, before anything is changed while running. */
export type ConfigSource = Exclude<SettingSource, "database">;

export interface LoadedConfig {
  readonly config: Config;
  /** By key, `recognition.threshold`. */
  readonly sources: ReadonlyMap<string, ConfigSource>;
  /** The file that was read; null if there was none. */
  readonly file: string | null;
  /** Allowed but unwise settings, for the log. */
  readonly warnings: readonly string[];
}

/** The configuration is refused; `problems` holds every problem with its location and key. */
export class ConfigRefused extends StartRefused {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigRefused";
    this.problems = problems;
  }
}

/**
 * Defaults, overridden by the YAML file, overridden by the environment.
 * @param options.file a file that must exist; null: {@link CONFIG_FILE} in the working folder, if it is there.
 * @throws {ConfigRefused} with every problem at once, as `file:line: key: what was expected, what came`.
 */
export function loadConfig(options: {
  readonly file: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): LoadedConfig {
  const name = options.file ?? CONFIG_FILE;
  const text = readText(name, options.file === null);
  const file = text === null ? { given: new Map<string, Given>(), problems: [] } : readFile(text, name);
  const environment = readEnvironment(options.environment);
  const given = new Map([...file.given, ...environment.given]);
  const valid = new Map(given);
  const problems = [...file.problems, ...environment.problems];
  for (const [name, value] of given) {
    const wrong = validateKey(CONFIG_KEY.get(name) as ConfigKey, value);
    if (wrong.length > 0) valid.delete(name);
    problems.push(...wrong);
  }
  const config = toConfig(assemble(valid));
  for (const { keys, message } of findConflicts(config)) {
    // Where one of the keys is invalid, the conflict may be with its default only.
    if (keys.some((key) => given.has(key) && !valid.has(key))) continue;
    const location = keys.map((key) => given.get(key)?.at()).find((at) => at !== undefined);
    problems.push(`${location}: ${keys[0]}: ${message}`);
  }
  if (problems.length > 0) throw new ConfigRefused(problems);
  return {
    config,
    sources: new Map(CONFIG_KEYS.map((key) => [key.name, given.get(key.name)?.source ?? "default"])),
    file: text === null ? null : name,
    warnings: [
      ...warnOfRetired(given),
      ...warnOfIdleSources(config, given),
      ...(text === null ? [] : warnIfReadable(name, file)),
    ],
  };
}

/** The configuration with all defaults. */
export function defaultConfig(): Config {
  return toConfig(assemble(new Map()));
}

/** The keys of `models` are names, not keys of ours. */
function toConfig(file: ConfigFile): Config {
  return { ...camelize(file), models: file.models };
}

function readText(file: string, optional: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (optional && (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new ConfigRefused([`${file}: cannot be read: ${(error as Error).message}`]);
  }
}

/** Builds the configuration from flat keys and defaults. Every value in `given` is valid. */
function assemble(given: ReadonlyMap<string, Given>): ConfigFile {
  const root: Record<string, unknown> = {};
  for (const key of CONFIG_KEYS) {
    let section = root;
    for (const step of key.path.slice(0, -1)) {
      section[step] ??= {};
      section = section[step] as Record<string, unknown>;
    }
    const set = given.get(key.name);
    section[key.path.at(-1) as string] = structuredClone(set ? set.value : key.default);
  }
  return root as ConfigFile;
}

function warnOfRetired(given: ReadonlyMap<string, Given>): string[] {
  return [...given].flatMap(([name, { at }]) => {
    const retired = CONFIG_KEY.get(name)?.retired ?? null;
    return retired === null ? [] : [`${at()}: ${name}: ignored; ${retired}`];
  });
}

/** Sources of pictures that are set, where no pictures are taken. `snapshots.topics` has a use then: workers read it. */
function warnOfIdleSources({ snapshots }: Config, given: ReadonlyMap<string, Given>): string[] {
  if (snapshots.enabled) return [];
  const isSet = {
    "snapshots.frigate.url": snapshots.frigate.url !== null,
    "snapshots.pull": snapshots.pull.length > 0,
    "snapshots.folder": snapshots.folder !== null,
  };
  return Object.entries(isSet).flatMap(([name, is]) =>
    is ? [`${given.get(name)?.at()}: ${name}: does nothing while snapshots.enabled is false`] : [],
  );
}

function warnIfReadable(file: string, { given }: Reading): string[] {
  const secrets = [...given].filter(([name, { value }]) => CONFIG_KEY.get(name)?.secret && hasSecret(value));
  if (secrets.length === 0 || (statSync(file).mode & 0o077) === 0) return [];
  const names = secrets.map(([name]) => name).join(", ");
  return [`${file} holds ${names} and can be read by other users of this machine: chmod 600 ${file}`];
}

function hasSecret(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
