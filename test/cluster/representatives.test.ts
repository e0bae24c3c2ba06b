import fc from "fast-check";
import { expect, it } from "vitest";
import { orderFaces } from "../../src/cluster/representatives.ts";
import type { GroupedFace } from "../../src/domain/cluster.ts";
import { meanEncoding, squaredDistance } from "../../src/domain/vectors/encoding.ts";

type Point = readonly [x: number, y: number];

/** Faces at points; those in `without` have no picture. */
const at = (points: readonly Point[], without: readonly number[] = [], visits: readonly (string | null)[] = []) =>
  points.map(
    (point, i): GroupedFace => ({
      faceId: i + 1,
      encoding: Float32Array.from(point),
      visitId: visits[i] ?? null,
      hasThumbnail: !without.includes(i),
    }),
  );
const middle = Float32Array.of(0.08, 0);
const POINTS: Point[] = [
  [0, 0],
  [0.1, 0],
  [4, 0],
  [0, 3],
  [-1, -1],
  [3.9, 0.1],
  [0, 2.9],
];
const first = (faces: readonly GroupedFace[]) => orderFaces(faces, middle).slice(0, 5);

it("shows the most central face first, then always the one least like those shown; the rest by how central they are", () => {
  expect(orderFaces(at(POINTS), middle)).toEqual([1, 2, 3, 4, 5, 0, 6]);
});

it("shows a central face with a picture first, never an outlier for want of one, and no grey one while there are others", () => {
  expect(first(at(POINTS, [1]))).toEqual([0, 2, 3, 4, 5]);
  expect(first(at(POINTS, [0, 1, 2, 3]))).toEqual([4, 5, 6, 1, 2]);
  expect(first(at(POINTS, [0, 1, 2, 3, 4, 5, 6]))).toEqual([1, 2, 3, 4, 5]);
});

it("shows different visits before it shows one again", () => {
  const visits = ["a", "b", "a", "a", "b", "c", "d"];
  expect(first(at(POINTS, [], visits))).toEqual([1, 2, 6, 5, 4]);
});

it("shows all of a small cluster, and none of an empty one", () => {
  const two = at([
    [1, 0],
    [0, 1],
  ]);
  expect(orderFaces(two, meanEncoding(two.map((face) => face.encoding)))).toEqual([0, 1]);
  expect(orderFaces([], Float32Array.of(0))).toEqual([]);
});

it("shows five different faces even of one that were all taken alike", () => {
  const faces = at(Array.from({ length: 9 }, (): Point => [1, 1]));
  expect(orderFaces(faces, Float32Array.of(1, 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it("orders every face once, the first with a picture where there is one, and none with a picture nearer to the mean", () => {
  const face = fc.record({ x: fc.integer({ min: -9, max: 9 }), visit: fc.nat(3), pictured: fc.boolean() });
  fc.assert(
    fc.property(fc.array(face, { minLength: 1, maxLength: 20 }), (given) => {
      const faces = given.map(
        ({ x, visit, pictured }, i): GroupedFace => ({
          faceId: i,
          encoding: Float32Array.of(x),
          visitId: visit === 0 ? null : `v${visit}`,
          hasThumbnail: pictured,
        }),
      );
      const mean = meanEncoding(faces.map((one) => one.encoding));
      const order = orderFaces(faces, mean);
      expect([...order].sort((a, b) => a - b)).toEqual(faces.map((_, i) => i));
      const shown = order.slice(0, 5).map((i) => faces[i] as GroupedFace);
      const pictured = faces.filter((one) => one.hasThumbnail);
      expect(shown.filter((one) => one.hasThumbnail)).toHaveLength(Math.min(5, pictured.length));
      const among = pictured.length > 0 ? pictured : faces;
      const best = Math.min(...among.map((one) => squaredDistance(one.encoding, mean)));
      expect(squaredDistance((shown[0] as GroupedFace).encoding, mean)).toBe(best);
      const visits = new Set(pictured.flatMap((one) => one.visitId ?? []));
      const alone = pictured.filter((one) => one.visitId === null).length;
      const seen = shown.filter((one) => one.hasThumbnail);
      const different = new Set(seen.map((one, i) => one.visitId ?? `alone ${i}`)).size;
      expect(different).toBe(Math.min(5, visits.size + alone));
    }),
  );
});
