import { setWord, word } from "./arithmetic";
import { kept, list, nodes, pool, rounding, rowIds, rowNumbers, tallyA, tallyB, tallyIds } from "./run";

/**
 * The distances of all clusters in one matrix of float64, for stages whose nodes are mostly within the reach of one another.
 * A merged cluster takes the row of one of its parts. Pairs out of reach, and rows that are gone, are infinite.
 */

/** Address of a row of the matrix. */
@inline
function lineOf(row: i32): usize {
  return pool + ((<usize>row * <usize>nodes) << 3);
}

/** Makes the memory large enough for the matrix, all infinite. Returns whether there was room. */
export function openMatrix(): bool {
  const bytes = (<u64>nodes * <u64>nodes) << 3;
  const end = <u64>pool + bytes;
  while ((<u64>memory.size() << 16) < end) {
    const missing = <i32>((end - (<u64>memory.size() << 16) + 65535) >> 16);
    if (memory.grow(missing) < 0) return false;
  }
  const far = f64x2.splat(Infinity);
  const last = pool + <usize>bytes;
  let at = pool;
  for (; at + 16 <= last; at += 16) v128.store(at, far);
  if (at < last) store<f64>(at, Infinity);
  for (let i = 0; i < nodes; i++) {
    setWord(rowNumbers, i, i);
    setWord(rowIds, i, i);
  }
  return true;
}

/** Writes the distance of two nodes. */
@inline
export function setDistance(i: i32, j: i32, distance: f64): void {
  store<f64>(lineOf(i) + (<usize>j << 3), distance);
  store<f64>(lineOf(j) + (<usize>i << 3), distance);
}

/** Like `nearest` of the rows; the smallest distance is in {@link denseDistance}. */
export function denseNearest(i: i32): i32 {
  const line = lineOf(word(rowNumbers, i));
  let low = f64x2.splat(Infinity);
  const even = nodes & ~1;
  for (let at = line, end = line + (<usize>even << 3); at < end; at += 16) low = f64x2.pmin(low, v128.load(at));
  let first = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  if (even < nodes) first = min(first, load<f64>(line + (<usize>even << 3)));
  smallest = first;
  if (first == Infinity) return 0;
  const most = first * (1 + 2.1 * rounding);
  const limit = f64x2.splat(most);
  let found = 0;
  for (let row = 0; row < even; row += 2) {
    const mask = f64x2.le(v128.load(line + (<usize>row << 3)), limit);
    if (!v128.any_true(mask)) continue;
    if (i64x2.extract_lane(mask, 0) != 0) setWord(list, found++, word(rowIds, row));
    if (i64x2.extract_lane(mask, 1) != 0) setWord(list, found++, word(rowIds, row + 1));
  }
  if (even < nodes && load<f64>(line + (<usize>even << 3)) <= most) setWord(list, found++, word(rowIds, even));
  return found;
}

let smallest: f64 = 0;

/** Smallest distance in the row that {@link denseNearest} read last. */
export function denseDistance(): f64 {
  return smallest;
}

/**
 * Joins the rows of two clusters where both have a distance, which is nearly everywhere, and writes to the tally where only one has. Returns how many
 * those are.
 */
export function joinRows(row: i32, gone: i32, sizeRow: f64, sizeGone: f64): i32 {
  const line = lineOf(row), other = lineOf(gone);
  const both = 1 / (sizeRow + sizeGone);
  const step = <usize>nodes << 3;
  let found = 0;
  for (let column = 0; column < nodes; column++) {
    const offset = <usize>column << 3;
    const a = load<f64>(line + offset), b = load<f64>(other + offset);
    if (a == Infinity && b == Infinity) continue;
    const across = pool + <usize>column * step;
    store<f64>(across + (<usize>gone << 3), Infinity);
    let joined = Infinity;
    if (a != Infinity && b != Infinity) {
      const mean = (sizeRow * a + sizeGone * b) * both;
      if (mean < kept) joined = mean;
    } else if (column != row && column != gone) {
      setWord(tallyIds, found, word(rowIds, column));
      store<f64>(tallyA + (<usize>found << 3), a == Infinity ? -1 : a);
      store<f64>(tallyB + (<usize>found << 3), b == Infinity ? -1 : b);
      found++;
    }
    store<f64>(line + offset, joined);
    store<f64>(across + (<usize>row << 3), joined);
  }
  return found;
}

/** Row `gone` is no more; row `row` is cluster `into`. */
export function takeRow(row: i32, gone: i32, into: i32): void {
  setWord(rowNumbers, into, row);
  setWord(rowIds, row, into);
  setWord(rowIds, gone, -1);
  const line = lineOf(gone), far = f64x2.splat(Infinity);
  let at = line;
  const end = line + (<usize>nodes << 3);
  for (; at + 16 <= end; at += 16) v128.store(at, far);
  if (at < end) store<f64>(at, Infinity);
  store<f64>(lineOf(row) + (<usize>gone << 3), Infinity);
}
