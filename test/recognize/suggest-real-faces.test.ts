import { describe, expect, it } from "vitest";
import { startHelper } from "../../src/cluster/distances/start-helper.ts";
import { createNativeLinkage } from "../../src/cluster/linkage/native.ts";
import { meanEncoding, varianceOf } from "../../src/domain/vectors/encoding.ts";
import { buildGallery, type Gallery, type GalleryPerson } from "../../src/recognize/gallery.ts";
import { claim, SAMPLE, suggest } from "../../src/recognize/suggest.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";

const folder = sharedData();
const THRESHOLD = 0.6;
/** Of a group's faces: so many must be the person's for a suggestion to be right. */
const RIGHT = 0.8;

interface RealFace {
  readonly encoding: Float32Array;
  readonly person: string;
}
type Faces = readonly RealFace[];

function readFaces(): Faces {
  const labels = realLabels(folder as string);
  return realFaces(folder as string).map((face, i) => ({
    encoding: Float32Array.from(face.encoding),
    person: labels[i]?.person as string,
  }));
}

/** Groups of the faces, largest first, as discovery makes them. */
function discover(faces: Faces, threshold: number): Faces[] {
  const dimension = faces[0]?.encoding.length ?? 0;
  const data = new Float32Array(faces.length * dimension);
  for (const [row, { encoding }] of faces.entries()) data.set(encoding, row * dimension);
  const { labels } = createNativeLinkage({ threads: 1, startHelper }).cluster(
    { data, count: faces.length, dimension },
    { threshold },
  );
  const groups = new Map<number, RealFace[]>();
  for (const [row, face] of faces.entries()) {
    const label = labels[row] as number;
    groups.set(label, [...(groups.get(label) ?? []), face]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** Whose most faces of a group are. */
function majority(group: Faces): string {
  const counts = new Map<string, number>();
  for (const { person } of group) counts.set(person, (counts.get(person) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] as string;
}

/** A share of a group that is of the person. */
const shareOf = (group: Faces, person: string): number =>
  group.filter((face) => face.person === person).length / group.length;

/** Names the largest group of each of so many people, as a user would: what is enrolled, and the groups that are left. */
function nameLargest(groups: readonly Faces[], people: number): { enrolled: GalleryPerson[]; waiting: Faces[] } {
  const enrolled = new Map<string, GalleryPerson>();
  const waiting: Faces[] = [];
  for (const group of groups) {
    const name = majority(group);
    if (enrolled.has(name) || enrolled.size === people) {
      waiting.push(group);
      continue;
    }
    const encodings = group.map((face) => face.encoding);
    const look = {
      encoding: meanEncoding(encodings),
      count: group.length,
      variance: varianceOf(encodings),
      model: "dlib",
    };
    enrolled.set(name, { name, personId: name, encodings: [look], notEncodings: [] });
  }
  return { enrolled: [...enrolled.values()], waiting };
}

function suggestFor(group: Faces, gallery: Gallery) {
  const encodings = group.map((face) => face.encoding);
  const every = Math.max(1, Math.ceil(group.length / SAMPLE));
  const sample = encodings.filter((_, i) => i % every === 0);
  const outline = { mean: meanEncoding(encodings), size: group.length, notPeople: [] };
  return suggest(outline, sample, gallery, THRESHOLD);
}

interface Outcome {
  /** Numbers of suggestions, and of those that were right. */
  sure: number;
  sureRight: number;
  all: number;
  allRight: number;
  offered: number;
  offeredRight: number;
  /** Groups of three or more that are a named person's, and those that carry that suggestion. */
  theirs: number;
  theirsFound: number;
  /** Faces of named people that are offered. */
  own: number;
}

function judge(waiting: readonly Faces[], gallery: Gallery, named: ReadonlySet<string>): Outcome {
  const sum = {
    sure: 0,
    sureRight: 0,
    all: 0,
    allRight: 0,
    offered: 0,
    offeredRight: 0,
    theirs: 0,
    theirsFound: 0,
    own: 0,
  };
  for (const group of waiting) {
    const suggestion = suggestFor(group, gallery);
    const isRight = suggestion !== null && shareOf(group, suggestion.person) >= RIGHT;
    if (suggestion) {
      sum.all++;
      if (isRight) sum.allRight++;
    }
    if (suggestion?.level === "sure") {
      sum.sure++;
      if (isRight) sum.sureRight++;
    }
    const owner = majority(group);
    if (group.length >= 3 && named.has(owner) && shareOf(group, owner) >= RIGHT) {
      sum.theirs++;
      if (suggestion?.person === owner) sum.theirsFound++;
    }
    const sureOf = suggestion?.level === "sure" ? suggestion.personId : null;
    for (const face of group) {
      const fit = claim(face.encoding, sureOf, gallery, THRESHOLD);
      if (named.has(face.person)) sum.own++;
      if (!fit) continue;
      sum.offered++;
      if (fit.person.name === face.person) sum.offeredRight++;
    }
  }
  return sum;
}

const atLeast = (right: number, all: number, share: number): void =>
  expect(right, `${right} of ${all}`).toBeGreaterThanOrEqual(all * share);

describe.skipIf(!folder).each([0.55, 0.6])("1,347 real faces, grouped at %d", { timeout: 120_000 }, (cut) => {
  it.each([5, 20, 40])("with %d people named, suggests and offers hardly any wrong person", (people) => {
    const { enrolled, waiting } = nameLargest(discover(readFaces(), cut), people);
    const { sure, sureRight, all, allRight, offered, offeredRight } = judge(
      waiting,
      buildGallery(enrolled, []),
      new Set(enrolled.map((one) => one.name)),
    );
    atLeast(sureRight, sure, 0.99);
    atLeast(allRight, all, 0.7);
    atLeast(offeredRight, offered, 0.98);
  });

  it.each([5, 20, 40])("with %d people named, finds them when half of their faces come later", (people) => {
    const faces = readFaces();
    const largest = nameLargest(discover(faces, cut), people).enrolled.map((one) => one.name);
    const named = new Set(largest);
    const seen = new Map<string, number>();
    const later = faces.filter(({ person }) => {
      const count = seen.get(person) ?? 0;
      seen.set(person, count + 1);
      return named.has(person) && count % 2 === 1;
    });
    const first = discover(
      faces.filter((face) => !later.includes(face)),
      cut,
    );
    const { enrolled, waiting } = nameLargest(
      first.filter((group) => named.has(majority(group))),
      people,
    );
    const rest = [...waiting, ...first.filter((group) => !named.has(majority(group)))].flat();
    const outcome = judge(discover([...rest, ...later], cut), buildGallery(enrolled, []), named);
    expect(outcome.theirs).toBeGreaterThanOrEqual(people * 0.9);
    atLeast(outcome.theirsFound, outcome.theirs, 0.9);
    atLeast(outcome.sureRight, outcome.sure, 0.99);
    atLeast(outcome.allRight, outcome.all, 0.7);
    atLeast(outcome.offeredRight, outcome.offered, 0.98);
    atLeast(outcome.offeredRight, outcome.own, 0.85);
  });
});
