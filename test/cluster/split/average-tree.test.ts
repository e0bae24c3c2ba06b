import { expect, it } from "vitest";
import { averageTree } from "../../../src/cluster/split/average-tree.ts";
import { makeRandom } from "../../make/encoding.ts";

/** All joins by definition: the mean of all distances between two sets, looked for anew each time. */
function byDefinition(points: readonly Float32Array[]) {
  const apart = (a: number, b: number) =>
    Math.hypot(...(points[a] ?? []).map((value, k) => value - (points[b]?.[k] ?? 0)));
  let sets = points.map((_, i) => [i]);
  const joins: { height: number; members: number[] }[] = [];
  while (sets.length > 1) {
    let best = { height: Number.POSITIVE_INFINITY, a: [0], b: [0] };
    for (const a of sets) {
      for (const b of sets.slice(sets.indexOf(a) + 1)) {
        const height = a.flatMap((i) => b.map((j) => apart(i, j))).reduce((x, y) => x + y, 0) / (a.length * b.length);
        if (height < best.height) best = { height, a, b };
      }
    }
    const members = [...best.a, ...best.b];
    joins.push({ height: best.height, members: [...members].sort((x, y) => x - y) });
    sets = [...sets.filter((one) => one !== best.a && one !== best.b), members];
  }
  return joins;
}

it.each([1, 2, 3])("joins what is nearest by the mean of all distances between two sets (%i)", (seed) => {
  const random = makeRandom(seed);
  const points = Array.from({ length: 24 }, () => Float32Array.from({ length: 6 }, random));
  const joins = averageTree(points);
  const wanted = byDefinition(points);
  expect(joins.map(({ members }) => [...members].sort((x, y) => x - y))).toEqual(wanted.map(({ members }) => members));
  for (const [i, { height }] of joins.entries()) expect(height).toBeCloseTo(wanted[i]?.height ?? 0, 5);
});

it("has no joins for one point or none", () => {
  expect(averageTree([])).toEqual([]);
  expect(averageTree([Float32Array.of(1)])).toEqual([]);
});
