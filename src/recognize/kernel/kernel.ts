// AssemblyScript, not TypeScript: compiled to WebAssembly with 128-bit SIMD by `npm run build:wasm`.
// The scalar twins of both functions are in the tests.

/** Bytes of a row: 48 float32. */
const ROW: usize = 192;

@inline
function plus(sum: v128, row: usize, probe: usize, at: usize): v128 {
  const difference = f32x4.sub(v128.load(row + at), v128.load(probe + at));
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/**
 * Writes the squared distance of the row at `probe` to each of `count` rows from `rows` on, float32, at `out`. Returns the
 * smallest.
 */
export function scan(probe: usize, rows: usize, count: i32, out: usize): f32 {
  let least: f32 = f32.MAX_VALUE;
  for (const end = rows + <usize>count * ROW; rows < end; rows += ROW, out += 4) {
    let even = f32x4.splat(0), odd = f32x4.splat(0);
    for (let at: usize = 0; at < ROW; at += 32) {
      even = plus(even, rows, probe, at);
      odd = plus(odd, rows, probe, at + 16);
    }
    const sum = f32x4.add(even, odd);
    const halves = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    const squared = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
    if (squared < least) least = squared;
    store<f32>(out, squared);
  }
  return least;
}

/**
 * Writes the numbers of the rows whose distance is above `above` and at most `most`, int32, at `out`; returns how many. NaN
 * counts as in between. `count`, the number of `distances`, is a multiple of 4.
 */
export function between(distances: usize, count: i32, above: f32, most: f32, out: usize): i32 {
  const low = f32x4.splat(above), high = f32x4.splat(most);
  const start = out;
  for (let row = 0; row < count; row += 4, distances += 16) {
    const four = v128.load(distances);
    const outside = v128.or(f32x4.le(four, low), f32x4.gt(four, high));
    let inside = 15 & ~i32x4.bitmask(outside);
    while (inside) {
      store<i32>(out, row + ctz(inside));
      out += 4;
      inside &= inside - 1;
    }
  }
  return <i32>((out - start) >> 2);
}
