import { squaredDistance } from "../../domain/vectors/encoding.ts";

/** Two sets of points that were joined; `members` are indexes of all points in them. */
export interface Join {
  /** Mean distance between the points of the one and of the other. */
  readonly height: number;
  readonly members: readonly number[];
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
      const distance = Math.sqrt(squaredDistance(points[i] as Float32Array, points[j] as Float32Array));
      distances[i * count + j] = distance;
      distances[j * count + i] = distance;
    }
  }
  const at = (i: number, j: number): number => distances[i * count + j] as number;
  const sets = new Map(points.map((_, i) => [i, [i] as readonly number[]]));
  const nearest = new Int32Array(count);
  const findNearest = (i: number): void => {
    let best = -1;
    for (const j of sets.keys()) if (j > i && (best < 0 || at(i, j) < at(i, best))) best = j;
    nearest[i] = best;
  };
  for (let i = 0; i < count; i++) findNearest(i);

  const joins: Join[] = [];
  while (sets.size > 1) {
    let low = -1;
    for (const i of sets.keys()) {
      if ((nearest[i] as number) < 0) continue;
      if (low < 0 || at(i, nearest[i] as number) < at(low, nearest[low] as number)) low = i;
    }
    const high = nearest[low] as number;
    const [a, b] = [sets.get(low) ?? [], sets.get(high) ?? []];
    const members = [...a, ...b];
    joins.push({ height: at(low, high), members });
    sets.delete(high);
    sets.set(low, members);
    for (const k of sets.keys()) {
      if (k === low) continue;
      const mean = (at(low, k) * a.length + at(high, k) * b.length) / members.length;
      distances[low * count + k] = mean;
      distances[k * count + low] = mean;
    }
    findNearest(low);
    for (const k of sets.keys()) {
      if (nearest[k] === high || nearest[k] === low) findNearest(k);
      else if (k < low && at(k, low) < at(k, nearest[k] as number)) nearest[k] = low;
    }
  }
  return joins;
}
