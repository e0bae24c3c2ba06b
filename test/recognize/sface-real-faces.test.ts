import { describe, expect, it } from "vitest";
import { proposeSplit } from "../../src/cluster/split/propose-split.ts";
import { SFACE } from "../../src/domain/model.ts";
import { distance } from "../../src/domain/vectors/encoding.ts";
import { decide, decideVisit, toVisitMean } from "../../src/recognize/decide.ts";
import { fittingThreshold, priorOf } from "../../src/recognize/fit.ts";
import { buildGalleries } from "../../src/recognize/galleries.ts";
import type { GalleryPerson } from "../../src/recognize/gallery.ts";
import { createStrangers } from "../../src/recognize/strangers.ts";
import { bySface, realSface } from "../helpers/real-sface.ts";
import { sharedData } from "../helpers/shared-data.ts";

const folder = sharedData();
const faces = folder === null ? null : realSface(folder);
const people = [...bySface(faces ?? [])].filter(([, own]) => own.length >= 6);
const ENROLLED = 30;
const rules = { threshold: 0.6, margin: 0 };

/** Half of their faces, enrolled as one look. */
function enrol([name, own]: (typeof people)[number]): GalleryPerson {
  const half = own.filter((_, i) => i % 2 === 0);
  const { mean: encoding, faces: count, variance } = toVisitMean(half, SFACE);
  return { name, personId: name, encodings: [{ encoding, count, variance, model: SFACE }], notEncodings: [] };
}

describe.skipIf(faces === null)("SFace's encodings of real faces", () => {
  const known = people.slice(0, ENROLLED);
  const gallery = buildGalleries(known.map(enrol), [], [])(SFACE);
  const later = known.map(([name, own]) => ({ name, own: own.filter((_, i) => i % 2 === 1) }));
  const strangers = people.slice(ENROLLED);

  it("single looks get their name, and no stranger one", () => {
    const looks = later.flatMap(({ name, own }) => own.map((one) => ({ name, who: decide(one, gallery, rules).who })));
    expect(looks.filter(({ name, who }) => who !== null && who.person !== name)).toEqual([]);
    expect(looks.filter(({ who }) => who !== null).length).toBeGreaterThanOrEqual(looks.length * 0.97);
    const named = strangers.flatMap(([, own]) => own).filter((one) => decide(one, gallery, rules).who !== null);
    expect(named.length).toBeLessThanOrEqual(1);
  });

  it("visits do, under the very same threshold however many faces they have", () => {
    for (const { name, own } of later) {
      for (const count of [2, 3]) {
        const { who, threshold } = decideVisit(toVisitMean(own.slice(0, count), SFACE), gallery, {
          ...rules,
          margin: 0.05,
        });
        expect(who?.person).toBe(name);
        expect(threshold).toBe(0.6);
      }
    }
    for (const [, own] of strangers) {
      expect(decideVisit(toVisitMean(own.slice(0, 3), SFACE), gallery, rules).who).toBeNull();
    }
  });

  it("strangers are found again, and not taken for one another", () => {
    const spread = priorOf(SFACE);
    const found = createStrangers({
      worthOf: (visit) => visit.faces,
      thresholdOf: (n, m) => fittingThreshold(0.6, n, m, spread),
    });
    const visit = (visitId: string, own: readonly Float32Array[], at: number) => ({
      visitId,
      model: SFACE,
      camera: "door",
      from: new Date(at),
      to: new Date(at),
      ...toVisitMean(own, SFACE),
    });
    people.forEach(([name, own], i) => void found.put(visit(`${name} first`, own.slice(0, 3), i * 1_000), null));
    const again = people.map(([name, own], i) => ({
      name,
      reunion: found.find(visit(`${name} again`, own.slice(3, 6), 1e7 + i * 1_000)),
    }));
    const right = again.filter(
      ({ name, reunion }) => reunion && "visitId" in reunion && reunion.visitId === `${name} first`,
    );
    expect(again.filter(({ reunion }) => reunion !== null).length).toBe(right.length);
    expect(right.length).toBeGreaterThanOrEqual(people.length * 0.8);
  });

  it("hardly any group of one person is proposed as two, and two people in one group are found", () => {
    // Of a few people a photo shows somebody else, or nobody's face is sharp: no threshold would group it with the others.
    const alone = people.filter(([, own]) => proposeSplit(own, SFACE) !== null);
    expect(alone.length).toBeLessThanOrEqual(2);
    const pairs = people
      .slice(1)
      .map(([, own], i) => ({ first: people[i]?.[1].slice(0, 6) ?? [], second: own.slice(0, 6) }));
    const split = pairs.filter(({ first, second }) => {
      const sides = proposeSplit([...first, ...second], SFACE);
      return sides?.every((side) => side.every((row) => row < 6 === (side[0] as number) < 6));
    });
    expect(split.length).toBeGreaterThanOrEqual(pairs.length * 0.8);
    expect(distance(pairs[0]?.first[0] as Float32Array, pairs[0]?.second[0] as Float32Array)).toBeGreaterThan(0.6);
  });
});
