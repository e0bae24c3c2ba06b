import { describe, expect, it } from "vitest";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { measureFigures, type TriedPerson } from "../../../src/recognize/figures/measure-figures.ts";
import { DLIB_SPREAD } from "../../../src/recognize/fit.ts";
import { realPeople, sharedData } from "../../helpers/shared-data.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

const rules = {
  model: "dlib",
  spread: DLIB_SPREAD,
  ignored: [],
  threshold: 0.6,
  margins: { classic: 0, careful: 0.05 },
  minFaces: 2,
};

/** Somebody with one look made of all their faces, unless it is said of how many. */
function makeTried(name: string, encodings: readonly Float32Array[], lookOf = encodings.length): TriedPerson {
  const behind = encodings.slice(0, lookOf);
  const look = { encoding: meanEncoding(behind), count: behind.length, model: "dlib" };
  return {
    person: { personId: name.toLowerCase(), name, encodings: [look], notEncodings: [] },
    faces: encodings.map((encoding, i) => ({ encoding, look: i < lookOf ? 0 : null, visit: null })),
  };
}
const faces = (centre: Float32Array, away: number, count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => makeNear(centre, away, seed + i));
const rowOf = (figures: ReturnType<typeof measureFigures>, profile: "classic" | "careful", size: number) =>
  figures.profiles.find((one) => one.profile === profile && one.faces === size);

const anna = makeEncoding(1);

describe("the own figures", () => {
  it("count who would get another's name as a stranger, and who gets their own", () => {
    const people = [
      makeTried("Anna", faces(anna, 0.3, 6, 1)),
      makeTried("Berta", faces(makeNear(anna, 0.3, 900), 0.3, 6, 50)),
      makeTried("Cleo", faces(makeEncoding(70_000), 0.3, 6, 90)),
    ];
    const figures = measureFigures({ ...rules, people });
    expect(figures.people).toBe(3);
    expect(rowOf(figures, "classic", 1)).toMatchObject({ strangers: { tried: 18, count: 12 }, known: { tried: 18 } });
    expect(rowOf(figures, "classic", 2)).toMatchObject({ strangers: { tried: 9, count: 6 } });
    expect(rowOf(figures, "classic", 3)).toMatchObject({ strangers: { tried: 6, count: 4 } });
    expect(figures.strangers.reduce((sum, one) => sum + one, 0)).toBe(18);
    expect(figures.known.reduce((sum, one) => sum + one, 0)).toBe(18);
  });

  it("leave out of the looks what a face itself added", () => {
    // The one face that is far away pulls the mean of two nearer by half.
    const far = makeNear(anna, 0.81, 3);
    const people = [makeTried("Anna", [anna, far]), makeTried("Cleo", faces(makeEncoding(70_000), 0.3, 2, 90))];
    const { known, ...figures } = measureFigures({ ...rules, people });
    expect(rowOf({ known, ...figures }, "classic", 1)).toMatchObject({ known: { tried: 4, count: 2 }, wrong: 0 });
    expect(known[40]).toBe(2);
  });

  it("try a person whose only look is the face itself only as a stranger", () => {
    const people = [makeTried("Anna", [anna]), makeTried("Cleo", [makeEncoding(70_000)])];
    const figures = measureFigures({ ...rules, people });
    expect(rowOf(figures, "classic", 1)).toMatchObject({ strangers: { tried: 2 }, known: { tried: 0 } });
  });

  it("count known people who get another name as wrong", () => {
    const people = [
      makeTried("Anna", [...faces(anna, 0.05, 2, 1), makeNear(anna, 0.5, 7)], 2),
      makeTried("Berta", faces(makeNear(anna, 0.5, 7), 0.05, 2, 50)),
    ];
    expect(rowOf(measureFigures({ ...rules, people }), "classic", 1)).toMatchObject({
      known: { tried: 5, count: 4 },
      wrong: 1,
    });
  });

  it("try ignored people as strangers, but not against their own group", () => {
    const group = faces(makeNear(anna, 0.2, 5), 0.1, 4, 30);
    const ignored = [{ cluster: "c1", encoding: meanEncoding(group), count: 4, model: "dlib" }];
    const people = [
      makeTried("Anna", faces(anna, 0.2, 4, 1)),
      { person: null, faces: group.map((encoding) => ({ encoding, look: null, visit: null })) },
    ];
    const figures = measureFigures({ ...rules, ignored, people });
    expect(rowOf(figures, "classic", 1)?.strangers).toEqual({ tried: 4, count: 4 });
  });

  it("look at faces of one visit together, where visits are known", () => {
    const one = makeTried("Anna", faces(anna, 0.3, 6, 1));
    const visits = ["a", "a", "a", "b", "b", "c"];
    const people = [
      { ...one, faces: one.faces.map((face, i) => ({ ...face, visit: visits[i] ?? "" })) },
      makeTried("Cleo", faces(makeEncoding(70_000), 0.3, 6, 90)),
    ];
    const figures = measureFigures({ ...rules, people });
    expect([1, 2, 3].map((size) => rowOf(figures, "careful", size)?.known.tried)).toEqual([12, 5, 3]);
  });

  it("recommend nothing of few, and are empty without people", () => {
    const figures = measureFigures({ ...rules, people: [] });
    expect(figures).toMatchObject({ people: 0, recommended: null });
    expect(rowOf(figures, "careful", 2)).toMatchObject({ strangers: { tried: 0 }, known: { tried: 0 } });
  });
});

const folder = sharedData();

describe.skipIf(folder === null)("on real faces", () => {
  it("the careful profile is recommended for twenty people, since classic names strangers and it does not", () => {
    const people = [...realPeople(folder ?? "")].slice(0, 20).map(([name, encodings]) => makeTried(name, encodings));
    const { recommended } = measureFigures({ ...rules, people });
    expect(recommended?.profile).toBe("careful");
    const { classic, careful } = recommended ?? {};
    expect((classic?.strangers.count ?? 0) / (classic?.strangers.tried ?? 1)).toBeGreaterThan(0.1);
    expect((careful?.strangers.count ?? 1) / (careful?.strangers.tried ?? 1)).toBeLessThan(0.02);
    expect((careful?.known.count ?? 0) / (careful?.known.tried ?? 1)).toBeGreaterThan(0.95);
  });
});
