/** With fewer points, finding axes takes longer than it saves. */
const WORTH_FROM = 6_000;
/** This share of the axes separates nearly all strangers (on real faces, 64 of 128 put 98 % of pairs beyond 0.6). */
const SHARE = 1 / 2;

/** Number of filter axes, a multiple of 8: some principal axes where that pays, else all coordinates. */
export function countAxes(points: number, dimension: number): number {
  const some = Math.ceil((dimension * SHARE) / 8) * 8;
  return points >= WORTH_FROM && dimension >= 64 ? some : dimension;
}
