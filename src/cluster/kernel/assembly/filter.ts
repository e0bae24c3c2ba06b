import { promoteHigh, sumHalves } from "./arithmetic";
import { axes, blocks, candidates, halves, limit, means, stride } from "./run";

/** Points in a block. */
export const BLOCK: i32 = 64;
/** Coordinates are cut off here, so that the square of a distance along up to 512 axes fits into 32 bits. */
const MOST: f64 = 1000;
const MOST_AXES: f64 = 512;

let most: f64 = MOST;

/** Writes a node's coordinate along an axis, in steps: to its block, and to its row, if there are rows. */
@inline
function put(node: i32, axis: i32, steps: f64, rows: usize): i32 {
  // Not a number only where the coordinates overflow; such a node is far from all others.
  const step = steps == steps ? <i32>Math.max(-most, Math.min(most, nearest<f64>(steps))) : 0;
  const pair = (<usize>(node / BLOCK) * (axes >> 1) + (axis >> 1)) * BLOCK + (node % BLOCK);
  store<i16>(blocks + (pair << 2) + (<usize>(axis & 1) << 1), <i16>step);
  if (rows != 0) store<i16>(rows + (<usize>(node * axes + axis) << 1), <i16>step);
  return step * step;
}

/**
 * Writes the coordinates of each node's mean along the filter axes, in whole steps from the centre, and its squared norm.
 * Rounding moves a coordinate by half a step; cutting off brings nodes nearer to each other, never further apart.
 * @param basis the axes, `stride` float64 each, then room for one more, then the centre along each axis; without axes (`own`) the coordinates
 * themselves are taken · @param rows where to write the coordinates row by row, too, or 0
 */
export function project(basis: usize, own: bool, perStep: f64, nodes: i32, rows: usize): void {
  most = MOST * Math.sqrt(min(1, MOST_AXES / <f64>axes));
  const bytes = <usize>stride << 3;
  const row = basis + <usize>axes * bytes;
  const centre = row + bytes;
  for (let i = 0; i < nodes; i++) {
    let from = means + (<usize>i * bytes >> 1);
    let squares = 0;
    if (own) {
      for (let a = 0; a < axes; a++, from += 4) {
        squares += put(i, a, (<f64>load<f32>(from) - load<f64>(centre + (<usize>a << 3))) * perStep, rows);
      }
      store<i32>(halves + (<usize>i << 2), squares);
      continue;
    }
    for (let to = row; to < row + bytes; to += 32, from += 16) {
      const v = v128.load(from);
      v128.store(to, f64x2.promote_low_f32x4(v));
      v128.store(to, promoteHigh(v), 16);
    }
    let axis = basis;
    for (let a = 0; a < axes; a++) {
      let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
      for (let x = row; x < row + bytes; x += 64, axis += 64) {
        s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(axis)));
        s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(axis, 16)));
        s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(axis, 32)));
        s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(axis, 48)));
      }
      const coordinate = sumHalves(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
      squares += put(i, a, (coordinate - load<f64>(centre + (<usize>a << 3))) * perStep, rows);
    }
    store<i32>(halves + (<usize>i << 2), squares);
  }
}

/** Notes which of four pairs (row `row`, columns from `column`) are candidates; `dots` are their products on the filter axes. */
@inline
function filter(dots: v128, squaresRow: i32, squaresColumns: v128, row: i32, column: i32, found: i32): i32 {
  const squares = i32x4.sub(i32x4.add(i32x4.splat(squaresRow), squaresColumns), i32x4.shl(dots, 1));
  let mask = i32x4.bitmask(i32x4.lt_s(squares, i32x4.splat(limit)));
  while (mask) {
    store<u32>(candidates + (<usize>found << 2), (row << 8) | (column + <i32>ctz(mask)));
    found++;
    mask &= mask - 1;
  }
  return found;
}

/** Filters all pairs of two blocks; returns how many are candidates, as (row << 8 | column) at `candidates`. */
export function filterBlocks(blockI: i32, blockJ: i32): i32 {
  const bytes = <usize>(axes >> 1) * BLOCK * 4;
  const rows = blocks + <usize>blockI * bytes, columns = blocks + <usize>blockJ * bytes;
  const squaresI = halves + <usize>blockI * BLOCK * 4, squaresJ = halves + <usize>blockJ * BLOCK * 4;
  let found = 0;
  for (let row = 0; row < BLOCK; row += 4) {
    const r = rows + (<usize>row << 2), end = r + bytes;
    const hr = squaresI + (<usize>row << 2);
    for (let column = 0; column < BLOCK; column += 8) {
      const zero = i32x4.splat(0);
      let a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
      let y = columns + (<usize>column << 2);
      for (let x = r; x < end; x += BLOCK * 4, y += BLOCK * 4) {
        const y0 = v128.load(y), y1 = v128.load(y, 16);
        const xa = v128.load_splat<i32>(x), xb = v128.load_splat<i32>(x, 4);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(xa, y0)); a1 = i32x4.add(a1, i32x4.dot_i16x8_s(xa, y1));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(xb, y0)); b1 = i32x4.add(b1, i32x4.dot_i16x8_s(xb, y1));
        const xc = v128.load_splat<i32>(x, 8), xd = v128.load_splat<i32>(x, 12);
        c0 = i32x4.add(c0, i32x4.dot_i16x8_s(xc, y0)); c1 = i32x4.add(c1, i32x4.dot_i16x8_s(xc, y1));
        d0 = i32x4.add(d0, i32x4.dot_i16x8_s(xd, y0)); d1 = i32x4.add(d1, i32x4.dot_i16x8_s(xd, y1));
      }
      const hc = squaresJ + (<usize>column << 2);
      const h0 = v128.load(hc), h1 = v128.load(hc, 16);
      found = filter(a0, load<i32>(hr), h0, row, column, found);
      found = filter(a1, load<i32>(hr), h1, row, column + 4, found);
      found = filter(b0, load<i32>(hr, 4), h0, row + 1, column, found);
      found = filter(b1, load<i32>(hr, 4), h1, row + 1, column + 4, found);
      found = filter(c0, load<i32>(hr, 8), h0, row + 2, column, found);
      found = filter(c1, load<i32>(hr, 8), h1, row + 2, column + 4, found);
      found = filter(d0, load<i32>(hr, 12), h0, row + 3, column, found);
      found = filter(d1, load<i32>(hr, 12), h1, row + 3, column + 4, found);
    }
  }
  return found;
}
