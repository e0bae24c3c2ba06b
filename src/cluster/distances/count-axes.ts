/** With fewer points, finding axes takes longer than it saves. */
const WORTH_FROM = 3_000;
/** This share of the axes separates nearly all strangers (on real faces, 48 of 128 put 96 % of pairs beyond 0.6). */
const SHARE = 3 / 8;

/** Number of filter axes: some principal axes where that pays, else all coordinates. */
export function countAxes(points: number, dimension: number): number {
  const some = Math.ceil((dimension * SHARE) / 4) * 4;
  return points >= WORTH_FROM && dimension >= 64 ? some : dimension;
}
