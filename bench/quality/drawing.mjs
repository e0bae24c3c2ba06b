import { createRandom } from "../../dist/demo/random.js";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

/** Chance with a seed: the same numbers for the same seed and draw. @param {number} seed @param {number} draw */
export const randomOf = (seed, draw) => createRandom(seed * 10_007 + draw);

/**
 * @template T
 * @param {readonly T[]} list
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffled(list, random) {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** @param {readonly LabelledFace[]} faces @returns {Map<string, LabelledFace[]>} by person, in the order of the faces */
export function byPerson(faces) {
  return groupBy(faces, (face) => face.person);
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {(one: T) => string} key
 * @returns {Map<string, T[]>}
 */
function groupBy(list, key) {
  const groups = new Map();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/**
 * The faces of one person in two halves. Faces of one visit stay together.
 * @param {readonly LabelledFace[]} faces
 * @param {() => number} random
 * @returns {[LabelledFace[], LabelledFace[]]} the first has one more when the number is odd
 */
export function halves(faces, random) {
  const units = shuffled([...groupBy(faces, (face) => face.visit ?? face.id).values()], random);
  const first = [];
  while (units.length > 0 && first.length < faces.length / 2) first.push(...units.pop());
  return [first, units.flat()];
}

/**
 * Visits of `length` faces each of one person: faces of one visit where the data has visits, else any, such as photos of
 * different days. What is left over is no visit.
 * @param {readonly LabelledFace[]} faces
 * @param {number} length
 * @param {() => number} random
 * @returns {LabelledFace[][]}
 */
export function visitsOf(faces, length, random) {
  return [...groupBy(faces, (face) => face.visit ?? "").values()].flatMap((together) => {
    const order = shuffled(together, random);
    return Array.from({ length: Math.floor(order.length / length) }, (_, i) =>
      order.slice(i * length, (i + 1) * length),
    );
  });
}
