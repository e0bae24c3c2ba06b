import { expect, it } from "vitest";
import { chooseThinned, type ThinnableFace } from "../../src/cluster/choose-thinned.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const face = (id: number, more: Partial<ThinnableFace> = {}): ThinnableFace => ({
  id,
  capturedMs: id * 1_000,
  source: `${id}.jpg`,
  encoding: makeNear(makeEncoding(1), 0.05, id + 1),
  matched: null,
  pinned: false,
  hasThumbnail: true,
  quality: 10,
  detectionScore: 0.9,
  size: 100,
  ...more,
});
const choose = (faces: readonly ThinnableFace[]) => [...chooseThinned(faces, 0.2)].flat();
const many = (count: number, more: (id: number) => Partial<ThinnableFace> = () => ({})) =>
  Array.from({ length: count }, (_, id) => face(id, more(id)));

it("keeps the best of each third of the time", () => {
  expect(choose(many(9, (id) => ({ quality: id === 4 || id === 8 ? 12 : 10 })))).toEqual([
    { keep: 0, gone: [1, 2] },
    { keep: 4, gone: [3, 5] },
    { keep: 8, gone: [6, 7] },
  ]);
});

it("leaves three or fewer, so that a second time finds nothing", () => {
  const faces = many(30);
  const gone = new Set(choose(faces).flatMap((one) => one.gone));
  expect(gone.size).toBe(27);
  expect(choose(faces.filter((one) => !gone.has(one.id)))).toEqual([]);
});

it("a pinned face stays, and stands for the others", () => {
  expect(choose(many(9, (id) => ({ pinned: id === 1 || id === 2, quality: id })))[0]).toEqual({ keep: 2, gone: [0] });
});

it("is not for faces of two people, of one frame, of other matches or of another minute", () => {
  expect(choose(many(8, (id) => ({ encoding: makeEncoding(id) })))).toEqual([]);
  expect(choose(many(8, () => ({ source: "same.jpg" })))).toEqual([]);
  expect(choose(many(8, () => ({ source: null, capturedMs: 5 })))).toEqual([]);
  expect(choose(many(8, (id) => ({ matched: id % 3 })))).toEqual([]);
  expect(choose(many(8, (id) => ({ capturedMs: id * 30_000 })))).toEqual([]);
});

it("each is near to each other, not only to the next", () => {
  const drifting = many(40, (id) => ({ encoding: makeNear(makeEncoding(1), id * 0.03) }));
  const gone = choose(drifting);
  expect(gone.length).toBeGreaterThan(3);
  for (const one of gone) for (const id of one.gone) expect(Math.abs(id - one.keep) * 0.03).toBeLessThan(0.2);
});
