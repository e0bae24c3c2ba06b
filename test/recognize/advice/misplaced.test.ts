import { describe, expect, it } from "vitest";
import { meanEncoding, varianceOf } from "../../../src/domain/vectors/encoding.ts";
import { nearestOther } from "../../../src/recognize/advice/alike.ts";
import { ownerOfFace, ownerOfLook } from "../../../src/recognize/advice/misplaced.ts";
import { buildGallery } from "../../../src/recognize/gallery.ts";
import { realPeople, sharedData } from "../../helpers/shared-data.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { counted, makeGalleryPerson } from "../../make/gallery.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(70_000);

describe("what is another's", () => {
  it("is a look that surely fits another person, and not its own person's other looks", () => {
    const people = [
      makeGalleryPerson("Anna", [counted(anna, 5), counted(makeNear(bob, 0.1), 5)]),
      makeGalleryPerson("Bob", [counted(bob, 5)]),
    ] as const;
    const gallery = buildGallery(people, []);
    expect(ownerOfLook(people[0], 1, gallery, 0.6)).toEqual({ personId: "bob", name: "Bob" });
    expect(ownerOfLook(people[0], 0, gallery, 0.6)).toBeNull();
    // The only look that there is has nothing to be compared with.
    expect(ownerOfLook(people[1], 0, gallery, 0.6)).toBeNull();
  });

  it("is a face that fits another better, though it has a part in a look of its person's", () => {
    const stray = makeNear(bob, 0.2);
    const own = [1, 2, 3, 4].map((seed) => makeNear(anna, 0.2, seed));
    const people = [
      makeGalleryPerson("Anna", [counted(meanEncoding([...own, stray]), 5)]),
      makeGalleryPerson("Bob", [counted(bob, 5)]),
    ] as const;
    const gallery = buildGallery(people, []);
    const ownerOf = (encoding: Float32Array) =>
      ownerOfFace(people[0], { encoding, look: 0, visit: null }, gallery, 0.6)?.personId ?? null;
    expect(ownerOf(stray)).toBe("bob");
    expect(own.map(ownerOf)).toEqual([null, null, null, null]);
  });
});

const folder = sharedData();

describe.skipIf(folder === null)("on real faces", () => {
  /** Everybody with two looks, each of half of their faces. */
  const people = [...(folder === null ? [] : realPeople(folder))].map(([name, faces]) => {
    const halves = [faces.slice(0, faces.length / 2), faces.slice(faces.length / 2)];
    const looks = halves.map((half) => ({ ...counted(meanEncoding(half), half.length), variance: varianceOf(half) }));
    return { person: makeGalleryPerson(name, looks), halves };
  });

  it("no two people are the same, and nothing is another's", () => {
    const gallery = buildGallery(
      people.map(({ person }) => person),
      [],
    );
    for (const { person, halves } of people) {
      expect(nearestOther(person, gallery)?.asSingle).toBeGreaterThan(0.5);
      expect([0, 1].map((look) => ownerOfLook(person, look, gallery, 0.6))).toEqual([null, null]);
      const faces = halves.flatMap((half, look) => half.map((encoding) => ({ encoding, look, visit: null })));
      expect(faces.filter((face) => ownerOfFace(person, face, gallery, 0.6))).toEqual([]);
    }
  });

  it("one person under two names is found, for everybody", () => {
    const named = people.flatMap(({ person }) =>
      person.encodings.map((look, i) => makeGalleryPerson(`${person.name}/${i}`, [look])),
    );
    const gallery = buildGallery(named, []);
    for (const person of named) {
      const other = nearestOther(person, gallery);
      expect(other?.person.personId.split("/")[0]).toBe(person.personId.split("/")[0]);
      expect(other?.asSingle).toBeLessThan(0.5);
    }
  });
});
