// AssemblyScript, not TypeScript: compiled to WebAssembly with 128-bit SIMD by `npm run build:wasm`.

/** Bytes of a row: 32 float32. */
const ROW: usize = 128;

@inline
function plus(sum: v128, row: usize, probe: v128, at: usize): v128 {
  const difference = f32x4.sub(v128.load(row + at), probe);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/**
 * Writes the squared distance of the row at `probe` to each of `count` rows from `rows` on, float32, at `out`.
 * Its scalar twin is in the tests.
 */
export function scan(probe: usize, rows: usize, count: i32, out: usize): void {
  const p0 = v128.load(probe), p1 = v128.load(probe + 16), p2 = v128.load(probe + 32), p3 = v128.load(probe + 48);
  const p4 = v128.load(probe + 64), p5 = v128.load(probe + 80), p6 = v128.load(probe + 96), p7 = v128.load(probe + 112);
  for (const end = rows + <usize>count * ROW; rows < end; rows += ROW, out += 4) {
    let even = plus(f32x4.splat(0), rows, p0, 0), odd = plus(f32x4.splat(0), rows, p1, 16);
    even = plus(even, rows, p2, 32);
    odd = plus(odd, rows, p3, 48);
    even = plus(even, rows, p4, 64);
    odd = plus(odd, rows, p5, 80);
    even = plus(even, rows, p6, 96);
    odd = plus(odd, rows, p7, 112);
    const sum = f32x4.add(even, odd);
    const halves = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    store<f32>(out, f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1));
  }
}
