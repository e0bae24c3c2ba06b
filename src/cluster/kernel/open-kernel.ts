import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Kernel } from "./kernel-api.ts";

/** Beside the built program; in the build folder when the sources run. */
const CANDIDATES = ["./kernel.wasm", "../../../dist/cluster/kernel/kernel.wasm"];

let compiled: WebAssembly.Module | null = null;

/** The kernel, compiled once in a thread. Throws when it has not been built. */
export function compileKernel(): WebAssembly.Module {
  compiled ??= compile();
  return compiled;
}

function compile(): WebAssembly.Module {
  const paths = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = paths.find((path) => existsSync(path));
  if (!found) throw new Error(`kernel.wasm is missing (looked for ${paths.join(", ")}): run npm run build`);
  return new WebAssembly.Module(readFileSync(found));
}

/** A kernel over `memory`; each thread has its own instance over the same memory. */
export function openKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const instance = new WebAssembly.Instance(module, { env: { memory, abort: () => undefined } });
  return instance.exports as unknown as Kernel;
}
