const SCALES = [1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
const EXACT_BELOW = 1e5;

/** A JSON array of decimal numbers, each short, that read as float32 give the very same bits (negative zero too). */
export function printEncoding(encoding: Float32Array): string {
  return `[${Array.from(encoding, printFloat32).join(", ")}]`;
}

/**
 * A decimal with few digits whose nearest float32 is `value`. Scaling is tried first since it is several times faster
 * than `toPrecision`, and thousands of encodings are printed between two faces; 9 digits always suffice (IEEE 754).
 */
function printFloat32(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (Math.abs(value) < EXACT_BELOW) {
    for (const scale of SCALES) {
      const short = Math.round(value * scale) / scale;
      if (Math.fround(short) === value) return String(short);
    }
  }
  return String(Number(value.toPrecision(9)));
}
