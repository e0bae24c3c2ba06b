import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Numbers in a row. */
export const ROW = 48;
const PAGE = 65_536;
/** Where the probe lies; what is before it belongs to the compiler. */
const PROBE = 1_024;
const ROWS = PROBE + ROW * 4;

/** Beside the built program, or, when the sources run, in the build's folder. */
const PLACES = ["./kernel.wasm", "../../../dist/recognize/kernel/kernel.wasm"];

/** Many rows of 48 float32, and their distances to one. */
export interface Scan {
  /** To be filled: `count` × 48. */
  readonly rows: Float32Array;
  /** Measures the squared distances of all rows to the probe, float32; answers the smallest. */
  measure(probe: Float32Array): number;
  /**
   * The rows that lay above one squared distance, and up to another, when last measured. What is measured anew, or asked
   * again, overwrites the answer.
   */
  between(above: number, most: number): Int32Array;
}

interface Kernel {
  readonly memory: WebAssembly.Memory;
  scan(probe: number, rows: number, count: number, out: number): number;
  between(distances: number, count: number, above: number, most: number, out: number): number;
}

/** Room for `count` rows, in memory of its own. Throws when the kernel has not been built. */
export function openScan(count: number): Scan {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`kernel.wasm is missing (looked for ${places.join(", ")}): run npm run build`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(found)), {
    env: { abort: () => undefined },
  });
  const { memory, scan, between } = instance.exports as unknown as Kernel;
  const fours = Math.ceil(count / 4) * 4;
  const distances = ROWS + count * ROW * 4;
  const numbers = distances + fours * 4;
  const end = numbers + fours * 4;
  memory.grow(Math.max(0, Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE));
  // What fills up the last four lies nowhere.
  new Float32Array(memory.buffer, distances, fours).fill(Number.POSITIVE_INFINITY);
  const probeRow = new Float32Array(memory.buffer, PROBE, ROW);
  const inside = new Int32Array(memory.buffer, numbers, fours);
  return {
    rows: new Float32Array(memory.buffer, ROWS, count * ROW),
    measure(probe) {
      probeRow.set(probe);
      return scan(PROBE, ROWS, count, distances);
    },
    between: (above, most) => inside.subarray(0, between(distances, fours, above, most, numbers)),
  };
}
