import { describe, expect, it } from "vitest";
import { startHelper } from "../../../src/cluster/distances/start-helper.ts";
import { createNativeLinkage } from "../../../src/cluster/linkage/native.ts";
import { proposeSplit } from "../../../src/cluster/split/propose-split.ts";
import { SPECTRA } from "../../../src/demo/spectra.ts";
import { DLIB } from "../../../src/domain/model.ts";
import { realFaces, realLabels, sharedData } from "../../helpers/shared-data.ts";
import { makeRandom } from "../../make/encoding.ts";

type Random = () => number;

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const around = (centre: ArrayLike<number>, variances: readonly number[], random: Random, share = 1): Float32Array =>
  Float32Array.from(variances, (one, k) => (centre[k] ?? 0) + normal(random) * Math.sqrt(one * share));
/** Frames of some visits of a person who does not exist: frames of one visit are more alike than visits are. */
function visitsOf(mean: Float32Array, visits: number, frames: number, random: Random): Float32Array[] {
  return Array.from({ length: visits }).flatMap(() => {
    const visit = around(mean, SPECTRA.within, random, 0.75);
    return Array.from({ length: frames }, () => around(visit, SPECTRA.within, random, 0.25));
  });
}
const person = (random: Random): Float32Array => around([], SPECTRA.between, random);
/** Somebody as alike as two people are whom average linkage joins at 0.6: their means lie 0.42 apart. */
function lookalike(mean: Float32Array, random: Random): Float32Array {
  const other = person(random);
  const away = Math.hypot(...other.map((value, k) => value - (mean[k] as number)));
  return mean.map((value, k) => value + (((other[k] as number) - value) / away) * 0.42);
}
const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

describe("a proposed split", () => {
  it.each([2, 3, 4, 5])("separates two people in one group, whose faces come in any order (%i)", (seed) => {
    const random = makeRandom(seed);
    const anna = person(random);
    const faces = [
      ...visitsOf(anna, 12, 3, random).map((encoding) => ({ encoding, who: "Anna" })),
      ...visitsOf(lookalike(anna, random), 9, 2, random).map((encoding) => ({ encoding, who: "Berta" })),
    ];
    const sidesOf = (order: typeof faces) =>
      proposeSplit(
        order.map(({ encoding }) => encoding),
        DLIB,
      )?.map((side) => side.map((row) => order[row]));
    const sides = sidesOf(faces);
    expect(sides?.map((side) => new Set(side.map((face) => face?.who)))).toEqual([
      new Set(["Anna"]),
      new Set(["Berta"]),
    ]);
    for (let round = 0; round < 3; round++) {
      const again = sidesOf(shuffled(faces, random));
      expect(again?.map((side) => new Set(side))).toEqual(
        expect.arrayContaining((sides ?? []).map((side) => new Set(side))),
      );
    }
  });

  it("has every face on one of its sides, ascending, the first face on the first", () => {
    const random = makeRandom(9);
    const anna = person(random);
    const faces = [...visitsOf(anna, 10, 2, random), ...visitsOf(lookalike(anna, random), 10, 2, random)];
    const [a = [], b = []] = proposeSplit(shuffled(faces, random), DLIB) ?? [];
    expect([...a, ...b].sort((x, y) => x - y)).toEqual([...faces.keys()]);
    expect(a[0]).toBe(0);
    for (const side of [a, b]) expect([...side]).toEqual([...side].sort((x, y) => x - y));
  });

  it.each([1, 2, 3, 4, 5, 6])("is not found in one person of many visits and frames (%i)", (seed) => {
    const random = makeRandom(100 + seed);
    expect(proposeSplit(visitsOf(person(random), 5 * seed, 12, random), DLIB)).toBeNull();
  });

  it("is not made for a single face that fits badly, however often it was seen in that visit", () => {
    const random = makeRandom(20);
    const anna = person(random);
    const other = lookalike(anna, random);
    expect(proposeSplit([...visitsOf(anna, 12, 1, random), ...visitsOf(other, 1, 1, random)], DLIB)).toBeNull();
    expect(proposeSplit([...visitsOf(anna, 12, 1, random), ...visitsOf(other, 1, 30, random)], DLIB)).toBeNull();
  });

  it("is made of a group of thousands by looking at a sample of it", () => {
    const random = makeRandom(30);
    const anna = person(random);
    const both = [...visitsOf(anna, 200, 20, random), ...visitsOf(lookalike(anna, random), 50, 20, random)];
    const sides = proposeSplit(both, DLIB)?.map((side) => side.length) ?? [];
    expect(Math.abs((sides[0] ?? 0) - 4_000)).toBeLessThan(40);
    expect((sides[0] ?? 0) + (sides[1] ?? 0)).toBe(5_000);
  });

  it("does not exist of nothing, one face, or faces that are all the same", () => {
    const one = person(makeRandom(1));
    expect(proposeSplit([], DLIB)).toBeNull();
    expect(proposeSplit([one], DLIB)).toBeNull();
    expect(
      proposeSplit(
        Array.from({ length: 50 }, () => one.slice()),
        DLIB,
      ),
    ).toBeNull();
  });
});

const folder = sharedData();

describe.skipIf(folder === null)("on real faces", () => {
  const encodings = folder === null ? [] : realFaces(folder).map((face) => Float32Array.from(face.encoding));
  const labels = folder === null ? [] : realLabels(folder);
  const whose = labels.map((one) => one.person);

  const groupsBy = <K>(keys: readonly K[]): number[][] => {
    const groups = new Map<K, number[]>();
    keys.forEach((key, row) => void groups.set(key, [...(groups.get(key) ?? []), row]));
    return [...groups.values()];
  };
  const people = (rows: readonly number[]) => new Set(rows.map((row) => whose[row])).size;
  /** The group's parts once every proposal is accepted, and those of its halves. */
  const split = (rows: readonly number[]): (readonly number[])[] => {
    const sides = proposeSplit(
      rows.map((row) => encodings[row] as Float32Array),
      DLIB,
    );
    return sides ? sides.flatMap((side) => split(side.map((at) => rows[at] as number))) : [rows];
  };
  const pairs = (groups: readonly (readonly number[])[]) =>
    groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  function pairwiseF1(groups: readonly (readonly number[])[]): number {
    const rows = groups.flat();
    const right = groups.flatMap((group) => groupsBy(group.map((row) => whose[row])).map((part) => [...part]));
    const real = groupsBy(rows.map((row) => whose[row]));
    return (2 * pairs(right)) / (pairs(groups) + pairs(real));
  }
  /** Average linkage at a threshold, of the people of one half: each person belongs to one in each of the draws. */
  function groupsOf(threshold: number, draw: number, half: number): number[][] {
    const random = makeRandom(draw);
    const inHalf = new Map([...new Set(whose)].map((name) => [name, random() < 0.5 ? 0 : 1]));
    const rows = [...encodings.keys()].filter((row) => half < 0 || inHalf.get(whose[row] ?? "") === half);
    const data = new Float32Array(rows.length * 128);
    rows.forEach((row, at) => void data.set(encodings[row] as Float32Array, at * 128));
    const { labels: found } = createNativeLinkage({ threads: 1, startHelper }).cluster(
      { data, count: rows.length, dimension: 128 },
      { threshold },
    );
    return groupsBy([...found]).map((group) => group.map((at) => rows[at] as number));
  }

  it.each([0.55, 0.6, 0.64, 0.68])("the grouping with all splits accepted has an F1 above 0.95 at %f", (threshold) => {
    for (const draw of [1, 2, 3]) {
      for (const half of [0, 1]) {
        expect(pairwiseF1(groupsOf(threshold, draw, half).flatMap(split))).toBeGreaterThan(0.95);
      }
    }
  });

  it.each([0.55, 0.6, 0.64])("no group of one person is split, and most with two people are, at %f", (threshold) => {
    const groups = groupsOf(threshold, 0, -1);
    const proposed = (group: readonly number[]) => split(group).length > 1;
    expect(groups.filter((group) => people(group) === 1).filter(proposed)).toEqual([]);
    const second = (group: readonly number[]) =>
      groupsBy(group.map((row) => whose[row]))
        .map((part) => part.length)
        .sort((a, b) => b - a)[1] ?? 0;
    const mixed = groups.filter((group) => second(group) > 2);
    expect(mixed.length).toBeGreaterThan(0);
    expect(mixed.filter(proposed).length).toBe(mixed.length);
  });
});
