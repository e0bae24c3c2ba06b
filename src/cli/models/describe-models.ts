import type { ModelPart, ModelsState } from "../../embed/models/inspect.ts";
import { type InstalledRuntime, RUNTIME_VERSION, readInstalledRuntime } from "../../embed/models/installed-runtime.ts";
import { WEIGHTS } from "../../embed/models/weights.ts";

/** What is in a models folder, for people: each part with its licence, size and state. */
export async function describeModels(modelsDir: string, { parts, ready }: ModelsState): Promise<string[]> {
  const installed = await readInstalledRuntime(modelsDir);
  const rows = parts.map((part) => {
    const { title, licence } = WEIGHTS.find(({ name }) => name === part.name) ?? describeRuntime(installed);
    return `  ${title.padEnd(36)} ${licence.padEnd(10)} ${describeState(part)}`;
  });
  const last = ready
    ? "all there and verified: pictures need no more than snapshots.enabled: true"
    : "not complete: `faces2mqtt models` fetches it";
  return [`${modelsDir}:`, ...rows, ...describeReason(installed), last];
}

function describeRuntime(installed: InstalledRuntime | null): { title: string; licence: string } {
  const name = installed === null ? "onnxruntime" : `onnxruntime-${installed.kind}`;
  const machine = installed?.machine === null || installed === null ? "" : ` (${installed.machine})`;
  return { title: `${name} ${installed?.version ?? RUNTIME_VERSION}${machine}`, licence: "MIT" };
}

function describeState({ state, problem, bytes }: ModelPart): string {
  if (state === "ready") return `${(bytes / 1e6).toFixed(1).padStart(5)} MB, verified`;
  return state === "missing" ? "missing" : `wrong: ${problem}`;
}

function describeReason(installed: InstalledRuntime | null): string[] {
  return installed === null || installed.reason === null ? [] : [`  this runtime because: ${installed.reason}`];
}
