import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Numbers in a row. */
export const ROW = 32;
const PAGE = 65_536;
/** Where the probe lies; what is before it belongs to the compiler. */
const PROBE = 1_024;
const ROWS = PROBE + ROW * 4;

/** Beside the built program, or, when the sources run, in the build's folder. */
const PLACES = ["./kernel.wasm", "../../../dist/recognize/kernel/kernel.wasm"];

/** Many rows of 32 float32, and their distances to one. */
export interface Scan {
  /** To be filled: `count` × 32. */
  readonly rows: Float32Array;
  /** Squared distances of all rows to the probe, float32; overwritten by the next call. */
  distances(probe: Float32Array): Float32Array;
}

interface Kernel {
  readonly memory: WebAssembly.Memory;
  scan(probe: number, rows: number, count: number, out: number): void;
}

/** Room for `count` rows, in memory of its own. Throws when the kernel has not been built. */
export function openScan(count: number): Scan {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`kernel.wasm is missing (looked for ${places.join(", ")}): run npm run build`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(found)), {
    env: { abort: () => undefined },
  });
  const { memory, scan } = instance.exports as unknown as Kernel;
  const out = ROWS + count * ROW * 4;
  memory.grow(Math.max(0, Math.ceil((out + count * 4) / PAGE) - memory.buffer.byteLength / PAGE));
  const probeRow = new Float32Array(memory.buffer, PROBE, ROW);
  const distances = new Float32Array(memory.buffer, out, count);
  return {
    rows: new Float32Array(memory.buffer, ROWS, count * ROW),
    distances(probe) {
      probeRow.set(probe);
      scan(PROBE, ROWS, count, out);
      return distances;
    },
  };
}
