import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Numbers in a row. */
export const ROW = 48;
const PAGE = 65_536;
/** Address of the probe; the memory before it belongs to the compiler. */
const PROBE = 1_024;
const ROWS = PROBE + ROW * 4;

/** Beside the built program; in the build folder when the sources run. */
const CANDIDATES = ["./kernel.wasm", "../../../dist/recognize/kernel/kernel.wasm"];

/** Many rows of 48 float32, and their distances to a probe. */
export interface Scan {
  /** `count` × 48, filled by the caller. */
  readonly rows: Float32Array;
  /** Measures the squared distances of all rows to the probe, in float32; returns the smallest. */
  measure(probe: Float32Array): number;
  /**
   * Indexes of the rows whose last measured squared distance is above `above` and at most `most`. The next call of either
   * method overwrites the result.
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
  const paths = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = paths.find((path) => existsSync(path));
  if (!found) throw new Error(`kernel.wasm is missing (looked for ${paths.join(", ")}): run npm run build`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(found)), {
    env: { abort: () => undefined },
  });
  const { memory, scan, between } = instance.exports as unknown as Kernel;
  const fours = Math.ceil(count / 4) * 4;
  const distances = ROWS + count * ROW * 4;
  const numbers = distances + fours * 4;
  const end = numbers + fours * 4;
  memory.grow(Math.max(0, Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE));
  // Padding of the last four is never in range.
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
