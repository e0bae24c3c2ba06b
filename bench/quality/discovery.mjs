import { createNativeLinkage } from "../../dist/cluster/linkage/native.js";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

const linkage = createNativeLinkage({
  threads: 1,
  startHelper: () => {
    throw new Error("one thread was asked for");
  },
});

/**
 * What discovery makes of these faces, largest first.
 * @param {readonly LabelledFace[]} faces
 * @param {number} threshold
 * @returns {LabelledFace[][]}
 */
export function discover(faces, threshold) {
  const dimension = faces[0]?.encoding.length ?? 0;
  const data = new Float32Array(faces.length * dimension);
  for (const [row, face] of faces.entries()) data.set(face.encoding, row * dimension);
  const { labels } = linkage.cluster({ data, count: faces.length, dimension }, { threshold });
  /** @type {LabelledFace[][]} */
  const groups = [];
  for (const [row, face] of faces.entries()) {
    groups[labels[row]] ??= [];
    groups[labels[row]].push(face);
  }
  return groups.sort((a, b) => b.length - a.length);
}

/** Who most of them are, and their share. @param {readonly LabelledFace[]} faces @returns {{ person: string, share: number }} */
export function majorityOf(faces) {
  const counts = new Map();
  for (const { person } of faces) counts.set(person, (counts.get(person) ?? 0) + 1);
  const [person, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  return { person, share: most / faces.length };
}
