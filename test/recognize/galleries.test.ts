import { describe, expect, it } from "vitest";
import { DLIB, SFACE } from "../../src/domain/model.ts";
import { priorOf } from "../../src/recognize/fit.ts";
import { buildGalleries } from "../../src/recognize/galleries.ts";
import { createVisits } from "../../src/recognize/visits.ts";
import { makeEncoding } from "../make/encoding.ts";
import { makeGalleryPerson } from "../make/gallery.ts";
import { makeVisitingFace } from "../make/visiting-face.ts";

const one = makeEncoding(1);
const of = (encoding: Float32Array, model: string) => ({ encoding, count: 1, model });

describe("galleries of several models", () => {
  const anna = makeGalleryPerson("Anna", [of(one, DLIB)], [of(one, SFACE)]);
  const bob = makeGalleryPerson("Bob", [of(one, SFACE), of(Float32Array.of(1, 2), "small")]);
  const galleries = buildGalleries([anna, bob], [{ cluster: "c_1", ...of(one, SFACE) }], []);
  const nearest = (model: string, encoding = one) =>
    galleries(model)
      .nearest(encoding, 5)
      .map((near) => near.person.name);

  it("find people by encodings of their own model only, however alike those of others are", () => {
    expect(nearest(DLIB)).toEqual(["Anna"]);
    expect(nearest(SFACE)).toEqual(["Bob"]);
    expect(nearest("small", Float32Array.of(1, 2))).toEqual(["Bob"]);
    expect(nearest("unheard of")).toEqual([]);
  });

  it("know ignored groups, and who somebody is not, by model too", () => {
    expect([DLIB, SFACE].map((model) => galleries(model).nearestIgnored(one)?.cluster)).toEqual([undefined, "c_1"]);
    expect([DLIB, SFACE].map((model) => galleries(model).doubted)).toEqual([0, 1]);
  });

  it("have each model's own spread, with encodings or without", () => {
    expect(galleries("unheard of").spread).toEqual(priorOf("unheard of"));
    expect(galleries(SFACE).spread).toEqual(priorOf(SFACE));
    expect(galleries(SFACE).spread).not.toEqual(galleries(DLIB).spread);
  });
});

it("the same face of two models in one event of the pipeline makes two visits", () => {
  const visits = createVisits(
    (
      (made) => () =>
        `v_${++made.count}`
    )({ count: 0 }),
  );
  const faces = [DLIB, SFACE, DLIB, SFACE].map((model, i) =>
    makeVisitingFace({ encoding: one, model, eventId: "e", atMs: i * 100 }),
  );
  const plan = visits.plan(faces, { visitMs: 10_000, thresholdOf: () => () => 0.6 });
  expect(plan.placements.map((visit) => [visit.visitId, visit.model])).toEqual([
    ["v_1", DLIB],
    ["v_2", SFACE],
    ["v_1", DLIB],
    ["v_2", SFACE],
  ]);
});
