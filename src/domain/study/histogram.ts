/** Width of a bin; the first starts at 0. */
export const BIN = 0.02;
/** The last has all that is further. */
const BINS = 60;

/** How many distances are in each bin. */
export function histogram(distances: readonly number[]): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const distance of distances) {
    const bin = Math.min(BINS - 1, Math.floor(distance / BIN));
    bins[bin] = (bins[bin] as number) + 1;
  }
  return bins;
}
