import { UMAP } from "umap-js";

/** Points as they are laid out. */
export interface ProjectionInput {
  /** count × dimension, on a SharedArrayBuffer where threads read it in place. */
  readonly data: Float32Array;
  readonly count: number;
}

/** Neighbours that decide where a point lies: enough to keep people apart, few enough that small groups stay visible. */
const NEIGHBOURS = 12;
/** How close points may lie, of a layout that is some 20 wide: tiles that overlap cannot be tapped. */
const MIN_DIST = 0.35;
const SEED = 0x5eed;

/**
 * Lays out points in two dimensions so that near ones stay near (UMAP, McInnes 2018). The same points give the same layout.
 * @returns x, y of each point, from 0 to 1 in both directions, in the proportions of the layout
 */
export function projectLikeness({ data, count }: ProjectionInput): Float32Array {
  const dimension = count === 0 ? 0 : data.length / count;
  const points = Array.from({ length: count }, (_, row) => [...data.subarray(row * dimension, (row + 1) * dimension)]);
  return toUnitSquare(layOut(points));
}

function layOut(points: readonly number[][]): readonly (readonly number[])[] {
  // Too few for a graph of neighbours: on a circle, in order.
  if (points.length < 4) {
    return points.map((_, i) => [
      Math.cos((2 * Math.PI * i) / points.length),
      Math.sin((2 * Math.PI * i) / points.length),
    ]);
  }
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(NEIGHBOURS, points.length - 1),
    minDist: MIN_DIST,
    random: seeded(SEED),
  });
  return umap.fit([...points]);
}

function toUnitSquare(layout: readonly (readonly number[])[]): Float32Array {
  const axis = (k: 0 | 1) => layout.map((point) => point[k] ?? 0);
  const [xs, ys] = [axis(0), axis(1)];
  const low = [Math.min(...xs), Math.min(...ys)] as const;
  const size = [Math.max(...xs) - low[0], Math.max(...ys) - low[1]] as const;
  const most = Math.max(...size, 1e-9);
  const place = (value: number, k: 0 | 1): number => (value - low[k] + (most - size[k]) / 2) / most;
  return Float32Array.from(layout.flatMap((_, i) => [place(xs[i] ?? 0, 0), place(ys[i] ?? 0, 1)]));
}

/** Numbers from 0 to 1 that follow from a seed (Mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
