import { expect, it } from "vitest";
import { countAxes } from "../../src/cluster/distances/count-axes.ts";
import { findAllPairs, openControl } from "../../src/cluster/distances/pairs.ts";
import { projectPoints } from "../../src/cluster/distances/project-points.ts";
import {
  CONTROL,
  openSpace,
  openThreadKernel,
  type Space,
  squaresUnder,
  stepsOf,
} from "../../src/cluster/distances/space.ts";
import { compileKernel } from "../../src/cluster/kernel/open-kernel.ts";
import { makeFaces } from "../../src/demo/made-faces.ts";
import { scalarPairs, scalarSquared, scalarSquaredExactly } from "./scalar-kernel.ts";

const CHUNK_WORDS = 32;

function prepare(count: number, dimension: number, axes = dimension) {
  const threshold = 0.6;
  const space = openSpace({ count, dimension, axes, threshold, threads: 1, faces: count });
  const { stride } = space.layout;
  const points = new Float32Array(space.memory.buffer, space.layout.points, count * stride);
  const { data } = makeFaces(count, 12);
  for (let i = 0; i < count; i++) points.set(data.subarray(i * 128, i * 128 + dimension), i * stride);
  const kernel = openThreadKernel(compileKernel(), space, 0);
  openControl(space)[CONTROL.poolNext] = 1;
  return { space, kernel, points, stride };
}

/** What the pass wrote, in the words of {@link scalarPairs}. */
function writtenPairs({ memory, layout }: Space): string[] {
  const words = new Uint32Array(memory.buffer);
  const pairs: string[] = [];
  for (let row = 0; row < 2 * layout.count; row++) {
    for (let chunk = words[layout.heads[0]! / 4 + row]!; chunk !== 0; ) {
      const base = layout.pool / 4 + chunk * CHUNK_WORDS;
      for (let k = 0; k < words[base + 1]!; k++) {
        const pair = words[base + 2 + k]!;
        const level = Math.floor(row / layout.count);
        pairs.push(`${row % layout.count},${level},${pair >>> layout.shift},${pair % 2 ** layout.shift}`);
      }
      chunk = words[base]!;
    }
  }
  return pairs.sort();
}

it.each([128, 100, 3])("computes the very bits of its scalar twin in %i dimensions", (dimension) => {
  const { space, kernel, points, stride } = prepare(50, dimension);
  const at = (i: number): number => space.layout.points + i * stride * 4;
  for (let i = 0; i < 50; i++) {
    for (let j = 0; j < 50; j++) expect(kernel.squaredDistance(at(i), at(j))).toBe(scalarSquared(points, stride, i, j));
  }
  const lists = new Uint32Array(space.memory.buffer, space.layout.listA, 3);
  lists.set([4, 9, 33]);
  new Uint32Array(space.memory.buffer, space.layout.listB, 2).set([7, 21]);
  const total = (squared: typeof scalarSquared): number =>
    [4, 9, 33].flatMap((i) => [7, 21].map((j) => Math.sqrt(squared(points, stride, i, j)))).reduce((a, b) => a + b);
  const { listA, listB } = space.layout;
  expect(kernel.sumDistances(listA, 3, listB, 2, false)).toBe(total(scalarSquared));
  expect(kernel.sumDistances(listA, 3, listB, 2, true)).toBe(total(scalarSquaredExactly));
});

it.each([
  [300, 128, 128],
  [300, 128, 48],
  [64, 128, 128],
  [65, 20, 20],
  [1, 128, 128],
])("finds all pairs of %i points of %i dimensions, filtered along %i axes, and no other", (count, dimension, axes) => {
  const { space, kernel, points, stride } = prepare(count, dimension, axes);
  projectPoints(kernel, space);
  findAllPairs(kernel, space, () => undefined);
  const { layout } = space;
  const { steps } = stepsOf(layout);
  const expected = scalarPairs(points, {
    count,
    stride,
    threshold: layout.threshold,
    squaresUnder: squaresUnder(layout),
    steps,
    nearSteps: (layout.near / layout.threshold) * steps,
  });
  expect(writtenPairs(space)).toEqual(expected);
  if (count >= 64) expect(expected.length).toBeGreaterThan(50);
});

it("filters along fewer axes only where that pays", () => {
  expect(countAxes(100, 128)).toBe(128);
  expect(countAxes(50_000, 128)).toBe(48);
  expect(countAxes(50_000, 16)).toBe(16);
});

it("averages rows, weighted and from lists", () => {
  const { space, kernel, points, stride } = prepare(40, 128);
  const { layout } = space;
  new Uint32Array(space.memory.buffer, layout.listA, 3).set([1, 5, 8]);
  kernel.meanOf(layout.listA, 3, layout.means);
  kernel.blendMeans(layout.points, 0.25, layout.points + stride * 4, 0.75, layout.means + stride * 4);
  const means = new Float32Array(space.memory.buffer, layout.means, 2 * stride);
  for (let k = 0; k < 128; k++) {
    expect(means[k]).toBeCloseTo((points[stride + k]! + points[5 * stride + k]! + points[8 * stride + k]!) / 3, 6);
    expect(means[stride + k]).toBeCloseTo(0.25 * points[k]! + 0.75 * points[stride + k]!, 6);
  }
});
