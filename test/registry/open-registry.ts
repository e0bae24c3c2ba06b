import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import PQueue from "p-queue";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { silentLog } from "../../src/domain/log.ts";
import { createRegistryFile, type RegistryFile, type RegistryFileDeps } from "../../src/registry/registry-file.ts";
import type { RegistryEdit, Store } from "../../src/store/port.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

export type Embedding = Record<string, unknown> & { source?: string; encoding: number[] };
export interface FileJson extends Record<string, unknown> {
  people: Record<string, Record<string, unknown> & { embeddings: Embedding[] }>;
}

/** A database, with the few changes that tests make to people. Closed when the test is over. */
export interface People {
  readonly store: Store;
  add(name: string, ...encodings: Float32Array[]): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string, faces?: "unassign" | "erase"): Promise<void>;
  /** Sorted. */
  names(): Promise<string[]>;
}

/** A registry file in a folder of its own, the database in another; stopped when the test is over. */
export interface OpenRegistry extends People {
  readonly folder: string;
  readonly file: string;
  readonly registry: RegistryFile;
  /** Problems reported, the last one last. */
  readonly problems: (string | null)[];
  /** Edits that were applied. */
  readonly edits: RegistryEdit[];
  /** As a change to people does it. */
  write(): Promise<void>;
  read(): FileJson;
  /** As another program saves: over the file, or by renaming a new one onto it. */
  save(json: object | string, way?: "direct" | "rename"): void;
  rejected(): string[];
}

const NO_EDIT: RegistryEdit = {
  addedPeople: [],
  removedPeople: [],
  renamedPeople: [],
  addedEncodings: [],
  removedEncodings: [],
};

export async function openPeople(): Promise<People> {
  const store = await openStore({ folder: tempFolder(), clock: systemClock });
  onTestFinished(() => store.close());
  const idOf = async (name: string) => (await store.person(name))?.personId ?? name;
  return {
    store,
    async add(name, ...list) {
      const encodings = list.map((encoding) => ({
        encoding,
        source: "frames/a.jpg",
        sources: ["frames/a.jpg"],
        count: 1,
        model: "dlib",
      }));
      await store.applyRegistryEdit({ ...NO_EDIT, addedPeople: [{ name, encodings }] });
    },
    rename: async (from, to) => void (await store.rename(await idOf(from), to, false)),
    remove: async (name, faces = "unassign") => void (await store.remove(await idOf(name), faces)),
    names: async () => (await store.registry()).map((person) => person.name).sort(),
  };
}

export async function openRegistry(
  overrides: Partial<Omit<RegistryFileDeps, "store">> & { people?: People } = {},
): Promise<OpenRegistry> {
  const folder = overrides.folder ?? tempFolder();
  const { people = await openPeople(), ...deps } = overrides;
  const { store } = people;
  const file = join(folder, "face_registry.json");
  const problems: (string | null)[] = [];
  const edits: RegistryEdit[] = [];
  const queue = new PQueue({ concurrency: 1 });
  const registry = createRegistryFile({
    store,
    queue,
    clock: systemClock,
    log: silentLog,
    async applyEdit(edit) {
      await store.applyRegistryEdit(edit);
      edits.push(edit);
    },
    onProblem: (message) => problems.push(message),
    ...deps,
    folder,
  });
  onTestFinished(() => registry.stop());
  return {
    ...people,
    folder,
    file,
    registry,
    problems,
    edits,
    write: () => queue.add(registry.write),
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
export async function comesTrue(holds: () => boolean | Promise<boolean>, withinMs = 2_000): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(20)) {
    if (await holds()) return true;
  }
  return await holds();
}

/** An embedding as another program writes it. */
export function toEmbedding(encoding: Float32Array): Embedding {
  return { source: "frames/theirs.jpg", encoding: [...encoding] };
}
