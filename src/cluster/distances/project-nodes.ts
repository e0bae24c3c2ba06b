import { principalAxes } from "../../domain/vectors/principal-axes.ts";
import type { Kernel } from "../kernel/kernel-api.ts";
import { BLOCK, type Space } from "./space.ts";

/** Steps that the reach of a stage is divided into. Half a thousand would blur the filter by 1 % more. */
const STEPS = 1000;
/** Nodes that the centre is computed from. */
const SAMPLE = 400;
/** Squares are under this, as coordinates are cut off; from here on nothing can be filtered. */
const MOST_SQUARES = 2 ** 30;
/** In slots behind the last node. */
const NOWHERE = 2 ** 30;

/**
 * Writes what the pass filters pairs by: the coordinates of each node's mean along the filter axes, in whole steps (int16), in
 * blocks of pairs of axes, and its squared norm. Returns the limit: a pair whose squared distance in steps is not under it is
 * surely not within the reach. O(m × stride × axes).
 * @param reach distance of two means that must pass
 * @param longest norm of the longest row: rounding is relative to it
 * @param rows whether to write the coordinates row by row, too, as previews of the points
 */
export function projectNodes(
  kernel: Kernel,
  { memory, layout }: Space,
  stage: { readonly nodes: number; readonly reach: number; readonly longest: number; readonly rows: boolean },
): FilterSteps {
  const { stride, axes } = layout;
  const { nodes, reach, longest } = stage;
  const means = new Float32Array(memory.buffer, layout.means, nodes * stride);
  const basis = new Float64Array(memory.buffer, layout.basis, (axes + 1) * stride + axes);
  const own = axes === stride;
  if (!own) basis.set(principalAxes(means, nodes, stride, axes));
  basis.set(centreOf(means, nodes, stride, axes, own ? null : basis), (axes + 1) * stride);
  const squares = new Int32Array(memory.buffer, layout.halves, Math.ceil(nodes / BLOCK) * BLOCK);
  squares.fill(NOWHERE, nodes);
  const perStep = STEPS / reach;
  kernel.project(layout.basis, own, perStep, nodes, stage.rows ? layout.previews : 0);
  // Two coordinates are each wrong by half a step, and by what float64 rounds.
  const blur = Math.sqrt(axes) * (1 + longest * perStep * 2 ** -40);
  const limit = (STEPS + blur) ** 2;
  return { perStep, blur, limit: limit < MOST_SQUARES ? Math.ceil(limit) : 2 ** 31 - 1 };
}

/** How the filter measures. */
export interface FilterSteps {
  readonly perStep: number;
  /** A distance in steps may be too long by this much. */
  readonly blur: number;
  /** Squared steps: pairs from here on are out of reach. */
  readonly limit: number;
}

/** The mean of evenly spread nodes along each axis: from there coordinates are small. */
function centreOf(
  means: Float32Array,
  nodes: number,
  stride: number,
  axes: number,
  basis: Float64Array | null,
): Float64Array {
  const mean = new Float64Array(stride);
  const every = Math.max(1, Math.floor(nodes / SAMPLE));
  let used = 0;
  for (let i = 0; i < nodes; i += every, used++) {
    for (let k = 0; k < stride; k++) mean[k] = mean[k]! + means[i * stride + k]!;
  }
  for (let k = 0; k < stride; k++) mean[k] = mean[k]! / used;
  if (!basis) return mean;
  const centre = new Float64Array(axes);
  for (let a = 0; a < axes; a++) {
    for (let k = 0; k < stride; k++) centre[a] = centre[a]! + basis[a * stride + k]! * mean[k]!;
  }
  return centre;
}
