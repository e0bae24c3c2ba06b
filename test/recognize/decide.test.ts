import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CountedEncoding } from "../../src/domain/person.ts";
import { distance } from "../../src/domain/vectors/encoding.ts";
import { decide, decideVisit } from "../../src/recognize/decide.ts";
import { DLIB_SPREAD, fittingThreshold } from "../../src/recognize/fit.ts";
import { buildGallery } from "../../src/recognize/gallery.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { counted, makeGalleryPerson as person } from "../make/gallery.ts";

const rules = { threshold: 0.6, margin: 0 };

const face = makeEncoding(1);

describe("deciding on a face", () => {
  it("recognizes the nearest person under the threshold, with the score of the rounded distance", () => {
    const gallery = buildGallery([person("Anna", [makeNear(face, 0.3188)]), person("Bob", [makeNear(face, 0.5)])], []);
    const { type, who, candidates } = decide(face, gallery, rules);
    expect(type).toBe("recognized");
    expect(who).toMatchObject({ person: "Anna", personId: "anna", distance: 0.3188, score: 0.6812 });
    expect(candidates.map((one) => one.person)).toEqual(["Anna", "Bob"]);
  });

  it("takes the nearest of a person's encodings", () => {
    const gallery = buildGallery([person("Anna", [makeNear(face, 0.9), makeNear(face, 0.2, 2)])], []);
    expect(decide(face, gallery, rules).who?.distance).toBeCloseTo(0.2, 4);
  });

  it("recognizes no person at the threshold itself", () => {
    const other = makeNear(face, 0.5);
    const gallery = buildGallery([person("Anna", [other])], []);
    expect(decide(face, gallery, { threshold: distance(face, other), margin: 0 }).type).toBe("unknown");
  });

  it("names the three nearest people even when none is near enough", () => {
    const far = [1.2, 0.9, 1.1, 1].map((d, i) => person(`P${i}`, [makeNear(face, d, i + 1)]));
    const { type, who, candidates } = decide(face, buildGallery(far, []), rules);
    expect([type, who]).toEqual(["unknown", null]);
    expect(candidates.map((one) => one.person)).toEqual(["P1", "P3", "P2"]);
  });

  it("recognizes no person when none is enrolled", () => {
    expect(decide(face, buildGallery([], []), rules)).toEqual({
      type: "unknown",
      who: null,
      candidates: [],
      ignoredCluster: null,
    });
  });

  it("is ambiguous when the second-best person is less than the margin away", () => {
    const gallery = buildGallery([person("Anna", [makeNear(face, 0.4)]), person("Bob", [makeNear(face, 0.43, 2)])], []);
    expect(decide(face, gallery, { threshold: 0.6, margin: 0.05 })).toMatchObject({ type: "ambiguous", who: null });
    expect(decide(face, gallery, { threshold: 0.6, margin: 0.02 }).type).toBe("recognized");
  });

  it("does not recognize Anna in a face that is nearer to one that is not Anna", () => {
    const notAnna = makeNear(face, 0.1, 3);
    const gallery = buildGallery([person("Anna", [makeNear(face, 0.4)], [notAnna])], []);
    expect(decide(face, gallery, rules).type).toBe("unknown");
    expect(decide(makeNear(face, 0.4), gallery, rules).type).toBe("recognized");
  });

  it("lets a face join an ignored group that is nearer than every person", () => {
    const people = [person("Anna", [makeNear(face, 0.5)])];
    const near = buildGallery(people, [{ cluster: "c_1", ...counted(makeNear(face, 0.3, 2)) }]);
    expect(decide(face, near, rules)).toMatchObject({ type: "ignored", ignoredCluster: "c_1", who: null });
    const far = buildGallery(people, [{ cluster: "c_1", ...counted(makeNear(face, 0.55, 2)) }]);
    expect(decide(face, far, rules).type).toBe("recognized");
    const beyond = buildGallery([], [{ cluster: "c_1", ...counted(makeNear(face, 0.7, 2)) }]);
    expect(decide(face, beyond, rules).type).toBe("unknown");
  });
});

describe("deciding on a visit", () => {
  const visit = (mean: Float32Array, faces: number, variance: number | null = null) => ({ mean, faces, variance });
  const fitting = (n: number, m: number): number => fittingThreshold(0.6, n, m, DLIB_SPREAD);

  it("decides on one face and single faces as on a face", () => {
    for (const away of [0.59, 0.61]) {
      const gallery = buildGallery([person("Anna", [makeNear(face, away)])], []);
      expect(decideVisit(visit(face, 1), gallery, rules)).toEqual({ ...decide(face, gallery, rules), threshold: 0.6 });
    }
  });

  it("recognizes under the threshold that fits the number of faces on both sides, and says which that was", () => {
    for (const [faces, count] of [
      [3, 1],
      [1, 8],
      [4, 20],
    ] as const) {
      const at = (away: number) =>
        decideVisit(
          visit(face, faces),
          buildGallery([person("Anna", [counted(makeNear(face, away), count)])], []),
          rules,
        );
      expect(at(fitting(faces, count) - 0.001)).toMatchObject({ type: "recognized", who: { person: "Anna" } });
      expect(at(fitting(faces, count) + 0.001)).toMatchObject({ type: "unknown", who: null });
      expect(at(0.2).threshold).toBeCloseTo(fitting(faces, count), 4);
    }
  });

  it("takes alike faces for fewer: the same distance is enough for five frames of one moment, not for five of five days", () => {
    const gallery = buildGallery([person("Anna", [counted(makeNear(face, 0.4), 20)])], []);
    expect(decideVisit(visit(face, 5, 0.01), gallery, rules).type).toBe("recognized");
    expect(decideVisit(visit(face, 5, 0.1), gallery, rules).type).toBe("unknown");
  });

  it("takes the encoding that fits best, not the nearest", () => {
    const encodings = [counted(makeNear(face, 0.4), 50), counted(makeNear(face, 0.42, 2), 1)];
    const { who, threshold } = decideVisit(visit(face, 2), buildGallery([person("Anna", encodings)], []), rules);
    expect(who?.distance).toBeCloseTo(0.42, 4);
    expect(threshold).toBeCloseTo(fitting(2, 1), 4);
  });

  it("does not recognize a person by one odd look that the rest of the person does not bear out", () => {
    const odd = makeNear(face, 0.3);
    const usual = (away: number) => counted(makeNear(face, away, 2), 20);
    const decided = (...looks: CountedEncoding[]) =>
      decideVisit(visit(face, 3), buildGallery([person("Anna", looks)], []), rules).type;
    expect(decided(counted(odd))).toBe("recognized");
    expect(decided(counted(odd), usual(0.4))).toBe("recognized");
    expect(decided(counted(odd), usual(0.7))).toBe("unknown");
  });

  it("is ambiguous when another person is less than the margin further away, however many faces they are known by", () => {
    const anna = person("Anna", [counted(makeNear(face, 0.25), 10)]);
    const bob = person("Bob", [counted(makeNear(face, 0.28, 2), 1)]);
    const gallery = buildGallery([anna, bob], []);
    expect(decideVisit(visit(face, 3), gallery, { threshold: 0.6, margin: 0.05 })).toMatchObject({
      type: "ambiguous",
      who: null,
    });
    expect(decideVisit(visit(face, 3), gallery, { threshold: 0.6, margin: 0.02 })).toMatchObject({
      type: "ambiguous",
      who: null,
    });
  });

  it("does not recognize a person when a face that is not them fits better", () => {
    const anna = person("Anna", [counted(makeNear(face, 0.3), 10)], [makeNear(face, 0.32, 3)]);
    expect(decideVisit(visit(face, 3), buildGallery([anna], []), rules).type).toBe("unknown");
    expect(decideVisit(visit(makeNear(face, 0.3), 3), buildGallery([anna], []), rules).type).toBe("recognized");
  });

  it("lets a visit join an ignored group that fits better than every person", () => {
    const people = [person("Anna", [counted(makeNear(face, 0.3), 10)])];
    const group = (away: number, count: number) => ({ cluster: "c_1", ...counted(makeNear(face, away, 2), count) });
    expect(decideVisit(visit(face, 3), buildGallery(people, [group(0.2, 10)]), rules)).toMatchObject({
      type: "ignored",
      ignoredCluster: "c_1",
    });
    expect(decideVisit(visit(face, 3), buildGallery(people, [group(0.34, 10)]), rules).type).toBe("recognized");
    expect(decideVisit(visit(face, 3), buildGallery([], [group(0.5, 10)]), rules).type).toBe("unknown");
  });
});

describe("the packed gallery", () => {
  it("finds the same nearest people as comparing with each encoding, one by one", () => {
    const seeds = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 0, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(seeds, { maxLength: 12 }), fc.integer({ min: 1, max: 400 }), (people, probeSeed) => {
        const probe = makeEncoding(probeSeed);
        const all = people.map((encodings, i) =>
          person(
            `P${i}`,
            encodings.map((seed) => makeEncoding(seed)),
          ),
        );
        const expected = all
          .filter((one) => one.encodings.length > 0)
          .map((one) => ({ id: one.personId, d: Math.min(...one.encodings.map((e) => distance(probe, e.encoding))) }))
          .sort((a, b) => a.d - b.d)
          .slice(0, 3);
        const found = buildGallery(all, []).nearest(probe, 3);
        expect(found.map((one) => one.distance)).toEqual(expected.map(({ d }) => expect.closeTo(d, 10)));
        // People at equal distances may stand in either order of a plain sort; ours is the order of enrolment.
        expect(new Set(found.map((one) => one.distance.toFixed(9)))).toEqual(
          new Set(expected.map((e) => e.d.toFixed(9))),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("does so among many people too, where most are seen to be far by a few axes", () => {
    const all = Array.from({ length: 60 }, (_, i) => {
      const own = makeEncoding(i + 1);
      return person(
        `P${i}`,
        Array.from({ length: 20 }, (_, photo) => makeNear(own, 0.35, i * 100 + photo)),
      );
    });
    const gallery = buildGallery(all, []);
    for (let i = 0; i < 80; i++) {
      const probe = i < 60 ? makeNear(makeEncoding(i + 1), 0.3, i) : makeEncoding(1_000 + i);
      const expected = all
        .map((one) => ({ id: one.personId, d: Math.min(...one.encodings.map((e) => distance(probe, e.encoding))) }))
        .sort((a, b) => a.d - b.d)
        .slice(0, 3);
      const found = gallery.nearest(probe, 3);
      expect(found.map((one) => one.person.personId)).toEqual(expected.map((one) => one.id));
      expect(found.map((one) => one.distance)).toEqual(expected.map(({ d }) => expect.closeTo(d, 10)));
    }
  });

  it("finds who fits the mean of several faces best, as comparing with each encoding would", () => {
    const all = Array.from({ length: 60 }, (_, i) => {
      const own = makeEncoding(i + 1);
      return person(
        `P${i}`,
        Array.from({ length: 20 }, (_, k) => counted(makeNear(own, 0.35, i * 100 + k), 1 + ((i * 7 + k * 3) % 30))),
      );
    });
    const gallery = buildGallery(all, []);
    for (let i = 0; i < 80; i++) {
      const probe = i < 60 ? makeNear(makeEncoding(i + 1), 0.3, i) : makeEncoding(1_000 + i);
      const faces = 1 + (i % 9);
      const expected = all
        .map(({ personId, encodings }) => ({
          personId,
          asSingle: Math.min(
            ...encodings.map(
              (one) => distance(probe, one.encoding) / fittingThreshold(1, faces, one.count, DLIB_SPREAD),
            ),
          ),
        }))
        .sort((a, b) => a.asSingle - b.asSingle)
        .slice(0, 3);
      const found = gallery.fitting(probe, faces, 3);
      expect(found.map((one) => one.person.personId)).toEqual(expected.map((one) => one.personId));
      expect(found.map((one) => one.asSingle)).toEqual(expected.map((one) => expect.closeTo(one.asSingle, 10)));
      for (const one of found) expect(one.distance / one.factor).toBeCloseTo(one.asSingle, 10);
    }
  });
});
