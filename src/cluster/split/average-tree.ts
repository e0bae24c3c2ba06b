import { distance } from "../../domain/vectors/encoding.ts";

/** Two sets of points that were joined; `members` are indexes of all points in them. */
export interface Join {
  /** Mean distance between the points of the one and of the other. */
  readonly height: number;
  readonly members: readonly number[];
  /** The first members of the two sets, which were theirs in all their joins. */
  readonly of: readonly [number, number];
}

/**
 * The average-linkage tree (UPGMA, Sokal & Michener 1958) of few points: its joins, lowest first. On a tie the lower
 * indexes are joined first. O(n³) steps in the worst case, near n² in practice, and n² numbers of memory.
 */
export function averageTree(points: readonly Float32Array[]): Join[] {
  const count = points.length;
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const away = distance(points[i] as Float32Array, points[j] as Float32Array);
      distances[i * count + j] = away;
      distances[j * count + i] = away;
    }
  }
  const at = (i: number, j: number): number => distances[i * count + j] as number;
  const sets: (readonly number[])[] = points.map((_, i) => [i]);
  let alive = points.map((_, i) => i);
  const nearest = new Int32Array(count);
  const findNearest = (i: number): void => {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const j of alive) {
      if (j <= i || at(i, j) >= least) continue;
      best = j;
      least = at(i, j);
    }
    nearest[i] = best;
  };
  for (const i of alive) findNearest(i);

  const joins: Join[] = [];
  while (alive.length > 1) {
    let low = -1;
    let height = Number.POSITIVE_INFINITY;
    for (const i of alive) {
      const j = nearest[i] as number;
      if (j < 0 || at(i, j) >= height) continue;
      low = i;
      height = at(i, j);
    }
    const high = nearest[low] as number;
    const [a, b] = [sets[low] ?? [], sets[high] ?? []];
    const members = [...a, ...b];
    joins.push({ height, members, of: [low, high] });
    alive = alive.filter((i) => i !== high);
    sets[low] = members;
    for (const k of alive) {
      if (k === low) continue;
      const mean = (at(low, k) * a.length + at(high, k) * b.length) / members.length;
      distances[low * count + k] = mean;
      distances[k * count + low] = mean;
    }
    findNearest(low);
    for (const k of alive) {
      if (nearest[k] === high || nearest[k] === low) findNearest(k);
      else if (k < low && at(k, low) < at(k, nearest[k] as number)) nearest[k] = low;
    }
  }
  return joins;
}
