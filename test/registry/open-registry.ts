import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { createRegistryFile, type RegistryFile, type RegistryFileDeps } from "../../src/registry/registry-file.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type MemoryStore, makeMemoryStore } from "./memory-store.ts";

export type Embedding = Record<string, unknown> & { source?: string; encoding: number[] };
export interface FileJson extends Record<string, unknown> {
  people: Record<string, Record<string, unknown> & { embeddings: Embedding[] }>;
}

/** A registry file in a folder of its own, stopped when the test is over. */
export interface OpenRegistry {
  readonly folder: string;
  readonly file: string;
  readonly store: MemoryStore;
  readonly registry: RegistryFile;
  /** Problems told, the last one last. */
  readonly problems: (string | null)[];
  read(): FileJson;
  /** As another program saves: over the file, or by renaming a new one onto it. */
  save(json: object | string, way?: "direct" | "rename"): void;
  rejected(): string[];
}

export function openRegistry(
  overrides: Partial<RegistryFileDeps> & { store?: MemoryStore; folder?: string } = {},
): OpenRegistry {
  const folder = overrides.folder ?? tempFolder();
  const store = overrides.store ?? makeMemoryStore();
  const file = join(folder, "face_registry.json");
  const problems: (string | null)[] = [];
  const log = { info() {}, warn() {}, error() {} };
  const registry = createRegistryFile({
    clock: systemClock,
    log,
    applyEdit: (edit) => store.applyRegistryEdit(edit),
    onProblem: (message) => problems.push(message),
    ...overrides,
    folder,
    store,
  });
  onTestFinished(() => registry.stop());
  return {
    folder,
    file,
    store,
    registry,
    problems,
    read: () => JSON.parse(readFileSync(file, "utf8")),
    save(json, way = "direct") {
      const text = typeof json === "string" ? json : JSON.stringify(json);
      if (way === "direct") return writeFileSync(file, text);
      writeFileSync(`${file}.swp`, text);
      renameSync(`${file}.swp`, file);
    },
    rejected: () => readdirSync(folder).filter((name) => name.includes(".rejected.")),
  };
}

/** Waits until `holds`; after `withinMs` it is too late. Answers whether it came so. */
export async function comesTrue(holds: () => boolean, withinMs = 2_000): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(20)) if (holds()) return true;
  return holds();
}

/** An embedding as another program writes it. */
export function toEmbedding(encoding: Float32Array): Embedding {
  return { source: "frames/theirs.jpg", encoding: [...encoding] };
}
