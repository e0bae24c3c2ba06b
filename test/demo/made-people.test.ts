import { describe, expect, it } from "vitest";
import { createMadePeople, type MadePeople } from "../../src/demo/made-people.ts";
import { distance } from "../../src/domain/vectors/encoding.ts";

const PHOTOS = 8;
const names = (count: number, word: string): string[] => Array.from({ length: count }, (_, i) => `${word} ${i}`);
const photosOf = (people: MadePeople, id: string): Float32Array[] =>
  Array.from({ length: PHOTOS }, (_, i) => people.look(id, `photo ${i}`));

/** All distances between photos of one person, and between photos of two. */
function distancesOf(albums: readonly (readonly Float32Array[])[]): { same: number[]; different: number[] } {
  const same = albums.flatMap((album) =>
    album.flatMap((one, i) => album.slice(i + 1).map((two) => distance(one, two))),
  );
  const different = albums.flatMap((album, i) =>
    albums.slice(i + 1).flatMap((other) => album.flatMap((one) => other.map((two) => distance(one, two)))),
  );
  return { same: same.sort((a, b) => a - b), different: different.sort((a, b) => a - b) };
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;

describe("people who do not exist", () => {
  it("lie to each other as real ones do", () => {
    const people = createMadePeople("distances");
    const { same, different } = distancesOf(names(80, "person").map((id) => photosOf(people, id)));
    expect(quantile(same, 0.5)).toBeCloseTo(0.43, 1);
    expect(quantile(same, 0.05)).toBeCloseTo(0.32, 1);
    expect(quantile(same, 0.95)).toBeCloseTo(0.56, 1);
    expect(quantile(different, 0.5)).toBeCloseTo(0.81, 1);
    expect(different.filter((one) => one < 0.6).length / different.length).toBeLessThan(0.025);
  });

  it("are the same for the same words, others for others", () => {
    const [first, again, other] = [createMadePeople(1), createMadePeople(1), createMadePeople(2)];
    first.look("somebody else", "before");
    expect(first.look("anna", "a")).toEqual(again.look("anna", "a"));
    expect(first.look("anna", "a")).not.toEqual(first.look("anna", "b"));
    expect(first.look("anna", "a")).not.toEqual(other.look("anna", "a"));
    expect(first.look("anna", "a")).toHaveLength(128);
  });

  it.each([1, "two", 3])("can be made so that no stranger is mistaken for a regular (seed %s)", (seed) => {
    const regulars = names(9, "regular");
    const people = createMadePeople(seed, { regulars, apart: 0.6 });
    const middle = (album: readonly Float32Array[]): Float32Array =>
      Float32Array.from({ length: 128 }, (_, k) => album.reduce((sum, one) => sum + (one[k] as number), 0) / PHOTOS);
    const albums = regulars.map((id) => photosOf(people, id));
    const enrolled = albums.map(middle);
    const nearest = (photo: Float32Array): number => {
      const all = enrolled.map((one) => distance(one, photo));
      return all.indexOf(Math.min(...all));
    };
    for (const [i, album] of albums.entries()) expect(album.map(nearest)).toEqual(album.map(() => i));
    const strangers = names(100, "stranger").flatMap((id) => photosOf(people, id));
    const named = strangers.filter((photo) => enrolled.some((one) => distance(one, photo) < 0.6));
    expect(named.length / strangers.length).toBeLessThan(0.03);
  });
});
