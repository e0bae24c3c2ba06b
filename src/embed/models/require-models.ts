import { StartRefused } from "../../domain/errors.ts";
import { inspectModels, toModelProblems } from "./inspect.ts";
import type { RuntimeKind } from "./layout.ts";

/**
 * What pictures need is there and unchanged: every hash is compared.
 * @param options.worker Whether a worker asks, which has no other way.
 * @returns Which runtime to use.
 * @throws {StartRefused} naming what is missing or wrong, and the command that fetches it.
 */
export async function requireModels(modelsDir: string, { worker = false } = {}): Promise<RuntimeKind> {
  const { parts, runtime } = await inspectModels(modelsDir, { hashes: true });
  const problems = toModelProblems(parts);
  if (runtime !== null && problems.length === 0) return runtime;
  throw new StartRefused(
    [
      `${worker ? "" : "snapshots.enabled is true, but "}${modelsDir} lacks what pictures need:`,
      ...problems.map((problem) => `  ${problem}`),
      `Run \`faces2mqtt models\` (or \`npm run models\`), which fetches and verifies it${worker ? "" : ", or set snapshots.enabled: false"}`,
    ].join("\n"),
  );
}
