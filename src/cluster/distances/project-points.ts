import { principalAxes } from "../../domain/vectors/principal-axes.ts";
import type { Kernel } from "../kernel/kernel-api.ts";
import { BLOCK, type Space } from "./space.ts";

/**
 * Writes what the pass filters pairs by: each point's coordinates along the filter axes, in blocks, and half of their
 * squared norm. For two points `dot - half - half` is minus half their squared distance along those axes.
 *
 * The halves are shrunk by more than float32 may err in the products of the pass, so that no pair under the threshold
 * is ever filtered out; slots behind the last point have an infinite half, which filters them out. O(n × stride × axes).
 */
export function projectPoints(kernel: Kernel, { memory, layout }: Space): void {
  const { count, stride, axes, blockCount } = layout;
  const points = new Float32Array(memory.buffer, layout.points, count * stride);
  const blocks = new Float32Array(memory.buffer, layout.blocks, blockCount * BLOCK * axes);
  const halves = new Float32Array(memory.buffer, layout.halves, blockCount * BLOCK).fill(Number.POSITIVE_INFINITY);
  const shrunk = 1 - (axes * 2 ** -23 + 1e-6);
  if (axes < stride) {
    const basis = new Float64Array(memory.buffer, layout.basis, (axes + 1) * stride);
    basis.set(principalAxes(points, count, stride, axes));
    kernel.project(layout.basis, shrunk);
    return;
  }
  for (let i = 0; i < count; i++) {
    const first = Math.floor(i / BLOCK) * BLOCK * axes + (i % BLOCK);
    let squares = 0;
    for (let axis = 0; axis < axes; axis++) {
      const value = points[i * stride + axis]!;
      blocks[first + axis * BLOCK] = value;
      squares += value * value;
    }
    halves[i] = (squares / 2) * shrunk;
  }
}
