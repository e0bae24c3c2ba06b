import { describe, expect, it } from "vitest";
import { SFACE } from "../../../src/domain/model.ts";
import { distance } from "../../../src/domain/vectors/encoding.ts";
import { meanOf } from "../../../src/domain/vectors/mean.ts";
import { DLIB_SPREAD, priorOf } from "../../../src/recognize/fit.ts";
import { buildLikeness } from "../../../src/recognize/outliers/likeness.ts";
import { toBlob } from "../../../src/store/file/blobs.ts";
import { toEnrolled } from "../../../src/store/people/enrolment.ts";
import { realPeople, sharedData } from "../../helpers/shared-data.ts";
import { makeEncoding, makeNear, makeRandom, makeSface } from "../../make/encoding.ts";

const toLook = (encodings: readonly Float32Array[], model = "dlib") =>
  toEnrolled(encodings.map((encoding, id) => ({ id, source: null, encoding: toBlob(encoding), model })));

const centre = makeEncoding(1);
const near = [1, 2, 3, 4].map((seed) => makeNear(centre, 0.3, seed));

describe("how alike a face is to a person", () => {
  it("is the distance to all looks together", () => {
    const likenessOf = buildLikeness([toLook(near.slice(0, 3)), toLook(near.slice(3))], DLIB_SPREAD);
    expect(likenessOf(centre, false)?.distance).toBeCloseTo(distance(centre, meanOf(near, "dlib")), 5);
    expect(likenessOf(makeEncoding(2), false)?.different).toBe(true);
  });

  it("leaves the face itself out of the look that it has a part in", () => {
    const likenessOf = buildLikeness([toLook(near)], DLIB_SPREAD);
    const [face, ...others] = near as [Float32Array, ...Float32Array[]];
    expect(likenessOf(face, true)?.distance).toBeCloseTo(distance(face, meanOf(others, "dlib")), 5);
  });

  it("does so with means that were put back to their length", () => {
    const faces = [1, 2, 3].map(makeSface);
    const [face, ...others] = faces as [Float32Array, ...Float32Array[]];
    const likenessOf = buildLikeness([toLook(faces, SFACE)], priorOf(SFACE));
    expect(likenessOf(face, true)?.distance).toBeCloseTo(distance(face, meanOf(others, SFACE)), 2);
  });

  it("is not known without a look, or with one of that face alone", () => {
    expect(buildLikeness([], DLIB_SPREAD)(centre, false)).toBeNull();
    expect(buildLikeness([toLook([centre])], DLIB_SPREAD)(centre, true)).toBeNull();
  });

  const folder = sharedData();
  it.skipIf(folder === null)("marks those of real faces that are of another person", () => {
    const people = [...realPeople(folder ?? "")];
    const random = makeRandom(7);
    const marks = { right: 0, ofRight: 0, wrong: 0, ofWrong: 0 };
    for (const [name, own] of people) {
      const others = people.filter(([other]) => other !== name).flatMap(([, faces]) => faces);
      const count = Math.max(1, Math.round(own.length / 20));
      const wrong = Array.from({ length: count }, () => others[Math.floor(random() * others.length)] as Float32Array);
      const likenessOf = buildLikeness([toLook([...own, ...wrong])], DLIB_SPREAD);
      for (const face of own) {
        marks.ofRight++;
        if (likenessOf(face, true)?.different) marks.right++;
      }
      for (const face of wrong) {
        marks.ofWrong++;
        if (likenessOf(face, true)?.different) marks.wrong++;
      }
    }
    expect(marks.wrong / marks.ofWrong).toBeGreaterThan(0.95);
    expect(marks.wrong / (marks.wrong + marks.right)).toBeGreaterThan(0.9);
  });
});
