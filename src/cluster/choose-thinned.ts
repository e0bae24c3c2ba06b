import { squaredDistance } from "../domain/vectors/encoding.ts";

/** A face of a visit that may be thinned. */
export interface ThinnableFace {
  readonly id: number;
  readonly capturedMs: number;
  readonly source: string | null;
  readonly encoding: Float32Array;
  /** As whom it was recognized; only faces with the same answer are alike. */
  readonly matched: number | null;
  /** It stays whatever it looks like. */
  readonly pinned: boolean;
  readonly hasThumbnail: boolean;
  readonly quality: number | null;
  readonly detectionScore: number | null;
  /** Pixels of its box. */
  readonly size: number;
}

/** Faces that go, and the one that stands for them. */
export interface Thinning {
  readonly keep: number;
  readonly gone: readonly number[];
}

const MINUTE_MS = 60_000;
/** Of faces that are alike so many stay. */
const KEPT = 3;
/** Faces that are compared with one another at most: the work grows with the square. */
const MOST = 300;

/**
 * Which faces of one visit, camera and model stand for which others. Alike are faces within a minute that are each nearer
 * than `distance` to each other, of different frames. Of more than three the best of each third of their time stays.
 * One step for each 300 faces at most.
 */
export function* chooseThinned(faces: readonly ThinnableFace[], distance: number): Generator<Thinning[]> {
  const inTime = faces.toSorted((a, b) => a.capturedMs - b.capturedMs || a.id - b.id);
  for (const window of windowsOf(inTime)) yield groupsOf(window, distance ** 2).flatMap(thin);
}

function windowsOf(faces: readonly ThinnableFace[]): ThinnableFace[][] {
  const windows: ThinnableFace[][] = [];
  for (const face of faces) {
    const last = windows.at(-1);
    const from = last?.[0]?.capturedMs ?? Number.NEGATIVE_INFINITY;
    if (last && last.length < MOST && face.capturedMs - from <= MINUTE_MS) last.push(face);
    else windows.push([face]);
  }
  return windows;
}

function groupsOf(faces: readonly ThinnableFace[], squared: number): ThinnableFace[][] {
  const groups: ThinnableFace[][] = [];
  for (const face of faces) {
    const group = groups.find((one) => one.every((other) => isAlike(face, other, squared)));
    if (group) group.push(face);
    else groups.push([face]);
  }
  return groups;
}

/** Two faces of one frame are two people. Where frames have no name, their time is it. */
function isAlike(a: ThinnableFace, b: ThinnableFace, squared: number): boolean {
  const sameFrame = a.capturedMs === b.capturedMs || (a.source !== null && a.source === b.source);
  return !sameFrame && a.matched === b.matched && squaredDistance(a.encoding, b.encoding) < squared;
}

function thin(group: readonly ThinnableFace[]): Thinning[] {
  if (group.length <= KEPT) return [];
  return Array.from({ length: KEPT }, (_, part): Thinning[] => {
    const from = Math.ceil((part * group.length) / KEPT);
    const [best, ...others] = group.slice(from, Math.ceil(((part + 1) * group.length) / KEPT)).sort(byWorth);
    const gone = others.filter((face) => !face.pinned).map((face) => face.id);
    return best && gone.length > 0 ? [{ keep: best.id, gone }] : [];
  }).flat();
}

function byWorth(a: ThinnableFace, b: ThinnableFace): number {
  return (
    Number(b.pinned) - Number(a.pinned) ||
    Number(b.hasThumbnail) - Number(a.hasThumbnail) ||
    (b.quality ?? 0) - (a.quality ?? 0) ||
    (b.detectionScore ?? 0) - (a.detectionScore ?? 0) ||
    b.size - a.size ||
    a.id - b.id
  );
}
