/** @typedef {import("./types.ts").Tally} Tally */

/** Of the normal distribution: 95 % lie within so many deviations. */
const Z = 1.959964;

/**
 * The Wilson score interval at 95 % of a share (Wilson 1927): unlike the normal approximation it is right for shares near 0
 * and 1 and for few trials.
 * @param {number} part
 * @param {number} whole
 * @returns {{ low: number, high: number }} 0 to 1; of no trials all of it
 */
export function wilsonInterval(part, whole) {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const z2 = Z ** 2 / whole;
  const centre = share + z2 / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / whole + z2 / whole / 4);
  return {
    low: part === 0 ? 0 : (centre - reach) / (1 + z2),
    high: part === whole ? 1 : (centre + reach) / (1 + z2),
  };
}

/** @returns {Tally} */
export const newTally = () => ({ part: 0, whole: 0 });

/** @param {Tally} tally @param {boolean} hit */
export function count(tally, hit) {
  tally.whole++;
  if (hit) tally.part++;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function pool(tallies) {
  return tallies.reduce((sum, one) => ({ part: sum.part + one.part, whole: sum.whole + one.whole }), newTally());
}
