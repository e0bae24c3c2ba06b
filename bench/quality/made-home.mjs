import { createRandom, gamma, normal } from "../../dist/demo/random.js";
import { SPECTRA } from "../../dist/demo/spectra.js";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

const FACES = 6_000;
const RESIDENTS = 5;
/** Share of visits that are a resident's. */
const AT_HOME = 0.5;
/** Of the variance within a person, what the frames of one visit have in common: two of them lie some 0.22 apart. */
const OF_THE_VISIT = 0.75;
/** Frames in a visit. */
const FEWEST = 4;
const MOST = 30;
/** See `src/demo/made-people.ts`. */
const QUALITY = 6;

const BETWEEN = SPECTRA.between.map(Math.sqrt);
const WITHIN = SPECTRA.within.map(Math.sqrt);

/**
 * What cameras at a home see: few residents who come again and again, strangers who come once or twice, and of each visit
 * many frames that are much alike. The people do not exist; their distances are like those of real photos.
 * @param {number} seed
 * @returns {LabelledFace[]}
 */
export function makeHome(seed) {
  const random = createRandom(seed);
  const around = (centre, deviations, scale) =>
    centre.map((value, k) => value + normal(random) * deviations[k] * scale);
  const newPerson = () =>
    around(
      BETWEEN.map(() => 0),
      BETWEEN,
      1,
    );
  const residents = Array.from({ length: RESIDENTS }, newPerson);
  /** @type {LabelledFace[]} */
  const faces = [];
  let strangers = 0;
  let stranger = { person: "", mean: newPerson() };
  for (let visit = 0; faces.length < FACES; visit++) {
    const resident = Math.floor(random() * RESIDENTS);
    const atHome = random() < AT_HOME;
    // Every third stranger comes twice.
    if (!atHome && random() < 0.75) stranger = { person: `stranger ${++strangers}`, mean: newPerson() };
    const who = atHome ? { person: `resident ${resident}`, mean: residents[resident] } : stranger;
    const seen = around(who.mean, WITHIN, Math.sqrt(OF_THE_VISIT * gamma(QUALITY, random)));
    const frames = FEWEST + Math.floor(random() * (MOST - FEWEST));
    for (let frame = 0; frame < frames; frame++) {
      const scale = Math.sqrt((1 - OF_THE_VISIT) * gamma(QUALITY, random));
      const encoding = Float32Array.from(around(seen, WITHIN, scale));
      faces.push({ id: `${visit}-${frame}`, person: who.person, visit: String(visit), encoding });
    }
  }
  return faces;
}
