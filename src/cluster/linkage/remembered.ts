import type { Groups } from "./groups.ts";

const PRIME_A = 0x9e3779b1;
const PRIME_B = 0x85ebca6b;

/** Sums of distances that were computed, so that growing clusters pay only for what is new. */
export interface Remembered {
  /** Sum of all distances between the faces of two clusters, from float32 squares. */
  sum(i: number, j: number): number;
  /** Forgets the sums of clusters that are no more, when there are many. `done` is not 0 for those. */
  tidy(done: Uint8Array): void;
}

/**
 * The faces of a cluster are only ever appended to, so a sum over the first `a` faces of one and the first `b` of
 * another stays true when they grow: what is missing are the new rows and the new columns. Kept under both clusters'
 * numbers in an open table of flat arrays. Only pairs of clusters that bounds could not tell apart get here.
 */
export function createRemembered(groups: Groups): Remembered {
  const { size } = groups;
  let capacity = 1024;
  let used = 0;
  let first = new Int32Array(capacity).fill(-1);
  let second = new Int32Array(capacity);
  let rows = new Int32Array(capacity);
  let columns = new Int32Array(capacity);
  let sums = new Float64Array(capacity);

  function slotOf(a: number, b: number): number {
    let slot = ((Math.imul(a, PRIME_A) ^ Math.imul(b, PRIME_B)) >>> 7) & (capacity - 1);
    while (first[slot] !== -1 && (first[slot] !== a || second[slot] !== b)) slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  function rebuild(done: Uint8Array): void {
    const old = { first, second, rows, columns, sums };
    const lives = (k: number): boolean =>
      old.first[k] !== -1 && done[old.first[k]!] === 0 && done[old.second[k]!] === 0;
    let kept = 0;
    for (let k = 0; k < old.first.length; k++) if (lives(k)) kept++;
    capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(kept * 4 + 1)));
    first = new Int32Array(capacity).fill(-1);
    second = new Int32Array(capacity);
    rows = new Int32Array(capacity);
    columns = new Int32Array(capacity);
    sums = new Float64Array(capacity);
    used = 0;
    for (let k = 0; k < old.first.length; k++) {
      const a = old.first[k]!;
      const b = old.second[k]!;
      if (!lives(k)) continue;
      const slot = slotOf(a, b);
      first[slot] = a;
      second[slot] = b;
      rows[slot] = old.rows[k]!;
      columns[slot] = old.columns[k]!;
      sums[slot] = old.sums[k]!;
      used++;
    }
  }

  return {
    sum(i, j) {
      const a = Math.min(i, j);
      const b = Math.max(i, j);
      const slot = slotOf(a, b);
      if (first[slot] === -1) {
        used++;
        first[slot] = a;
        second[slot] = b;
        rows[slot] = 0;
        columns[slot] = 0;
        sums[slot] = 0;
      }
      const knownRows = rows[slot]!;
      const knownColumns = columns[slot]!;
      let sum = sums[slot]!;
      if (knownRows > 0 && knownColumns < size[b]!) sum += groups.sumOf(b, a, knownColumns, 0, knownRows, false);
      if (knownRows < size[a]!) sum += groups.sumOf(a, b, knownRows, 0, size[b]!, false);
      rows[slot] = size[a]!;
      columns[slot] = size[b]!;
      sums[slot] = sum;
      return sum;
    },

    tidy(done) {
      if (used * 2 > capacity) rebuild(done);
    },
  };
}
