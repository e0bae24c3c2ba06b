import type { ClusterAnswer } from "../../../../src/wire/out/schemas.ts";

/** A face of a group. */
export type GroupFace = ClusterAnswer["faces"][number];

/**
 * The faces as they are loaded now, in the order they are shown in: nothing moves under a finger. Those that are no longer
 * in the group stay; new ones come last.
 */
export function keepPlaces(shown: readonly GroupFace[], loaded: readonly GroupFace[]): readonly GroupFace[] {
  const newer = new Map(loaded.map((face) => [face.face_id, face]));
  const there = new Set(shown.map((face) => face.face_id));
  return [
    ...shown.map((face) => newer.get(face.face_id) ?? face),
    ...loaded.filter(({ face_id }) => !there.has(face_id)),
  ];
}

/** A line of the photos by visit: where and when it began, or some of its photos. */
export type VisitLine =
  | {
      readonly kind: "visit";
      readonly key: string;
      readonly camera: string;
      readonly at: Date;
      readonly photos: number;
    }
  | { readonly kind: "photos"; readonly key: string; readonly faces: readonly GroupFace[] };

/** Divisible by most column counts, so that lines end full. */
const LONGEST_LINE = 60;

/** Visits, the newest first, and in each its newest photos first. A face of no visit counts as one. */
export function toVisitLines(faces: readonly GroupFace[]): VisitLine[] {
  const visits = new Map<string, GroupFace[]>();
  const newest = faces.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp) || b.face_id - a.face_id);
  for (const face of newest) {
    const visit = face.visit_id ?? `face ${face.face_id}`;
    visits.set(visit, [...(visits.get(visit) ?? []), face]);
  }
  return [...visits].flatMap(([visit, photos]): VisitLine[] => {
    const first = photos.at(-1);
    if (!first) return [];
    const lines: VisitLine[] = [
      { kind: "visit", key: visit, camera: first.camera, at: new Date(first.timestamp), photos: photos.length },
    ];
    for (let from = 0; from < photos.length; from += LONGEST_LINE) {
      lines.push({ kind: "photos", key: `${visit} ${from}`, faces: photos.slice(from, from + LONGEST_LINE) });
    }
    return lines;
  });
}

/** The faces from one to another, in the order shown, both included. */
export function toRange(faces: readonly GroupFace[], from: number, to: number): readonly number[] {
  const ids = faces.map((face) => face.face_id);
  const ends = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : ids.slice(first, last + 1);
}
