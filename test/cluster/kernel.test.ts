import { expect, it } from "vitest";
import { countAxes } from "../../src/cluster/distances/count-axes.ts";
import { findAllPairs } from "../../src/cluster/distances/pairs.ts";
import { projectNodes } from "../../src/cluster/distances/project-nodes.ts";
import {
  CHUNK_BYTES,
  openSpace,
  openThreadKernel,
  roundingOf,
  type Space,
  wordsAt,
} from "../../src/cluster/distances/space.ts";
import { compileKernel } from "../../src/cluster/kernel/open-kernel.ts";
import { openNodes } from "../../src/cluster/linkage/nodes.ts";
import { makeFaces } from "../../src/demo/made-faces.ts";
import { scalarPairs, scalarSquared, scalarSquaredExactly } from "./scalar-kernel.ts";

const REACH = 0.6;
const ENTRY_BYTES = 12;

function prepare(count: number, dimension: number, axes = dimension) {
  const space = openSpace({ count, dimension, axes, threads: 1, frames: 0 });
  const { stride } = space.layout;
  const { data } = makeFaces(count, 12);
  const encodings = { data: new Float32Array(count * dimension), count, dimension };
  for (let i = 0; i < count; i++) encodings.data.set(data.subarray(i * 128, i * 128 + dimension), i * dimension);
  const kernel = openThreadKernel(compileKernel(), space, 0);
  const every = Int32Array.from({ length: count }, (_, i) => i);
  const nodes = openNodes(kernel, space, encodings, every, every, null);
  const points = new Float32Array(space.memory.buffer, space.layout.points, count * stride);
  return { space, kernel, nodes, points, stride };
}

function pass(
  { space, kernel, nodes }: ReturnType<typeof prepare>,
  more: { dense?: boolean; mostChunks?: number } = {},
) {
  const { count, longest } = nodes;
  const rounding = roundingOf(space.layout);
  const steps = projectNodes(kernel, space, { nodes: count, reach: REACH * (1 + 4 * rounding), longest, rows: true });
  const { dense = false, mostChunks = 100_000 } = more;
  const stage = { nodes: count, plain: true, dense, reach: REACH, rounding, slack: 0, mostChunks, limit: steps.limit };
  return findAllPairs(kernel, space, stage, () => undefined);
}

/** What the pass wrote, in the words of {@link scalarPairs}. */
function writtenPairs({ memory, layout }: Space): string[] {
  const view = new DataView(memory.buffer);
  const heads = wordsAt({ memory, layout }, layout.rowHeads, layout.count);
  const pairs: string[] = [];
  for (const [row, head] of heads.entries()) {
    for (let chunk = head; chunk !== 0; ) {
      const base = layout.pool + chunk * CHUNK_BYTES;
      for (let k = 0; k < view.getInt32(base + 4, true); k++) {
        const at = base + 8 + k * ENTRY_BYTES;
        pairs.push(`${row},${view.getInt32(at, true)},${view.getFloat64(at + 4, true)}`);
      }
      chunk = view.getInt32(base, true);
    }
  }
  return pairs.sort();
}

it.each([128, 100, 3])("computes the very bits of its scalar twin in %i dimensions", (dimension) => {
  const prepared = prepare(50, dimension);
  const { space, kernel, points, stride } = prepared;
  const at = (i: number): number => space.layout.points + i * stride * 4;
  for (let i = 0; i < 50; i++) {
    for (let j = 0; j < 50; j++) expect(kernel.squaredDistance(at(i), at(j))).toBe(scalarSquared(points, stride, i, j));
  }
  pass(prepared);
  kernel.openRows(1);
  for (const [i, j] of [
    [4, 9],
    [9, 4],
    [33, 7],
  ] as const) {
    expect(kernel.sumOfNodes(i, j)).toBe(Math.sqrt(scalarSquared(points, stride, i, j)));
    expect(kernel.exactly(i, j)).toBe(Math.sqrt(scalarSquaredExactly(points, stride, i, j)));
  }
});

it.each([
  [300, 128, 128],
  [300, 128, 64],
  [64, 128, 128],
  [65, 20, 20],
  [1, 128, 128],
])("finds all pairs of %i points of %i dimensions, filtered along %i axes, and no other", (count, dimension, axes) => {
  const prepared = prepare(count, dimension, axes);
  const { space, points, stride } = prepared;
  expect(pass(prepared)).toBe(true);
  const expected = scalarPairs(points, { count, stride, reach: REACH * (1 + 2 * roundingOf(space.layout)) });
  expect(writtenPairs(space)).toEqual(expected);
  if (count >= 64) expect(expected.length).toBeGreaterThan(50);
});

it("says when there is no room for the pairs", () => {
  expect(pass(prepare(300, 128), { mostChunks: 100 })).toBe(false);
});

it.each([false, true])("joins clusters to the mean of all their distances (in a matrix: %s)", (dense) => {
  const prepared = prepare(60, 128);
  const { space, kernel, points, stride } = prepared;
  pass(prepared, { dense });
  kernel.openRows(dense ? 0 : 1);
  const first = kernel.nearest(0);
  expect(first).toBe(1);
  const partner = wordsAt(space, space.layout.list, 1)[0]!;
  const distance = (i: number, j: number): number => Math.sqrt(scalarSquaredExactly(points, stride, i, j));
  const others = Array.from({ length: 59 }, (_, j) => j + 1);
  expect(distance(0, partner)).toBe(Math.min(...others.map((j) => distance(0, j))));
  kernel.join(0, partner, 60);
  expect(kernel.nearest(60)).toBe(1);
  const mean = (j: number): number => (distance(0, j) + distance(partner, j)) / 2;
  const nearest = Math.min(...others.filter((j) => j !== partner).map(mean));
  expect(kernel.nearestDistance()).toBeCloseTo(nearest, 6);
  expect(mean(wordsAt(space, space.layout.list, 1)[0]!)).toBe(nearest);
});

it("filters along fewer axes only where that pays", () => {
  expect(countAxes(100, 128)).toBe(128);
  expect(countAxes(50_000, 128)).toBe(64);
  expect(countAxes(50_000, 16)).toBe(16);
});

it("averages the points of each node, by the faces that they stand for", () => {
  const { space, kernel, nodes, points, stride } = prepare(40, 128);
  wordsAt(space, space.layout.weights, 40)[5] = 3;
  const { starts, memberHead, memberNext } = space.layout;
  expect(wordsAt(space, starts, 41)[40]).toBe(40);
  // Points 1 and 5 as one cluster; the others are left out.
  wordsAt(space, memberHead, 2)[0] = 1;
  wordsAt(space, memberNext, 40).fill(-1)[1] = 5;
  const [one, five] = [1, 5].map((i) => points.slice(i * stride, (i + 1) * stride));
  nodes.regroup(Int32Array.of(0), Int32Array.of(1));
  const mean = new Float32Array(space.memory.buffer, space.layout.means, stride);
  for (let k = 0; k < 128; k++) expect(mean[k]).toBeCloseTo((one![k]! + 3 * five![k]!) / 4, 6);
  expect(kernel.spreadOf(0)).toBeGreaterThan(0);
});
