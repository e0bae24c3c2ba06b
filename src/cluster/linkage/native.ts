import { countAxes } from "../distances/count-axes.ts";
import { findAllPairs, openControl, openGate, type StartHelper } from "../distances/pairs.ts";
import { projectPoints } from "../distances/project-points.ts";
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
/** With fewer blocks, another thread takes longer to start than it saves. */
const BLOCKS_WORTH_A_THREAD = 48;

export interface NativeLinkageOptions {
  /** Threads for the pass over all pairs, including the calling one. */
  readonly threads: number;
  readonly startHelper: StartHelper;
}

/**
 * Exact average linkage in little memory: points, means, and 8 bytes for each pair under the threshold. The parts:
 * duplicates, filter axes, the pass over all pairs (n²/2, parallel), rows of sums, bounds, the nearest-neighbour
 * chain, the cut. `docs/discovery-algorithm.md` explains them.
 */
export function createNativeLinkage({ threads, startHelper }: NativeLinkageOptions): Linkage {
  return {
    name: "native",

    cluster(encodings, options) {
      checkInput(encodings, options);
      const { threshold, frames } = options;
      if (encodings.count === 0 || threshold === 0) {
        const labels = Int32Array.from({ length: encodings.count }, (_, face) => face);
        return { labels, heights: new Float64Array(), joins: new Float64Array() };
      }
      const { faces, pointOf } = findDistinct(encodings, frames);
      if (faces.length > MAX_POINTS) throw new RangeError(`at most ${MAX_POINTS} different faces, got ${faces.length}`);
      const onProgress = throttled(options.onProgress);

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
      // Before the points are filled in, because threads take a while to start.
      for (let thread = 1; thread <= helpers; thread++) startHelper(space, module, thread);
      const kernel = openThreadKernel(module, space, 0);
      fillPoints(space, encodings, faces);
      projectPoints(kernel, space);
      openGate(space);
      findAllPairs(kernel, space, (share) => onProgress(share * PASS_SHARE));

      const groups = openGroups(kernel, space, pointOf, faces);
      const rows = openRows(space, faces.length < encodings.count ? groups.size : null);
      const duplicates = countDuplicates(groups.size);
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
        joins: ascending(duplicates, merged.joins),
      };
    },
  };
}

/** Faces that share their exact encoding with another: they merge at distance 0. */
function countDuplicates(size: Int32Array): number {
  return size.reduce((sum, faces) => sum + (faces > 1 ? faces : 0), 0);
}

/** `others` and so many zeros, ascending. */
function ascending(zeros: number, others: Float64Array): Float64Array {
  const all = new Float64Array(zeros + others.length);
  all.set(others, zeros);
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

function fillPoints({ memory, layout }: Space, { data, dimension }: Encodings, faces: Int32Array): void {
  const rows = new Float32Array(memory.buffer, layout.points, layout.count * layout.stride);
  for (let point = 0; point < faces.length; point++) {
    const from = faces[point]! * dimension;
    rows.set(data.subarray(from, from + dimension), point * layout.stride);
  }
  new Float32Array(memory.buffer, layout.means, rows.length).set(rows);
}
