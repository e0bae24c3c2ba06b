import { blend, setWord, squaredDistance, sumBetween, sumExactly, sumOfMembers, surelyFarther, word } from "./arithmetic";
import { denseDistance, denseNearest, joinRows, setDistance, takeRow } from "./dense";
import { append, CHUNK_ENTRIES, chunkAt, ENTRY, freeChunks } from "./pool";
import {
  blendError, blends, capacity, dense, frames, gone, heads, kept, list, marks, meanRows, means, memberHead, memberNext, memberTail, nodes, previews, pushes, rounding,
  rowHeads, rowNumbers, rowTails, sizes, slots, starts, stride, tails, tallyA, tallyB, tallyIds,
} from "./run";

/** While clusters merge, the memory may grow to all there is: what merges only gets fewer. */
const ALL: i32 = i32.MAX_VALUE;

/** From this many pairs on, means are looked at before all pairs. */
const MANY_PAIRS: f64 = 16;

let joins: i32 = 0;
let smallest: f64 = 0;

/** Makes rows of what the threads of the pass wrote, and a cluster of each node. */
export function openRows(threads: i32): void {
  memory.fill(gone, 0, <usize>nodes << 1);
  const each = <usize>capacity << 2;
  for (let i = 0; i < nodes; i++) {
    let head = 0, tail = 0;
    for (let thread = 0; thread < threads; thread++) {
      const first = word(rowHeads + <usize>thread * each, i);
      if (first == 0) continue;
      const last = word(rowTails + <usize>thread * each, i);
      if (head == 0) tail = last;
      else store<i32>(chunkAt(last), head);
      head = first;
    }
    setWord(heads, i, head);
    setWord(tails, i, tail);
    setWord(pushes, i, CHUNK_ENTRIES);
    setWord(meanRows, i, i);
    setWord(blends, i, 0);
    const start = word(starts, i), end = word(starts, i + 1);
    setWord(memberHead, i, start);
    setWord(memberTail, i, end - 1);
    for (let x = start; x < end; x++) setWord(memberNext, x, x + 1 < end ? x + 1 : -1);
  }
}

/** Drops the entries of row `i` for clusters that are gone, and frees what is empty.  */
function tidy(i: i32): void {
  let used = 0, entries = 0;
  let into = word(heads, i);
  if (into == 0) return;
  for (let chunk = into; chunk != 0; ) {
    const base = chunkAt(chunk);
    const next = load<i32>(base);
    for (let at = base + 8, end = at + (<usize>load<i32>(base, 4) * ENTRY); at < end; at += ENTRY) {
      const id = load<i32>(at);
      if (load<u8>(gone + id) != 0) continue;
      if (used == CHUNK_ENTRIES) {
        store<i32>(chunkAt(into), used, 4);
        into = load<i32>(chunkAt(into));
        used = 0;
      }
      const to = chunkAt(into) + 8 + <usize>used * ENTRY;
      store<i32>(to, id);
      store<f64>(to, load<f64>(at, 4), 4);
      used++;
      entries++;
    }
    chunk = next;
  }
  store<i32>(chunkAt(into), used, 4);
  const rest = load<i32>(chunkAt(into));
  store<i32>(chunkAt(into), 0);
  freeChunks(rest, word(tails, i));
  setWord(tails, i, into);
  setWord(pushes, i, max(CHUNK_ENTRIES, entries));
}

/**
 * Writes to `list` the clusters that may be the nearest of `i`: the nearest by what the row has, and those that rounding
 * may have put behind it. Returns how many; {@link nearestDistance} has the smallest distance.
 */
export function nearest(i: i32): i32 {
  if (dense) return denseNearest(i);
  tidy(i);
  let first = Infinity, second = Infinity;
  let id = -1;
  for (let chunk = word(heads, i); chunk != 0; chunk = load<i32>(chunkAt(chunk))) {
    const base = chunkAt(chunk);
    for (let at = base + 8, end = at + (<usize>load<i32>(base, 4) * ENTRY); at < end; at += ENTRY) {
      const distance = load<f64>(at, 4);
      if (distance < second) {
        if (distance < first) {
          second = first;
          first = distance;
          id = load<i32>(at);
        } else second = distance;
      }
    }
  }
  smallest = first;
  if (id < 0) return 0;
  const most = first * (1 + 2.1 * rounding);
  if (second > most) {
    store<i32>(list, id);
    return 1;
  }
  let found = 0;
  for (let chunk = word(heads, i); chunk != 0; chunk = load<i32>(chunkAt(chunk))) {
    const base = chunkAt(chunk);
    for (let at = base + 8, end = at + (<usize>load<i32>(base, 4) * ENTRY); at < end; at += ENTRY) {
      if (load<f64>(at, 4) <= most) setWord(list, found++, load<i32>(at));
    }
  }
  return found;
}

/** Smallest distance in the row that {@link nearest} read last. */
export function nearestDistance(): f64 {
  return dense ? denseDistance() : smallest;
}

/** Mean distance of two clusters in float64. */
export function exactly(i: i32, j: i32): f64 {
  const a = min(i, j), b = max(i, j);
  return sumExactly(a, b) / (<f64>word(sizes, a) * <f64>word(sizes, b));
}

/** Marks the frames of a cluster's faces with `mark`. */
function markFrames(i: i32, mark: i32): void {
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    const frame = word(frames, x);
    if (frame >= 0) setWord(marks, frame, mark);
  }
}

function isMarked(i: i32, mark: i32): bool {
  for (let x = word(memberHead, i); x >= 0; x = word(memberNext, x)) {
    const frame = word(frames, x);
    if (frame >= 0 && word(marks, frame) == mark) return true;
  }
  return false;
}

/** Reads row `i` into the tally, which has `found` clusters. `own` and `other` are the columns of its distances. Returns how many there are then. */
function tally(i: i32, not: i32, found: i32, own: usize, other: usize): i32 {
  for (let chunk = word(heads, i); chunk != 0; chunk = load<i32>(chunkAt(chunk))) {
    const base = chunkAt(chunk);
    for (let at = base + 8, end = at + (<usize>load<i32>(base, 4) * ENTRY); at < end; at += ENTRY) {
      const id = load<i32>(at);
      if (id == not || load<u8>(gone + id) != 0) continue;
      let slot = word(slots, id);
      if (<u32>slot >= <u32>found || word(tallyIds, slot) != id) {
        slot = found++;
        setWord(slots, id, slot);
        setWord(tallyIds, slot, id);
        store<f64>(other + (<usize>slot << 3), -1);
      }
      store<f64>(own + (<usize>slot << 3), load<f64>(at, 4));
    }
  }
  return found;
}

/** Address of a cluster's mean. */
@inline
function meanOf(i: i32): usize {
  return means + <usize>word(meanRows, i) * (<usize>stride << 2);
}

/**
 * Whether `one` is so far from `c` that, joined with a cluster of `size` faces at `distance` from it, it is out of reach. For many
 * pairs by their means first: neither the distance of two means nor the mean of the distances to a mean is ever more than the mean of
 * all distances (Jensen).
 */
function isFar(one: i32, c: i32, distance: f64, size: f64): bool {
  const sizeOne = <f64>word(sizes, one), sizeC = <f64>word(sizes, c);
  const least = (kept * (sizeOne + size) - distance * size) / sizeOne;
  if (sizeOne * sizeC >= MANY_PAIRS) {
    const error = blendError * <f64>(word(blends, one) + word(blends, c) + 2);
    const outer = (least + error) * (1 + 2 * rounding);
    if (squaredDistance(meanOf(one), meanOf(c)) > outer * outer) return true;
    const few = sizeOne < sizeC ? one : c, many = sizeOne < sizeC ? c : one;
    if (sumOfMembers(few, meanOf(many)) > outer * <f64>word(sizes, few)) return true;
  }
  return previews != 0 && surelyFarther(one, c, least * sizeOne * sizeC);
}

/** Distance of `a` and `b` joined to entry `k` of the tally, cluster `c`; infinite when that is out of reach. */
function joinedDistance(a: i32, b: i32, c: i32, k: i32, mark: i32): f64 {
  const sizeA = <f64>word(sizes, a), sizeB = <f64>word(sizes, b);
  let toA = load<f64>(tallyA + (<usize>k << 3)), toB = load<f64>(tallyB + (<usize>k << 3));
  if (toA < 0) {
    if (frames != 0 && isMarked(c, mark)) return Infinity;
    if (isFar(a, c, toB, sizeB)) return Infinity;
    toA = sumBetween(a, c) / (sizeA * <f64>word(sizes, c));
  } else if (toB < 0) {
    if (frames != 0 && isMarked(c, mark + 1)) return Infinity;
    if (isFar(b, c, toA, sizeA)) return Infinity;
    toB = sumBetween(b, c) / (sizeB * <f64>word(sizes, c));
  }
  const distance = (sizeA * toA + sizeB * toB) / (sizeA + sizeB);
  return distance < kept ? distance : Infinity;
}

/**
 * Merges clusters `a` and `b` to `into`, a number not used before. Its distance to any other is the mean of theirs, by size
 * (Lance and Williams 1967). One that only one of them has in its row is at least the reach from the other, and is computed; when both
 * lack it, the merged one is no nearer, so nothing within the reach is ever missing.
 */
export function join(a: i32, b: i32, into: i32): void {
  const found = dense
    ? joinRows(word(rowNumbers, a), word(rowNumbers, b), <f64>word(sizes, a), <f64>word(sizes, b))
    : tally(b, a, tally(a, b, 0, tallyA, tallyB), tallyB, tallyA);
  const row = word(rowNumbers, a);
  const mark = 2 * ++joins;
  if (frames != 0) {
    markFrames(a, mark);
    markFrames(b, mark + 1);
  }
  store<u8>(gone + a, 1);
  store<u8>(gone + b, 1);
  if (!dense) {
    freeChunks(word(heads, a), word(tails, a));
    freeChunks(word(heads, b), word(tails, b));
  }
  setWord(heads, into, 0);
  setWord(tails, into, 0);
  setWord(pushes, into, max(CHUNK_ENTRIES, found));
  setWord(sizes, into, word(sizes, a) + word(sizes, b));
  for (let k = 0; k < found; k++) {
    const c = word(tallyIds, k);
    const distance = joinedDistance(a, b, c, k, mark);
    if (distance == Infinity) continue;
    if (dense) {
      setDistance(row, word(rowNumbers, c), distance);
      continue;
    }
    append(heads, tails, into, c, distance, ALL);
    if (word(pushes, c) == 0) tidy(c);
    append(heads, tails, c, into, distance, ALL);
    setWord(pushes, c, word(pushes, c) - 1);
  }
  blend(meanOf(a), <f32>(<f64>word(sizes, a) / <f64>word(sizes, into)), meanOf(b));
  setWord(meanRows, into, word(meanRows, a));
  setWord(blends, into, max(word(blends, a), word(blends, b)) + 1);
  if (dense) takeRow(row, word(rowNumbers, b), into);
  setWord(memberHead, into, word(memberHead, a));
  setWord(memberNext, word(memberTail, a), word(memberHead, b));
  setWord(memberTail, into, word(memberTail, b));
}
