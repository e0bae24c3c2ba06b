import { makeFaces } from "../dist/demo/made-faces.js";
import { createRandom, gamma, normal } from "../dist/demo/random.js";
import { SPECTRA } from "../dist/demo/spectra.js";

/** Kinds of unassigned faces, from many people to one. Nothing in them is of a real face; the same for the same seed. */
export const SHAPES = /** @type {const} */ (["bench", "household", "one-person", "strangers"]);

/** @typedef {typeof SHAPES[number]} Shape */
/** @typedef {{ readonly seed?: number, readonly dimension?: number }} ShapeOptions */
/** @typedef {{ readonly data: Float32Array, readonly count: number, readonly dimension: number }} Faces */

/** See `src/demo/made-people.ts`. */
const QUALITY = 6;
const RESIDENTS = 5;
/** Share of visits that are a resident's, which is that of faces, nearly. */
const AT_HOME = 0.85;
/** Of the variance within a person, what the frames of one visit have in common: two of them lie some 0.22 apart. */
const OF_THE_VISIT = 0.75;
/** Frames in a visit; a stranger's has half as many, but 2. */
const FEWEST = 4;
const MOST = 40;
/** Deviation of every number of the one person: distances of about 0.35 in 128 dimensions. */
const NOISE = 0.022;

/**
 * Encodings of so many faces, on a SharedArrayBuffer. `bench` and no other has 128 numbers only.
 * @param {Shape} shape
 * @param {number} count
 * @param {ShapeOptions} [options]
 * @returns {Faces}
 */
export function makeShape(shape, count, { seed = 1, dimension = SPECTRA.between.length } = {}) {
  if (shape === "bench") return { data: makeFaces(count, peopleFor(count), seed).data, count, dimension: 128 };
  const data = new Float32Array(new SharedArrayBuffer(count * dimension * Float32Array.BYTES_PER_ELEMENT));
  const fill = { household: fillHousehold, "one-person": fillOnePerson, strangers: fillStrangers }[shape];
  fill(data, count, dimension, createRandom(seed));
  return { data, count, dimension };
}

/** As many as make one face in 33 a stranger's at 10,000, fewer newcomers later. @param {number} count */
function peopleFor(count) {
  return Math.round(3 * Math.sqrt(count)) + Math.round(count / 150);
}

/**
 * Few residents who come again and again, strangers who come once, of each visit many frames that are much alike, and
 * all of that in no order.
 * @param {Float32Array} data @param {number} count @param {number} dimension @param {() => number} random
 */
function fillHousehold(data, count, dimension, random) {
  const { between, within } = deviations(dimension);
  const nowhere = new Float64Array(dimension);
  const residents = Array.from({ length: RESIDENTS }, () => around(nowhere, between, 1, random));
  const order = shuffled(count, random);
  for (let face = 0; face < count; ) {
    const drawn = FEWEST + Math.floor(random() * (MOST - FEWEST));
    const atHome = random() < AT_HOME;
    const frames = atHome ? drawn : Math.max(2, Math.floor(drawn / 2));
    const person = atHome ? residents[Math.floor(random() * RESIDENTS)] : around(nowhere, between, 1, random);
    const visit = around(person, within, Math.sqrt(OF_THE_VISIT * gamma(QUALITY, random)), random);
    for (let frame = 0; frame < frames && face < count; frame++, face++) {
      const scale = Math.sqrt((1 - OF_THE_VISIT) * gamma(QUALITY, random));
      data.set(around(visit, within, scale, random), order[face] * dimension);
    }
  }
}

/** @param {Float32Array} data @param {number} _count @param {number} dimension @param {() => number} random */
function fillOnePerson(data, _count, dimension, random) {
  const centre = around(new Float64Array(dimension), deviations(dimension).between, 1, random);
  for (let k = 0; k < data.length; k++) data[k] = centre[k % dimension] + normal(random) * NOISE;
}

/** Every face is another person's. @param {Float32Array} data @param {number} count @param {number} dimension @param {() => number} random */
function fillStrangers(data, count, dimension, random) {
  const { between, within } = deviations(dimension);
  const nowhere = new Float64Array(dimension);
  for (let face = 0; face < count; face++) {
    const person = around(nowhere, between, 1, random);
    data.set(around(person, within, Math.sqrt(gamma(QUALITY, random)), random), face * dimension);
  }
}

/** Those of real faces; in other dimensions each axis is spread over several, which keeps distances. @param {number} dimension */
function deviations(dimension) {
  const axes = SPECTRA.between.length;
  const spread = (/** @type {readonly number[]} */ variances) =>
    Float64Array.from({ length: dimension }, (_, k) =>
      Math.sqrt((variances[Math.floor((k * axes) / dimension)] * axes) / dimension),
    );
  return { between: spread(SPECTRA.between), within: spread(SPECTRA.within) };
}

/** @param {Float64Array} centre @param {Float64Array} deviation @param {number} scale @param {() => number} random */
function around(centre, deviation, scale, random) {
  return centre.map((value, k) => value + normal(random) * deviation[k] * scale);
}

/** 0 to `count` - 1 in a drawn order. @param {number} count @param {() => number} random */
function shuffled(count, random) {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
