/** Neighbours being added up: a sparse set (Briggs and Torczon 1993), so that nothing has to be cleared. */
export interface Tally {
  readonly places: Int32Array;
  readonly ids: Int32Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/** A tally for clusters numbered under `count`. */
export function createTally(count: number): Tally {
  return {
    places: new Int32Array(count),
    ids: new Int32Array(count),
    counts: new Float64Array(count),
    sums: new Float64Array(count),
  };
}

/** Adds the `more` entries of one tally to the `found` of another; returns how many that has then. */
export function tallyAll(into: Tally, found: number, from: Tally, more: number): number {
  const { places, ids, counts, sums } = into;
  let total = found;
  for (let k = 0; k < more; k++) {
    const j = from.ids[k]!;
    const place = places[j]!;
    if (place < total && ids[place] === j) {
      counts[place] = counts[place]! + from.counts[k]!;
      sums[place] = sums[place]! + from.sums[k]!;
    } else {
      places[j] = total;
      ids[total] = j;
      counts[total] = from.counts[k]!;
      sums[total] = from.sums[k]!;
      total++;
    }
  }
  return total;
}
