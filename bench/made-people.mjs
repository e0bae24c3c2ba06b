// Encodings of people who do not exist, lying to each other as those of real photos do, in a space turned at random: the
// real ones' axes are no coordinates either.

import { SPECTRA } from "../dist/demo/spectra.js";

/** @param {number} count @param {() => number} normal standard normal numbers */
export function makePeople(count, normal) {
  const mirrors = Array.from({ length: 4 }, () => Float64Array.from(SPECTRA.between, normal));
  const turn = (encoding) => {
    for (const mirror of mirrors) {
      const length = mirror.reduce((sum, value) => sum + value * value, 0);
      const along = mirror.reduce((sum, value, i) => sum + value * encoding[i], 0);
      for (let i = 0; i < encoding.length; i++) encoding[i] -= (2 * along * mirror[i]) / length;
    }
    return encoding;
  };
  const draw = (variances) => Float32Array.from(variances, (variance) => normal() * Math.sqrt(variance));
  const people = Array.from({ length: count }, () => draw(SPECTRA.between));
  return {
    /** Another photo of person `i`. */
    look: (i) => turn(draw(SPECTRA.within).map((value, axis) => value + people[i][axis])),
  };
}
