/** Neighbours being summed up: a sparse set (Briggs and Torczon 1993), so that nothing has to be cleared. */
export interface Tally {
  /** Per cluster its index in the other arrays, valid only when `ids` there holds that cluster. */
  readonly slots: Int32Array;
  readonly ids: Int32Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/** A tally for clusters numbered under `count`. */
export function createTally(count: number): Tally {
  return {
    slots: new Int32Array(count),
    ids: new Int32Array(count),
    counts: new Float64Array(count),
    sums: new Float64Array(count),
  };
}

/** Adds to cluster `j` in a tally of `found` clusters; returns how many it has then. */
export function addTo(
  { slots, ids, counts, sums }: Tally,
  found: number,
  j: number,
  count: number,
  sum: number,
): number {
  const slot = slots[j]!;
  if (slot < found && ids[slot] === j) {
    counts[slot] = counts[slot]! + count;
    sums[slot] = sums[slot]! + sum;
    return found;
  }
  slots[j] = found;
  ids[found] = j;
  counts[found] = count;
  sums[found] = sum;
  return found + 1;
}

/** Adds the first `more` entries of `from` to a tally of `found` clusters; returns how many it has then. */
export function addAll(into: Tally, found: number, from: Tally, more: number): number {
  let total = found;
  for (let k = 0; k < more; k++) total = addTo(into, total, from.ids[k]!, from.counts[k]!, from.sums[k]!);
  return total;
}
