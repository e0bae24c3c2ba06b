import type { Groups } from "./groups.ts";

/** Sums remembered before those of clusters that no longer exist are dropped for the first time. */
const FIRST_SWEEP = 1024;

/** Remembers computed sums of distances, so that growing clusters pay only for their new faces. */
export interface Remembered {
  /** Sum of all distances between the faces of two clusters, from float32 squares. */
  sum(i: number, j: number): number;
  /** Once there are many sums, drops those of clusters that no longer exist: whose `done` is not 0. */
  tidy(done: Uint8Array): void;
}

/**
 * The faces of a cluster are only ever appended to, so a sum over the first `a` faces of one and the first `b` of another
 * stays valid when they grow: only the new rows and columns are missing. Only pairs of clusters that bounds could not
 * decide get here.
 */
export function createRemembered({ size, sumOf }: Groups): Remembered {
  const sums = new Map<number, { rows: number; columns: number; sum: number }>();
  let sweepAt = FIRST_SWEEP;

  return {
    sum(i, j) {
      const a = Math.min(i, j);
      const b = Math.max(i, j);
      const key = a * size.length + b;
      let known = sums.get(key);
      if (!known) {
        known = { rows: 0, columns: 0, sum: 0 };
        sums.set(key, known);
      }
      const { rows, columns } = known;
      if (rows > 0 && columns < size[b]!) known.sum += sumOf(b, a, columns, 0, rows, false);
      if (rows < size[a]!) known.sum += sumOf(a, b, rows, 0, size[b]!, false);
      known.rows = size[a]!;
      known.columns = size[b]!;
      return known.sum;
    },

    tidy(done) {
      if (sums.size < sweepAt) return;
      for (const key of sums.keys()) {
        if (done[Math.floor(key / size.length)] || done[key % size.length]) sums.delete(key);
      }
      sweepAt = Math.max(FIRST_SWEEP, sums.size * 2);
    },
  };
}
