import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RuntimeKind } from "../layout.ts";

/** Starting it takes WebAssembly 2 s, on a small machine several times that. */
const PATIENCE_MS = 60_000;

/**
 * Loads a runtime and runs a network with it once, in a process of its own: native code that does not fit the system or the
 * processor can end a process.
 * @param modelsDir the folder with `runtime`.
 * @param network the file of YuNet.
 * @returns Why it does not work, for people; null when it does.
 */
export async function probeRuntime(
  modelsDir: string,
  kind: RuntimeKind,
  network: string,
  signal: AbortSignal,
): Promise<string | null> {
  // When the sources run (in tests), processes run the build: Node 20 cannot load TypeScript.
  const built = import.meta.url.endsWith(".ts") ? "../../../../dist/embed/models/fetch/" : "./";
  const script = fileURLToPath(new URL(`${built}probe-process.js`, import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [script, modelsDir, kind, network], { timeout: PATIENCE_MS, signal });
    return null;
  } catch (error) {
    signal.throwIfAborted();
    const { signal: ending, stdout, message } = error as { signal?: string | null; stdout?: string; message: string };
    if (typeof ending === "string") return `it ended with ${ending}`;
    return stdout?.split("\n").find((line) => line.trim() !== "") ?? message;
  }
}
