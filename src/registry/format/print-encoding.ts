const SCALES = [1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
const EXACT_BELOW = 1e5;

/** A JSON array of decimal numbers, each short, that read as float32 give the very same bits (negative zero too). */
export function printEncoding(encoding: Float32Array): string {
  return `[${toDecimals(encoding)
    .map((value) => (Object.is(value, -0) ? "-0" : String(value)))
    .join(", ")}]`;
}

/** The same numbers with as few decimal digits as give the same float32 again. */
export function toDecimals(encoding: Float32Array): number[] {
  return Array.from(encoding, toDecimal);
}

/**
 * Scaling is tried first since it is several times faster than `toPrecision`, and thousands of encodings are printed
 * between two faces; 9 digits always suffice (IEEE 754).
 */
function toDecimal(value: number): number {
  if (Math.abs(value) < EXACT_BELOW) {
    for (const scale of SCALES) {
      const short = Math.round(value * scale) / scale;
      if (Math.fround(short) === value) return short;
    }
  }
  return Number(value.toPrecision(9));
}
