import { describe, expect, it } from "vitest";
import { DLIB_SPREAD, fittingThreshold } from "../../src/recognize/fit.ts";
import { createVisits } from "../../src/recognize/visits.ts";
import { realPeople, sharedData } from "../helpers/shared-data.ts";
import { makeRandom } from "../make/encoding.ts";
import { makeVisitingFace } from "../make/visiting-face.ts";

const data = sharedData();
const RULES = {
  visitMs: 10_000,
  thresholdOf: () => (faces: number) => fittingThreshold(0.6, 1, faces, DLIB_SPREAD),
};

/** Photos of different days are less alike than frames of one visit: a harder case than cameras make. */
describe.skipIf(data === null)("visits of real faces", () => {
  it.each([1, 2])("of %i at once at one camera are of one person each, and seldom broken up", (atOnce) => {
    const people = [...realPeople(data as string).values()].filter((some) => some.length >= 5);
    const random = makeRandom(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const visits = createVisits(() => `v_${random()}`);
    let [faces, other, passes, whole] = [0, 0, 0, 0];
    for (let pass = 0; pass < 600; pass++) {
      const who: Float32Array[][] = [];
      while (who.length < atOnce) who.push(pick(people.filter((one) => !who.includes(one))));
      const looks = who.map((some) => [...some].sort(() => random() - 0.5).slice(0, 5));
      const found = new Map<string, number[]>();
      for (let i = 0; i < 5 * atOnce; i++) {
        const [person, look] = [i % atOnce, Math.floor(i / atOnce)];
        const atMs = pass * 60_000 + i * 500;
        const plan = visits.plan([makeVisitingFace({ encoding: looks[person]?.[look] as Float32Array, atMs })], RULES);
        plan.adopt();
        const id = plan.placements[0]?.visitId as string;
        found.set(id, [...(found.get(id) ?? []), person]);
      }
      visits.end([...found.keys()]);
      for (let person = 0; person < atOnce; person++) {
        const parts = [...found.values()].map((some) => some.filter((one) => one === person).length);
        passes++;
        if (parts.some((part) => part >= 4)) whole++;
      }
      for (const some of found.values()) {
        const most = Math.max(...[0, 1].map((person) => some.filter((one) => one === person).length));
        faces += some.length;
        other += some.length - most;
      }
    }
    expect(other / faces).toBeLessThan(0.005);
    expect(whole / passes).toBeGreaterThan(0.97);
  });
});
