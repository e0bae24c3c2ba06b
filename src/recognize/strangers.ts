import type { UnknownVisit } from "../domain/stranger.ts";

/**
 * Of the threshold: under it, two visits are of one unknown person. Stricter than for a suggestion, since a visit is compared
 * with thousands of others, and what is joined stays joined.
 */
const SURE = 3 / 4;

/** Whose visit it is: a stranger's, or of the same person as an earlier visit that is no stranger's yet. */
export type Reunion = { readonly strangerId: string } | { readonly visitId: string };

/** The distance under which means of `n` and of `m` faces of a model count as one person's. */
export type ThresholdOf = (n: number, m: number, model: string) => number;

/** Visits of unknown people that have ended, by stranger; those of whom there is one are alone. */
export interface Strangers {
  /** Adds a visit, or replaces it. `strangerId` null: it is alone. */
  put(visit: UnknownVisit, strangerId: string | null): void;
  /**
   * The nearest stranger or lone visit that is surely of the same person; null: there is none. A stranger that the visit
   * was taken for before stays the answer while that is sure.
   */
  find(visit: UnknownVisit, thresholdOf: ThresholdOf, before?: string | null): Reunion | null;
  /** The visit with this id, where it is alone. */
  lone(visitId: string): UnknownVisit | null;
  visitsOf(strangerId: string): readonly UnknownVisit[];
}

/** Visits of one unknown person. */
interface Group {
  /** null: one visit, alone. */
  readonly strangerId: string | null;
  readonly visits: Map<string, UnknownVisit>;
  readonly faces: number;
  /** Of the encodings of all faces of all visits. */
  readonly mean: Float32Array;
}

/**
 * Finds unknown people again by the means of their visits. A stranger's mean is that of all faces of all their visits.
 *
 * A doubt is no reunion: visits of one person that are too far apart stay two people's. Visits at one camera at the same time
 * are of different people. Encodings of different models are never compared.
 *
 * One pass through all means for each question; most are left after a part of their numbers.
 */
export function createStrangers(): Strangers {
  const groups = new Map<string, Group>();
  const keys = new Map<string, string>();

  function remove(visitId: string): void {
    const key = keys.get(visitId);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group) return;
    keys.delete(visitId);
    group.visits.delete(visitId);
    if (group.visits.size === 0) groups.delete(key);
    else groups.set(key, toGroup(group.strangerId, group.visits));
  }

  return {
    put(visit, strangerId) {
      remove(visit.visitId);
      const key = strangerId ?? loneKey(visit.visitId);
      const visits = groups.get(key)?.visits ?? new Map<string, UnknownVisit>();
      visits.set(visit.visitId, visit);
      groups.set(key, toGroup(strangerId, visits));
      keys.set(visit.visitId, key);
    },
    find(visit, thresholdOf, before = null) {
      /** How near, of what is sure, so that means of different numbers of faces can be compared; 1 and more: not sure. */
      const shareOf = ({ faces, mean }: Group, least: number): number => {
        const sure = thresholdOf(visit.faces, faces, visit.model) * SURE;
        return Math.sqrt(squaredBelow(visit.mean, mean, (least * sure) ** 2)) / sure;
      };
      const known = before === null ? undefined : groups.get(before);
      if (known?.strangerId && mayBe(known, visit) && shareOf(known, 1) < 1) return { strangerId: known.strangerId };
      let nearest: Group | null = null;
      let least = 1;
      for (const group of groups.values()) {
        if (!mayBe(group, visit)) continue;
        const share = shareOf(group, least);
        if (share >= least) continue;
        least = share;
        nearest = group;
      }
      return nearest && toReunion(nearest);
    },
    lone: (visitId) => groups.get(loneKey(visitId))?.visits.get(visitId) ?? null,
    visitsOf: (strangerId) => [...(groups.get(strangerId)?.visits.values() ?? [])],
  };
}

const loneKey = (visitId: string): string => `visit ${visitId}`;

function toReunion({ strangerId, visits }: Group): Reunion | null {
  if (strangerId !== null) return { strangerId };
  const [visitId] = visits.keys();
  return visitId === undefined ? null : { visitId };
}

function toGroup(strangerId: string | null, visits: Map<string, UnknownVisit>): Group {
  const all = [...visits.values()];
  const sums = new Float64Array(all[0]?.mean.length ?? 0);
  let faces = 0;
  for (const visit of all) {
    faces += visit.faces;
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (visit.mean[i] as number) * visit.faces;
  }
  return { strangerId, visits, faces, mean: Float32Array.from(sums, (sum) => sum / faces) };
}

/** Of the same model, another visit, and not at the same camera at the same time. */
function mayBe({ visits }: Group, visit: UnknownVisit): boolean {
  for (const other of visits.values()) {
    if (other.model !== visit.model || other.visitId === visit.visitId || isBeside(other, visit)) return false;
  }
  return true;
}

/** Whether two visits were at the same camera at the same time, so that they are of two people. */
export function isBeside(a: UnknownVisit, b: UnknownVisit): boolean {
  return a.camera === b.camera && a.from <= b.to && b.from <= a.to;
}

/** The squared distance, or Infinity as soon as it cannot be below `most`. */
function squaredBelow(a: Float32Array, b: Float32Array, most: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; ) {
    for (const end = Math.min(i + 16, a.length); i < end; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
    if (sum >= most) return Number.POSITIVE_INFINITY;
  }
  return sum;
}
