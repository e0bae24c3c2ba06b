import { DLIB } from "../domain/model.ts";
import { lengthOf, putBack } from "../domain/vectors/mean.ts";
import type { UnknownVisit } from "../domain/visits/stranger.ts";

/**
 * Of the threshold: under it, two visits are of one unknown person. Stricter than for a suggestion, since a visit is compared
 * with thousands of others, and what is joined stays joined.
 */
const SURE = 3 / 4;

/** Whose visit it is: a stranger's, or of the same person as an earlier visit that is no stranger's yet. */
export type Reunion = { readonly strangerId: string } | { readonly visitId: string };

/** How visits are compared. */
export interface StrangerRules {
  /** To how many photos of different days a visit is worth. */
  worthOf(visit: Pick<UnknownVisit, "faces" | "variance" | "model">): number;
  /** The distance under which means that are worth `n` and `m` photos count as one person's. */
  thresholdOf(n: number, m: number, model: string): number;
}

/** Visits of unknown people that have ended, by stranger; those of whom there is one are alone. */
export interface Strangers {
  /** Adds a visit, or replaces it. `strangerId` null: it is alone. */
  put(visit: UnknownVisit, strangerId: string | null): void;
  remove(visitId: string): void;
  /**
   * The nearest stranger or lone visit that is surely of the same person; null: there is none. A stranger that the visit
   * was taken for before stays the answer while that is sure.
   */
  find(visit: UnknownVisit, before?: string | null): Reunion | null;
  /** The visit with this id, where it is alone. */
  lone(visitId: string): UnknownVisit | null;
  visitsOf(strangerId: string): readonly UnknownVisit[];
  /** The stranger whose visit it is; null: it is alone, or not there. */
  strangerOf(visitId: string): string | null;
}

/** Visits of one unknown person. */
interface Group {
  /** null: one visit, alone. */
  readonly strangerId: string | null;
  readonly visits: Map<string, UnknownVisit>;
  /** null: not computed since a visit came or went. */
  centre: Centre | null;
}

/** What a group is compared by. */
interface Centre {
  /** What stands for the encodings of all faces of all visits. */
  readonly mean: Float32Array;
  /** To how many photos the mean is worth. */
  readonly worth: number;
}

/**
 * Finds unknown people again by the means of their visits. A stranger's mean is that of all faces of all their visits.
 *
 * A doubt is no reunion: visits of one person that are too far apart stay two people's. Visits at one camera at the same time
 * are of different people. Encodings of different models are never compared.
 *
 * One pass through all means for each question; most are left after a part of their numbers.
 */
export function createStrangers({ worthOf, thresholdOf }: StrangerRules): Strangers {
  const groups = new Map<string, Group>();
  const keys = new Map<string, string>();

  /** Computed when it is asked for: of a stranger whose visits are put one after the other, once. */
  function centreOf(group: Group): Centre {
    group.centre ??= toCentre([...group.visits.values()]);
    return group.centre;
  }

  function toCentre(all: readonly UnknownVisit[]): Centre {
    const faces = all.reduce((sum, visit) => sum + visit.faces, 0);
    const mean = new Float64Array(all[0]?.mean.length ?? 0);
    let length = 0;
    let variance = 0;
    for (const visit of all) {
      const share = visit.faces / faces;
      // The variance of a weighted mean of independent visits, in that of one photo.
      variance += share ** 2 / worthOf(visit);
      length += share * lengthOf(visit.mean);
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (visit.mean[i] as number) * share;
    }
    const model = all[0]?.model ?? DLIB;
    return { mean: putBack(Float32Array.from(mean), length, model), worth: 1 / variance };
  }

  function remove(visitId: string): void {
    const key = keys.get(visitId);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group) return;
    keys.delete(visitId);
    group.visits.delete(visitId);
    group.centre = null;
    if (group.visits.size === 0) groups.delete(key);
  }

  return {
    put(visit, strangerId) {
      remove(visit.visitId);
      const key = strangerId ?? loneKey(visit.visitId);
      const group: Group = groups.get(key) ?? { strangerId, visits: new Map(), centre: null };
      group.visits.set(visit.visitId, visit);
      group.centre = null;
      groups.set(key, group);
      keys.set(visit.visitId, key);
    },
    remove,
    find(visit, before = null) {
      const worth = worthOf(visit);
      /** How near, of what is sure, so that means of different worth can be compared; 1 and more: not sure. */
      const shareOf = (group: Group, least: number): number => {
        const centre = centreOf(group);
        const sure = thresholdOf(worth, centre.worth, visit.model) * SURE;
        return Math.sqrt(squaredBelow(visit.mean, centre.mean, (least * sure) ** 2)) / sure;
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
    strangerOf: (visitId) => groups.get(keys.get(visitId) ?? "")?.strangerId ?? null,
    visitsOf: (strangerId) => [...(groups.get(strangerId)?.visits.values() ?? [])],
  };
}

const loneKey = (visitId: string): string => `visit ${visitId}`;

function toReunion({ strangerId, visits }: Group): Reunion | null {
  if (strangerId !== null) return { strangerId };
  const [visitId] = visits.keys();
  return visitId === undefined ? null : { visitId };
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
