import { countAxes } from "../distances/count-axes.ts";
import { findAllPairs, openControl, openGate, type StartHelper } from "../distances/pairs.ts";
import { screenPoints } from "../distances/screen.ts";
import { BLOCK, CONTROL, openSpace, openThreadKernel, type Space } from "../distances/space.ts";
import { compileKernel } from "../kernel/open-kernel.ts";
import { keepApart } from "./cannot-link.ts";
import { mergeAll } from "./chain.ts";
import { labelsOf } from "./cut.ts";
import { findDistinct } from "./duplicates.ts";
import { openGroups } from "./groups.ts";
import { checkInput, type Encodings, type Linkage } from "./linkage.ts";
import { MAX_POINTS, openRows } from "./rows.ts";

/** Share of the time that goes into the pass over all pairs. */
const PASS_SHARE = 0.8;
/** Blocks under which another thread takes longer to start than to help. */
const BLOCKS_WORTH_A_THREAD = 48;

export interface NativeLinkageOptions {
  /** Threads for the pass over all pairs, this one included. */
  readonly threads: number;
  /** Starts another one. */
  readonly startHelper: StartHelper;
}

/**
 * Exact average linkage in little memory: points, means, and 8 bytes for each pair under the threshold. The parts:
 * duplicates, screening axes, the pass over all pairs (n²/2, parallel), rows of sums, bounds, the nearest-neighbour
 * chain, the cut. `docs/discovery-algorithm.md` tells the whole.
 */
export function createNativeLinkage({ threads, startHelper }: NativeLinkageOptions): Linkage {
  return {
    name: "native",

    cluster(encodings, options) {
      checkInput(encodings, options);
      const { threshold, frames } = options;
      if (encodings.count === 0 || threshold === 0)
        return { labels: alone(encodings.count), heights: new Float64Array(), joins: new Float64Array() };
      const { faces, pointOf } = findDistinct(encodings, frames);
      if (faces.length > MAX_POINTS) throw new RangeError(`at most ${MAX_POINTS} different faces, got ${faces.length}`);
      const onProgress = steadily(options.onProgress);

      const { dimension } = encodings;
      const helpers = faces.length > BLOCKS_WORTH_A_THREAD * BLOCK ? threads - 1 : 0;
      const axes = countAxes(faces.length, dimension);
      const space = openSpace({
        count: faces.length,
        dimension,
        axes,
        threshold,
        threads: helpers + 1,
        faces: encodings.count,
      });
      openControl(space)[CONTROL.poolNext] = 1;
      const module = compileKernel();
      // Threads take a while to start; meanwhile there is something to do.
      for (let thread = 1; thread <= helpers; thread++) startHelper(space, module, thread);
      const kernel = openThreadKernel(module, space, 0);
      fillPoints(space, encodings, faces);
      screenPoints(kernel, space);
      openGate(space);
      findAllPairs(kernel, space, (share) => onProgress(share * PASS_SHARE));

      const groups = openGroups(kernel, space, pointOf, faces);
      const rows = openRows(space, faces.length < encodings.count ? groups.size : null);
      const twins = countTwins(groups.size);
      const apart = frames ? keepApart(groups, frames) : null;
      const merged = mergeAll({
        layout: space.layout,
        rows,
        groups,
        apart,
        onProgress: (share) => onProgress(PASS_SHARE + share * (1 - PASS_SHARE)),
      });

      return {
        labels: labelsOf(groups.roots()),
        heights: ascending(encodings.count - faces.length, merged.heights),
        joins: ascending(twins, merged.joins),
      };
    },
  };
}

/** Faces that share their very encoding with another: company at distance 0. */
function countTwins(size: Int32Array): number {
  return size.reduce((sum, faces) => sum + (faces > 1 ? faces : 0), 0);
}

/** As many zeros, then the others in order. */
function ascending(zeros: number, others: Float64Array): Float64Array {
  const all = new Float64Array(zeros + others.length);
  all.set(others, zeros);
  return all.sort();
}

function alone(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, face) => face);
}

/** Passes progress on when it has moved by a part in a thousand. */
function steadily(tell: ((fraction: number) => void) | undefined): (fraction: number) => void {
  let told = 0;
  return (fraction) => {
    if (!tell || (fraction - told < 0.001 && fraction < 1)) return;
    told = fraction;
    tell(fraction);
  };
}

function fillPoints({ memory, layout }: Space, { data, dimension }: Encodings, faces: Int32Array): void {
  const rows = new Float32Array(memory.buffer, layout.points, layout.count * layout.stride);
  for (let point = 0; point < faces.length; point++) {
    const from = faces[point]! * dimension;
    rows.set(data.subarray(from, from + dimension), point * layout.stride);
  }
  new Float32Array(memory.buffer, layout.means, rows.length).set(rows);
}
