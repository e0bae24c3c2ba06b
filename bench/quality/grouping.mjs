import { discover, majorityOf } from "./discovery.mjs";
import { splitOf } from "./rules.mjs";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

const pairs = (n) => (n * (n - 1)) / 2;

/** @param {readonly (readonly LabelledFace[])[]} groups @returns {import("./types.ts").Agreement} */
function agreementOf(groups) {
  let together = 0;
  let right = 0;
  let pure = 0;
  const totals = new Map();
  for (const group of groups) {
    const counts = new Map();
    for (const { person } of group) {
      counts.set(person, (counts.get(person) ?? 0) + 1);
      totals.set(person, (totals.get(person) ?? 0) + 1);
    }
    together += pairs(group.length);
    for (const n of counts.values()) right += pairs(n);
    pure += majorityOf(group).share * group.length;
  }
  const same = [...totals.values()].reduce((sum, n) => sum + pairs(n), 0);
  const faces = [...totals.values()].reduce((sum, n) => sum + n, 0);
  const precision = together === 0 ? 1 : right / together;
  const recall = same === 0 ? 1 : right / same;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    purity: pure / faces,
    groups: groups.length,
    alone: groups.filter((group) => group.length === 1).length,
  };
}

/**
 * The groups after each proposed split was accepted, without looking, until none is proposed.
 * @param {readonly LabelledFace[][]} groups
 * @returns {{ groups: LabelledFace[][], splits: number }}
 */
export function splitAll(groups) {
  const waiting = [...groups];
  const done = [];
  let splits = 0;
  while (waiting.length > 0) {
    const group = waiting.pop();
    const parts = splitOf(group);
    if (parts) {
      splits++;
      waiting.push(...parts);
    } else done.push(group);
  }
  return { groups: done, splits };
}

/**
 * @param {readonly LabelledFace[]} faces
 * @param {readonly number[]} thresholds
 * @returns {import("./types.ts").GroupingRow[]}
 */
export function measureGrouping(faces, thresholds) {
  return thresholds.map((threshold) => {
    const groups = discover(faces, threshold);
    const { groups: parts, splits } = splitAll(groups);
    return { threshold, plain: agreementOf(groups), split: { ...agreementOf(parts), splits } };
  });
}
