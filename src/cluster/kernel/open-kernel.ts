import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Kernel } from "./kernel-api.ts";

/** Beside the built program, or, when the sources run, in the build's folder. */
const PLACES = ["./kernel.wasm", "../../../dist/cluster/kernel/kernel.wasm"];

/** Compiles the kernel. Throws when it has not been built. */
export function compileKernel(): WebAssembly.Module {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`kernel.wasm is missing (looked for ${places.join(", ")}): run npm run build`);
  return new WebAssembly.Module(readFileSync(found));
}

/** A kernel over `memory`; each thread has its own over the same memory. */
export function openKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const instance = new WebAssembly.Instance(module, { env: { memory, abort: () => undefined } });
  return instance.exports as unknown as Kernel;
}
