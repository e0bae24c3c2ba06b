import { BLOCK, type Space } from "./space.ts";

/** Fills the screening blocks and half norms from the points. */
export function screenPoints({ memory, layout }: Space): void {
  const { count, stride, axes, blockCount } = layout;
  const points = new Float32Array(memory.buffer, layout.points, count * stride);
  const blocks = new Float32Array(memory.buffer, layout.blocks, blockCount * BLOCK * axes);
  const halves = new Float32Array(memory.buffer, layout.halves, blockCount * BLOCK).fill(Number.POSITIVE_INFINITY);
  const kappa = axes * 2 ** -23 + 1e-6;
  for (let i = 0; i < count; i++) {
    const block = Math.floor(i / BLOCK);
    let norm = 0;
    for (let axis = 0; axis < axes; axis++) {
      const value = points[i * stride + axis]!;
      blocks[(block * axes + axis) * BLOCK + (i % BLOCK)] = value;
      norm += value * value;
    }
    halves[i] = (norm / 2) * (1 - kappa);
  }
}
