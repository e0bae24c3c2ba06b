import { describe, expect, it } from "vitest";
import { createMadePeople } from "../../src/demo/made-people.ts";
import { createDice } from "../../src/demo/random.ts";
import { meanEncoding, varianceOf } from "../../src/domain/vectors/encoding.ts";
import type { UnknownVisit } from "../../src/domain/visits/stranger.ts";
import { DLIB_SPREAD, fittingThreshold, independentFaces } from "../../src/recognize/fit.ts";
import { createStrangers, type StrangerRules } from "../../src/recognize/strangers.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";

const made = createMadePeople("strangers", { regulars: ["anna", "bert"], apart: 0.6 });
const rules: StrangerRules = {
  worthOf: ({ faces, variance }) => independentFaces(faces, variance, DLIB_SPREAD),
  thresholdOf: (n, m) => fittingThreshold(0.6, n, m, DLIB_SPREAD),
};
const at = (second: number): Date => new Date(Date.UTC(2026, 1, 18, 10, 0, second));

function visitOf(person: string, visitId: string, overrides: Partial<UnknownVisit> = {}): UnknownVisit {
  const faces = overrides.faces ?? 3;
  return {
    visitId,
    model: "dlib",
    camera: "front_door",
    from: at(0),
    to: at(5),
    faces,
    mean: meanEncoding(Array.from({ length: faces }, (_, i) => made.look(person, `${visitId}/${i}`))),
    variance: null,
    ...overrides,
  };
}

describe("an unknown person's visit", () => {
  it("is alone the first time, and found again at the second: first the visit, then the stranger", () => {
    const strangers = createStrangers(rules);
    const [first, second, third] = [1, 2, 3].map((i) => visitOf("anna", `v${i}`, { from: at(i * 60), to: at(i * 60) }));
    if (!first || !second || !third) throw new Error("three visits");
    expect(strangers.find(first)).toBeNull();
    strangers.put(first, null);
    strangers.put(visitOf("bert", "b1"), null);
    expect(strangers.find(second)).toEqual({ visitId: "v1" });
    strangers.put(first, "s_1");
    strangers.put(second, "s_1");
    expect(strangers.find(third)).toEqual({ strangerId: "s_1" });
    expect(strangers.lone("v1")).toBeNull();
    expect(strangers.visitsOf("s_1")).toEqual([first, second]);
  });

  it("is not found by what was put alone again, nor by a visit that it is itself", () => {
    const strangers = createStrangers(rules);
    const visit = visitOf("anna", "v1");
    strangers.put(visit, null);
    expect(strangers.find(visit)).toBeNull();
    strangers.put(visit, "s_1");
    strangers.put(visit, null);
    expect(strangers.visitsOf("s_1")).toEqual([]);
    expect(strangers.lone("v1")).toEqual(visit);
  });

  it("is another person's than one at the same camera at the same time, and than one of another model", () => {
    const strangers = createStrangers(rules);
    strangers.put(visitOf("anna", "v1", { from: at(0), to: at(9) }), "s_1");
    const beside = { from: at(9), to: at(20) };
    expect(strangers.find(visitOf("anna", "v2", beside))).toBeNull();
    expect(strangers.find(visitOf("anna", "v2", { ...beside, camera: "garden" }))).not.toBeNull();
    expect(strangers.find(visitOf("anna", "v2", { from: at(10), to: at(20) }))).not.toBeNull();
    expect(strangers.find(visitOf("anna", "v2", { camera: "garden", model: "sface" }))).toBeNull();
  });

  it("stays the stranger's for whom it was taken before, while that is sure", () => {
    const strangers = createStrangers(rules);
    const again = visitOf("anna", "v9", { camera: "garden" });
    strangers.put(visitOf("anna", "v1"), "s_1");
    strangers.put({ ...again, visitId: "v2", camera: "garage" }, "s_2");
    strangers.put(visitOf("bert", "b1"), "s_3");
    expect(strangers.find(again)).toEqual({ strangerId: "s_2" });
    expect(strangers.find(again, "s_1")).toEqual({ strangerId: "s_1" });
    expect(strangers.find(again, "s_3")).toEqual({ strangerId: "s_2" });
    expect(strangers.find(again, "s_4")).toEqual({ strangerId: "s_2" });
  });

  it("is compared with the mean of all faces of all visits, for what they are worth", () => {
    const seen: number[] = [];
    const strangers = createStrangers({
      worthOf: rules.worthOf,
      thresholdOf(n, m) {
        seen.push(n, m);
        return 2e-3;
      },
    });
    const far = Float32Array.from({ length: 128 }, (_, i) => (i === 0 ? 1 : 0));
    strangers.put(visitOf("anna", "v1", { faces: 9, mean: new Float32Array(128) }), "s_1");
    strangers.put(visitOf("anna", "v2", { faces: 1, mean: far }), "s_1");
    const mean = far.map((value) => value * 0.1);
    expect(strangers.find(visitOf("anna", "v3", { camera: "garden", mean }))).toEqual({ strangerId: "s_1" });
    // Ten frames that are all alike are worth one photo.
    strangers.put(visitOf("anna", "v1", { faces: 9, mean: new Float32Array(128), variance: 0 }), "s_1");
    strangers.find(visitOf("anna", "v3", { camera: "garden", mean, variance: 0 }));
    expect(seen.map((value) => Math.round(value * 100) / 100)).toEqual([3, 10, 1, 1.22]);
  });
});

const folder = sharedData();

describe.skipIf(folder === null)("real faces, nobody of them named, in visits of one to five photos", () => {
  it("make strangers of one person each, and nine in ten returning visits are found", () => {
    const faces = realFaces(folder as string);
    const people = realLabels(folder as string).map(({ person }) => person);
    const totals = { strangers: 0, pure: 0, returning: 0, found: 0 };
    for (const seed of [1, 2, 3, 4, 5]) {
      const { random } = createDice("visits", String(seed));
      const strangers = createStrangers(rules);
      const peopleOf = new Map<string, string[]>();
      const seen = new Set<string>();
      for (const { person, visit } of shuffledVisits(random)) {
        const found = strangers.find(visit);
        if (seen.has(person)) totals.returning++;
        const strangerId = found && ("strangerId" in found ? found.strangerId : `s ${found.visitId}`);
        if (strangerId !== null) {
          if (found && "visitId" in found) {
            const lone = strangers.lone(found.visitId) as UnknownVisit;
            strangers.put(lone, strangerId);
            peopleOf.set(strangerId, [people[Number(lone.visitId.split(" ")[1])] as string]);
          }
          const members = peopleOf.get(strangerId) ?? [];
          if (members.every((one) => one === person)) totals.found++;
          peopleOf.set(strangerId, [...members, person]);
        }
        seen.add(person);
        strangers.put(visit, strangerId);
      }
      totals.strangers += peopleOf.size;
      totals.pure += [...peopleOf.values()].filter((members) => new Set(members).size === 1).length;
    }
    expect(totals.pure / totals.strangers).toBeGreaterThan(0.99);
    expect(totals.found / totals.returning).toBeGreaterThan(0.88);

    function shuffledVisits(random: () => number): { person: string; visit: UnknownVisit }[] {
      const left = new Map<string, number[]>();
      for (const [index, person] of people.entries()) left.set(person, [...(left.get(person) ?? []), index]);
      const visits: { person: string; ids: number[] }[] = [];
      for (const [person, all] of left) {
        const ids = shuffle(all, random);
        while (ids.length > 0) visits.push({ person, ids: ids.splice(0, 1 + Math.floor(random() * 5)) });
      }
      return shuffle(visits, random).map(({ person, ids }, i) => ({
        person,
        visit: {
          visitId: `visit ${ids[0]}`,
          model: "dlib",
          camera: "front_door",
          from: at(i * 60),
          to: at(i * 60),
          faces: ids.length,
          ...toMean(ids.map((id) => Float32Array.from(faces[id]?.encoding ?? []))),
        },
      }));
    }
  });
});

function toMean(encodings: readonly Float32Array[]): Pick<UnknownVisit, "mean" | "variance"> {
  return { mean: meanEncoding(encodings), variance: encodings.length > 1 ? varianceOf(encodings) : null };
}

function shuffle<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}
