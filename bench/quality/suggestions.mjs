import { discover, majorityOf } from "./discovery.mjs";
import { byPerson, halves, randomOf, shuffled } from "./drawing.mjs";
import { splitAll } from "./grouping.mjs";
import { count, newTally } from "./interval.mjs";
import { claimantOf, galleryOf, nameCareful, suggestFor } from "./rules.mjs";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

/** A suggestion is right when so many of the group's faces are that person. */
const RIGHT = 0.8;
/** Groups of fewer faces may stay without a suggestion. */
const WORTH = 3;

/** @typedef {Omit<import("./types.ts").HelpRow, "people" | "discoverAt" | "splits">} Help */

/** @returns {Help} */
const newHelp = () => ({
  sure: newTally(),
  perhaps: newTally(),
  claims: newTally(),
  groups: newTally(),
  later: newTally(),
  offered: newTally(),
});

/**
 * The panel's help when half of everyone's faces come after the naming: of `people` people by lot, the largest group is
 * named, then the other half comes, and discovery runs again. Once with the groups as discovered, once with every
 * proposed split accepted before naming.
 * @param {readonly LabelledFace[]} faces
 * @param {{ people: number, discoverAt: number, draws: number, seed: number }} options
 * @returns {import("./types.ts").HelpRow[]} pooled over the draws; none where there are too few people
 */
export function measureHelp(faces, { people, discoverAt, draws, seed }) {
  if (byPerson(faces).size < people) return [];
  return [false, true].map((splits) => {
    const help = newHelp();
    for (let draw = 0; draw < draws; draw++)
      nameAndSee(help, faces, { people, discoverAt, splits }, randomOf(seed, draw));
    return { people, discoverAt, splits, ...help };
  });
}

function nameAndSee(help, faces, { people, discoverAt, splits }, random) {
  const parts = [...byPerson(faces).values()].map((own) => halves(own, random));
  const before = parts.flatMap(([first]) => first);
  const after = parts.flatMap(([, rest]) => rest);
  const groups = discover(before, discoverAt);
  const largest = new Map();
  for (const group of splits ? splitAll(groups).groups : groups) {
    const { person } = majorityOf(group);
    if (!largest.has(person) || largest.get(person).length < group.length) largest.set(person, group);
  }
  // By name, so that with and without splits the lot falls on the same people.
  const byName = [...largest].sort(([a], [b]) => (a < b ? -1 : 1));
  const named = shuffled(byName, random)
    .slice(0, people)
    .map(([person, group]) => ({ person, faces: group }));
  const assigned = new Set(named.flatMap((one) => one.faces));
  const waiting = [...before, ...after].filter((face) => !assigned.has(face));
  const { gallery, claimants } = judge(help, discover(waiting, discoverAt), named);
  const known = new Set(named.map((one) => one.person));
  for (const face of after.filter((one) => known.has(one.person))) {
    const offered = claimants.get(face) === face.person;
    count(help.offered, offered);
    count(help.later, offered || nameCareful([face], gallery) === face.person);
  }
}

/** Counts what the panel would say of the waiting groups and their faces. */
function judge(help, waiting, named) {
  const gallery = galleryOf(named);
  const known = new Set(named.map((one) => one.person));
  /** @type {Map<LabelledFace, string>} whose each face is offered to be */
  const claimants = new Map();
  for (const group of waiting) {
    const suggestion = suggestFor(group, gallery);
    const share = suggestion ? group.filter((face) => face.person === suggestion.person).length / group.length : 0;
    if (suggestion) count(help[suggestion.level], share >= RIGHT);
    const majority = majorityOf(group);
    if (group.length >= WORTH && majority.share >= RIGHT && known.has(majority.person)) {
      count(help.groups, suggestion?.person === majority.person);
    }
    for (const face of group) {
      const claimant = claimantOf(face, suggestion?.level === "sure" ? suggestion.person : null, gallery);
      if (claimant === null) continue;
      claimants.set(face, claimant);
      count(help.claims, claimant === face.person);
    }
  }
  return { gallery, claimants };
}
