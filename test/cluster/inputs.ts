import fc from "fast-check";
import type { Encodings } from "../../src/cluster/linkage/linkage.ts";

/** Packs rows of equal length. */
export function pack(rows: readonly (readonly number[])[]): Encodings {
  return { data: Float32Array.from(rows.flat()), count: rows.length, dimension: rows[0]?.length ?? 0 };
}

/** Points on a line. */
export function onLine(...positions: number[]): Encodings {
  return pack(positions.map((position) => [position]));
}

/** From -1 to 1, far enough from one another that no two distances are equal but for a purpose. */
const coordinate = fc.noBias(fc.integer({ min: -(2 ** 22), max: 2 ** 22 })).map((whole) => whole / 2 ** 22);

function rows(dimension: fc.Arbitrary<number>, most: number): fc.Arbitrary<number[][]> {
  return dimension.chain((length) =>
    fc.array(fc.array(coordinate, { minLength: length, maxLength: length }), { maxLength: most }),
  );
}

/** Anything from no face to a few dozen, of 1 to 40 numbers. */
export const anyFaces = rows(fc.integer({ min: 1, max: 40 }), 30).map(pack);

/** Faces around a few people, scattered by a tenth to the whole of their distance. */
export const groupedFaces = fc
  .record({
    people: fc.array(fc.array(coordinate, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
    faces: fc.array(fc.record({ who: fc.nat(3), off: fc.array(coordinate, { minLength: 8, maxLength: 8 }) }), {
      maxLength: 30,
    }),
    scatter: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  })
  .map(({ people, faces, scatter }) =>
    pack(faces.map(({ who, off }) => people[who % people.length]!.map((value, k) => value + scatter * off[k]!))),
  );

/** Many faces with the very same encoding. */
export const duplicatedFaces = fc
  .record({
    kinds: rows(fc.constant(5), 5).filter((kinds) => kinds.length > 0),
    which: fc.array(fc.nat(4), { maxLength: 30 }),
  })
  .map(({ kinds, which }) => pack(which.map((kind) => kinds[kind % kinds.length]!)));

/** On a line through space, no two distances alike. */
export const collinearFaces = fc
  .record({
    positions: fc.array(coordinate, { maxLength: 30 }),
    way: fc.array(coordinate, { minLength: 6, maxLength: 6 }),
  })
  .map(({ positions, way }) => pack(positions.map((position) => way.map((value) => 3 * value * position))));

/** Evenly spaced on a line, so that nearly every distance is a tie; all distances are exact. */
export const evenFaces = fc
  .array(fc.integer({ min: 0, max: 24 }), { maxLength: 24 })
  .map((positions) => pack(positions.map((position) => [position / 8])));

export const thresholds = fc.double({ min: 0.05, max: 2, noNaN: true });
