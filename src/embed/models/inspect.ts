import { stat } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "./hash-file.ts";
import { type InstalledRuntime, RUNTIME_VERSION, readInstalledRuntime, thisMachine } from "./installed-runtime.ts";
import { layOutModels, type RuntimeKind } from "./layout.ts";
import { WEIGHTS, type Weights } from "./weights.ts";

/** One thing that pictures need. */
export interface ModelPart {
  readonly name: Weights["name"] | "runtime";
  readonly state: "ready" | "missing" | "wrong";
  /** What is wrong, for people; null when nothing is. */
  readonly problem: string | null;
  /** What it takes on disk; 0 when missing. */
  readonly bytes: number;
}

/** What is in a models folder. */
export interface ModelsState {
  /** Everything is there and right. */
  readonly ready: boolean;
  readonly parts: readonly ModelPart[];
  /** null when there is none that can be used. */
  readonly runtime: RuntimeKind | null;
}

/**
 * Looks at a models folder without loading anything. Sizes are always compared; hashes too with `hashes`, which reads
 * everything (up to 90 MB).
 */
export async function inspectModels(modelsDir: string, options: { readonly hashes: boolean }): Promise<ModelsState> {
  const { folder, runtime: runtimeFolder } = layOutModels(modelsDir);
  const weights = await Promise.all(
    WEIGHTS.map(async ({ name, file, bytes, sha256 }): Promise<ModelPart> => {
      const found = await inspectFile(join(folder, file), { bytes, sha256 }, options.hashes);
      return { name, ...found };
    }),
  );
  const installed = await readInstalledRuntime(modelsDir);
  const runtime = await inspectRuntime(runtimeFolder, installed, options.hashes);
  const parts = [...weights, runtime];
  return {
    ready: parts.every((part) => part.state === "ready"),
    parts,
    runtime: runtime.state === "ready" && installed !== null ? installed.kind : null,
  };
}

async function inspectRuntime(folder: string, installed: InstalledRuntime | null, hashes: boolean): Promise<ModelPart> {
  const name = "runtime";
  if (installed === null) return { name, state: "missing", problem: "it is not there", bytes: 0 };
  const { version, machine } = installed;
  if (version !== RUNTIME_VERSION) {
    return { name, state: "wrong", problem: `it is version ${version}; ${RUNTIME_VERSION} is needed`, bytes: 0 };
  }
  if (machine !== null && machine !== thisMachine()) {
    return { name, state: "wrong", problem: `it is for ${machine}; this machine is ${thisMachine()}`, bytes: 0 };
  }
  let bytes = 0;
  for (const file of installed.files) {
    const found = await inspectFile(join(folder, file.path), file, hashes);
    if (found.problem !== null) return { name, state: "wrong", problem: `${file.path}: ${found.problem}`, bytes: 0 };
    bytes += found.bytes;
  }
  return { name, state: "ready", problem: null, bytes };
}

async function inspectFile(
  file: string,
  expected: { readonly bytes: number; readonly sha256: string },
  hashes: boolean,
): Promise<Omit<ModelPart, "name">> {
  const found = await stat(file).catch(() => null);
  if (found === null) return { state: "missing", problem: "it is not there", bytes: 0 };
  const wrong = (problem: string) => ({ state: "wrong", problem, bytes: found.size }) as const;
  if (!found.isFile()) return wrong("it is not a file");
  if (found.size !== expected.bytes) return wrong(`it has ${found.size} bytes instead of ${expected.bytes}`);
  if (hashes && (await hashFile(file, "sha256")).toString("hex") !== expected.sha256) {
    return wrong("its SHA-256 is not the expected one");
  }
  return { state: "ready", problem: null, bytes: found.size };
}

/** What is wrong with the parts that are not ready, each as `name: problem`. */
export function toModelProblems(parts: readonly ModelPart[]): string[] {
  return parts.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`]));
}
