import type { PersonFaceJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";
import type { DayCount } from "./month.ts";

/** Photos of one day, or, least alike first, all of them: how many there are, and those that are loaded. */
export interface PhotoDay {
  /** `YYYY-MM-DD`, local; {@link ALL} where the order is not by day. */
  readonly key: string;
  readonly photos: number;
  /** In the order they are shown, from the first. */
  readonly faces: readonly PersonFaceJson[];
  /** Where the rest begins: null, all are loaded; undefined, none is yet. */
  readonly next: string | null | undefined;
}

/** The only part of a list that is not in the order of days. */
export const ALL = "all";

const dayOf = (face: PersonFaceJson): string => dayKey(new Date(face.timestamp));
const newestFirst = (a: PersonFaceJson, b: PersonFaceJson): number =>
  b.timestamp.localeCompare(a.timestamp) || b.face_id - a.face_id;
const leastAlikeFirst = (a: PersonFaceJson, b: PersonFaceJson): number =>
  (b.distance ?? -1) - (a.distance ?? -1) || newestFirst(a, b);

/** Days with photos, newest first, none of them loaded. */
export function toPhotoDays(counts: readonly DayCount[]): PhotoDay[] {
  return counts
    .filter((one) => one.photos > 0)
    .map(({ day, photos }) => ({ key: day, photos, faces: [], next: undefined }))
    .sort((a, b) => b.key.localeCompare(a.key));
}

/**
 * Puts in a page of faces that begins where `from` ends so far: newest first, without a gap.
 * @param next of the page's answer
 */
export function withPage(
  days: readonly PhotoDay[],
  from: string,
  faces: readonly PersonFaceJson[],
  next: string | null,
): PhotoDay[] {
  if (from === ALL) {
    return days.map((day) => {
      const all = joined(day.faces, faces);
      return { ...day, faces: all, next, photos: next === null ? all.length : Math.max(day.photos, all.length) };
    });
  }
  const byDay = grouped(faces, dayOf);
  const last = faces.at(-1);
  const end = next === null ? "" : last ? dayOf(last) : from;
  const known = new Map(days.map((day) => [day.key, day]));
  const keys = [...new Set([...known.keys(), ...byDay.keys()])].sort((a, b) => b.localeCompare(a));
  return keys.flatMap((key) => {
    const day = known.get(key) ?? { key, photos: 0, faces: [], next: undefined };
    if (key > from || key < end) return [day];
    const all = joined(day.faces, byDay.get(key) ?? []);
    if (key === end) return [{ ...day, faces: all, next, photos: Math.max(day.photos, all.length) }];
    return all.length === 0 ? [] : [{ key, photos: all.length, faces: all, next: null }];
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function joined(some: readonly PersonFaceJson[], more: readonly PersonFaceJson[]): PersonFaceJson[] {
  const known = new Set(some.map((face) => face.face_id));
  return [...some, ...more.filter((face) => !known.has(face.face_id))];
}

/** Without these faces; a day that has none left is gone. */
export function withoutFaces(days: readonly PhotoDay[], ids: ReadonlySet<number>): PhotoDay[] {
  return days.flatMap((day) => {
    const faces = day.faces.filter((face) => !ids.has(face.face_id));
    if (faces.length === day.faces.length) return [day];
    const photos = day.photos - (day.faces.length - faces.length);
    return photos > 0 ? [{ ...day, faces, photos }] : [];
  });
}

/** With faces that were taken out and come back, each where it was. */
export function withFaces(days: readonly PhotoDay[], faces: readonly PersonFaceJson[]): PhotoDay[] {
  const isByDay = days[0]?.key !== ALL;
  const back = grouped(faces, (face) => (isByDay ? dayOf(face) : ALL));
  const known = new Map(days.map((day) => [day.key, day]));
  const keys = [...new Set([...known.keys(), ...back.keys()])].sort((a, b) => b.localeCompare(a));
  return keys.map((key) => {
    const day = known.get(key) ?? { key, photos: 0, faces: [], next: null };
    const all = joined(day.faces, back.get(key) ?? []);
    if (all.length === day.faces.length) return day;
    const sorted = all.sort(isByDay ? newestFirst : leastAlikeFirst);
    return { ...day, faces: sorted, photos: day.photos + all.length - day.faces.length };
  });
}

/**
 * The days as they were counted anew. What was loaded stays where the count is still right; `stale` are the days to be
 * loaded again.
 */
export function recounted(
  days: readonly PhotoDay[],
  counts: readonly (DayCount & { readonly recognized: number })[],
): { readonly days: readonly PhotoDay[]; readonly stale: readonly string[] } {
  const known = new Map(days.map((day) => [day.key, day]));
  const recognized = new Map(counts.map((one) => [one.day, one.recognized]));
  const stale: string[] = [];
  const next = toPhotoDays(counts).map((day) => {
    const before = known.get(day.key);
    if (!before || before.next === undefined) return day;
    const isRight =
      before.photos === day.photos &&
      (before.next !== null || before.faces.filter(isRecognized).length === recognized.get(day.key));
    if (!isRight) stale.push(day.key);
    return isRight ? before : { ...before, photos: day.photos };
  });
  return { days: next, stale };
}

/** The photo after these, in the order they are shown, else the one before; undefined: no other is left. */
export function neighbourOf<T extends { readonly face_id: number }>(
  faces: readonly T[],
  ids: ReadonlySet<number>,
): T | undefined {
  const last = faces.findLastIndex((face) => ids.has(face.face_id));
  const isLeft = (face: T) => !ids.has(face.face_id);
  return faces.slice(last + 1).find(isLeft) ?? faces.slice(0, Math.max(0, last)).findLast(isLeft);
}

/** Whether a person's photo was recognized by itself, and no user said who it is. */
export const isRecognized = (face: { readonly state: string }): boolean => face.state === "unassigned";

/** A line of the list: a day's title, or some of its photos; null is a photo that is not loaded yet. */
export type PhotosLine =
  | { readonly kind: "day"; readonly key: string; readonly day: string; readonly photos: number }
  | {
      readonly kind: "photos";
      readonly key: string;
      readonly day: string;
      readonly cells: readonly (PersonFaceJson | null)[];
    };

/** @param length Photos in a line: whole rows of them. */
export function toPhotosLines(days: readonly PhotoDay[], length: number): PhotosLine[] {
  return days.flatMap(({ key, photos, faces }) => {
    const lines: PhotosLine[] = key === ALL ? [] : [{ kind: "day", key, day: key, photos }];
    for (let at = 0; at < photos; at += length) {
      const cells = Array.from({ length: Math.min(length, photos - at) }, (_, cell) => faces[at + cell] ?? null);
      lines.push({ kind: "photos", key: `${key} ${at}`, day: key, cells });
    }
    return lines;
  });
}
