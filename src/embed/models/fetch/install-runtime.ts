import { createHash } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FacesError } from "../../../domain/errors.ts";
import { type InstalledRuntime, RUNTIME_VERSION, type RuntimeFile, thisMachine } from "../installed-runtime.ts";
import type { KnownFile } from "../known-file.ts";
import { layOutModels, type RuntimeKind } from "../layout.ts";
import type { RuntimePackage } from "../runtime-packages.ts";
import { probeRuntime } from "./probe-runtime.ts";
import { readPackage } from "./read-package.ts";
import type { FetchReport, Supply } from "./supply.ts";
import { renameDurably, writeDurably } from "./write-durably.ts";

export interface RuntimeOptions {
  readonly modelsDir: string;
  /** null: the native one, or the other where that does not load. */
  readonly kind: RuntimeKind | null;
  /** What a runtime is made of, each package with where to get it. */
  readonly packagesOf: (kind: RuntimeKind) => readonly (RuntimePackage & { readonly archive: KnownFile })[];
  readonly supply: Supply;
  /** A folder beside the result, for what is not complete. */
  readonly work: string;
  readonly signal: AbortSignal;
  readonly report: FetchReport;
}

/**
 * Unpacks a runtime from its packages, tries it on this machine, and puts it in place of the one that was there.
 * @throws {FacesError} `MODELS_MISSING` when none runs here.
 */
export async function installRuntime(options: RuntimeOptions): Promise<void> {
  const { kind, report } = options;
  if (kind !== null) {
    const problem = await tryRuntime(options, kind, "chosen by hand");
    if (problem !== null) throw cannotRun(`onnxruntime-${kind}: ${problem}`);
    return;
  }
  const native = await tryRuntime(options, "node", null);
  if (native === null) return;
  report.say(`onnxruntime-node does not run here (${native}): WebAssembly, which is slower, takes its part`);
  const web = await tryRuntime(options, "web", `onnxruntime-node does not run here: ${native}`);
  if (web !== null) throw cannotRun(`onnxruntime-node: ${native}\nonnxruntime-web: ${web}`);
}

/** @returns Why it cannot run here; null when it is in place. */
async function tryRuntime(options: RuntimeOptions, kind: RuntimeKind, reason: string | null): Promise<string | null> {
  const { modelsDir, packagesOf, supply, work, signal } = options;
  const trial = join(work, kind);
  const unpacked = layOutModels(trial).runtime;
  const files: RuntimeFile[] = [];
  for (const one of packagesOf(kind)) {
    const archive = await supply.get(one.archive);
    // Its hash was right, so a file that is missing was never in it: nothing is made for this machine.
    const contents = await readPackage(archive, one).catch((error: Error) => error.message);
    if (typeof contents === "string") return contents;
    signal.throwIfAborted();
    for (const [path, content] of contents) {
      const file = `node_modules/${one.name}/${path}`;
      await writeDurably(join(unpacked, file), content);
      files.push({ path: file, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") });
    }
  }
  const { yunet } = layOutModels(modelsDir);
  const problem = await probeRuntime(trial, kind, yunet, signal);
  if (problem !== null) return problem;
  const machine = kind === "node" ? thisMachine() : null;
  const installed: InstalledRuntime = { kind, version: RUNTIME_VERSION, machine, reason, files };
  await writeDurably(layOutModels(trial).installed, `${JSON.stringify(installed, null, 2)}\n`);
  await replaceFolder(unpacked, layOutModels(modelsDir).runtime, work);
  return null;
}

/** A folder cannot be renamed onto another: the former one is moved away in between. */
async function replaceFolder(fresh: string, target: string, work: string): Promise<void> {
  const former = join(work, "former");
  await mkdir(work, { recursive: true, mode: 0o700 });
  await rename(target, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await renameDurably(fresh, target);
  await rm(former, { recursive: true, force: true });
}

function cannotRun(reasons: string): FacesError {
  return new FacesError("MODELS_MISSING", `no runtime works on this machine:\n${reasons}`);
}
