import { countAxes } from "../distances/count-axes.ts";
import { endStages, findAllPairs, type StartHelper } from "../distances/pairs.ts";
import { projectNodes } from "../distances/project-nodes.ts";
import { BLOCK, CHUNK_BYTES, openSpace, openThreadKernel, roundingOf, type Space } from "../distances/space.ts";
import type { Kernel } from "../kernel/kernel-api.ts";
import { compileKernel } from "../kernel/open-kernel.ts";
import { mergeAll } from "./chain.ts";

import { labelsOf } from "./cut.ts";
import { findDistinct } from "./duplicates.ts";
import { checkInput, type Linkage } from "./linkage.ts";
import { type Nodes, openNodes } from "./nodes.ts";
import { type Plan, planStage } from "./plan-stage.ts";

/** Most different faces: the pass numbers its blocks in 20 bits. */
const MAX_POINTS = 2 ** 24;
/** Share of a stage's time that goes into its pass over all pairs. */
const PASS_SHARE = 0.7;
/** With fewer blocks, another thread takes longer to start than it saves. */
const BLOCKS_WORTH_A_THREAD = 48;
/** Bytes for the pairs of a stage by default; all else takes about 1.2 KB a face of 128 numbers. */
const PAIRS_BYTES = 300 * 2 ** 20;
/** A stage that leaves more nodes than this share has too few pairs to be worth its pass. */
const TOO_MANY_LEFT = 0.95;

/** All that a memory of 4 GB may have for pairs. */
const MOST_BYTES = 2 ** 31;
/** How often a stage tries to find fewer pairs. */
const TRIES = 5;
/** Blending two means may move one by this share of the longest row: float32 rounds twice, and the weights once. */
const BLEND_ERROR = 2 ** -21;

export interface NativeLinkageOptions {
  /** Threads for the passes over all pairs, including the calling one. */
  readonly threads: number;
  readonly startHelper: StartHelper;
  /** Bytes for the pairs of a stage: with less there are more stages, which takes longer; the result is the same. */
  readonly pairsBytes?: number;
}

/**
 * Exact average linkage in stages, in little memory. `docs/discovery-algorithm.md` explains the parts: duplicates, reach, filter
 * axes, the pass over all pairs (m²/2, parallel), rows of neighbours, the nearest-neighbour chain, the cut.
 */
export function createNativeLinkage(options_: NativeLinkageOptions): Linkage {
  const { threads, startHelper, pairsBytes = PAIRS_BYTES } = options_;
  return {
    name: "native",

    cluster(encodings, options) {
      checkInput(encodings, options);
      const { threshold } = options;
      if (encodings.count === 0 || threshold === 0) {
        const labels = Int32Array.from({ length: encodings.count }, (_, face) => face);
        return { labels, heights: new Float64Array(), joins: new Float64Array() };
      }
      const frames = options.frames ? sharedFrames(options.frames) : null;
      const { faces, pointOf } = findDistinct(encodings, frames?.numbers);
      const points = faces.length;
      if (points > MAX_POINTS) throw new RangeError(`at most ${MAX_POINTS} different faces, got ${points}`);
      const onProgress = throttled(options.onProgress);

      const { dimension } = encodings;
      const helpers = points > BLOCKS_WORTH_A_THREAD * BLOCK ? threads - 1 : 0;
      const axes = countAxes(points, dimension);
      const space = openSpace({ count: points, dimension, axes, threads: helpers + 1, frames: frames?.count ?? 0 });
      const module = compileKernel();
      // Before the points are filled in, because threads take a while to start.
      for (let thread = 1; thread <= helpers; thread++) startHelper(space, module, thread);
      const kernel = openThreadKernel(module, space, 0);
      const nodes = openNodes(kernel, space, encodings, faces, pointOf, frames?.numbers ?? null);
      const heights: Float64Array[] = [new Float64Array(encodings.count - points)];
      const joins: Float64Array[] = [new Float64Array(countDuplicates(pointOf, points))];
      let progress = 0;
      let bytes = pairsBytes;

      try {
        for (let reach = 0; reach < threshold; ) {
          const before = nodes.count;
          const from = progress;
          const end = (stageReach: number): number => (stageReach < threshold ? (1 + from) / 2 : 1);
          const plan = findPairs({ kernel, space, nodes, threshold, beyond: reach, bytes }, (done, at) =>
            onProgress(from + (end(at) - from) * PASS_SHARE * done),
          );
          reach = plan.reach;
          progress = end(reach);
          const passed = from + (progress - from) * PASS_SHARE;
          const merged = mergeAll({
            kernel,
            space,
            nodes: before,
            reach,
            lowest: nodes.lowest,
            onProgress: (done) => onProgress(passed + (progress - passed) * done),
          });
          heights.push(merged.heights);
          joins.push(merged.joins);
          nodes.regroup(merged.clusters, merged.lowest);
          if (nodes.count > TOO_MANY_LEFT * before) bytes = Math.min(MOST_BYTES, 2 * bytes);
        }
      } finally {
        endStages(space);
      }
      onProgress(1);
      const roots = nodes.roots();
      return {
        labels: labelsOf(pointOf.map((point) => roots[point]!)),
        heights: ascending(heights),
        joins: ascending(joins),
      };
    },
  };
}

/** What a stage begins with. */
interface Beginning {
  readonly kernel: Kernel;
  readonly space: Space;
  readonly nodes: Nodes;
  readonly threshold: number;
  /** The reach of the stage before. */
  readonly beyond: number;
  /** Bytes for the pairs. */
  readonly bytes: number;
}

/**
 * The pass of a stage over all pairs, as far as there is room for them: when there are more than a sample foretold, the
 * reach is shortened. Only where that does not help (many equal distances) may they take all the memory there is.
 */
function findPairs(
  { kernel, space, nodes, threshold, beyond, bytes }: Beginning,
  onProgress: (fraction: number, reach: number) => void,
): Plan {
  const { count, plain, slack, longest } = nodes;
  const rounding = roundingOf(space.layout);
  for (let tries = 1; ; tries++) {
    const plan = planStage(nodes, { threshold, beyond, bytes: bytes / 2 ** (tries - 1) });
    const { perStep, blur, limit } = projectNodes(kernel, space, {
      nodes: count,
      reach: plan.reach * (1 + 4 * rounding) + 2 * slack,
      longest,
      rows: plain,
    });
    if (plain) kernel.setPreviews(1 / perStep, blur, longest * BLEND_ERROR);
    const mostChunks = tries < TRIES ? Math.ceil(bytes / CHUNK_BYTES) + 2 * count + 1024 : MOST_BYTES / CHUNK_BYTES;
    const stage = { nodes: count, plain, ...plan, limit, rounding, slack, mostChunks };
    if (findAllPairs(kernel, space, stage, (done) => onProgress(done, plan.reach))) {
      kernel.openRows(plan.dense ? 0 : space.layout.threads);
      return plan;
    }
    if (tries === TRIES) throw new RangeError(`${count} groups have more equal distances than fit into 4 GB`);
  }
}

/** Frames that more than one face has, numbered anew; -1 for all others, which keep nothing apart. */
function sharedFrames(frames: Int32Array): { readonly numbers: Int32Array; readonly count: number } | null {
  const faces = new Map<number, number>();
  for (const frame of frames) if (frame >= 0) faces.set(frame, (faces.get(frame) ?? 0) + 1);
  const numbers = new Map<number, number>();
  for (const [frame, many] of faces) if (many > 1) numbers.set(frame, numbers.size);
  if (numbers.size === 0) return null;
  return { numbers: frames.map((frame) => numbers.get(frame) ?? -1), count: numbers.size };
}

/** Faces that share their exact encoding with another: they merge at distance 0. */
function countDuplicates(pointOf: Int32Array, points: number): number {
  const weights = new Int32Array(points);
  for (const point of pointOf) weights[point] = weights[point]! + 1;
  return weights.reduce((sum, weight) => sum + (weight > 1 ? weight : 0), 0);
}

/** All numbers of several arrays, ascending. */
function ascending(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/** Passes progress on when it has grown by a thousandth. */
function throttled(onProgress: ((fraction: number) => void) | undefined): (fraction: number) => void {
  let last = 0;
  return (fraction) => {
    if (!onProgress || (fraction - last < 0.001 && fraction < 1)) return;
    last = fraction;
    onProgress(fraction);
  };
}
