import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";

/** Faces by camera (most faces first) and local day; `counts` has one number per day. */
export interface Calendar {
  readonly days: readonly Date[];
  readonly rows: readonly { readonly camera: string; readonly counts: readonly number[] }[];
}

/** The last `length` local days, today last. */
export function lastDays(now: Date, length: number): Date[] {
  return Array.from(
    { length },
    (_, at) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - (length - 1 - at)),
  );
}

/** Faces older than the first day are left out. */
export function toCalendar(faces: readonly Pick<FaceJson, "camera" | "timestamp">[], days: readonly Date[]): Calendar {
  const at = new Map(days.map((day, index) => [dayKey(day), index]));
  const rows = new Map<string, number[]>();
  for (const face of faces) {
    const index = at.get(dayKey(new Date(face.timestamp)));
    if (index === undefined) continue;
    const counts = rows.get(face.camera) ?? days.map(() => 0);
    counts[index] = (counts[index] ?? 0) + 1;
    rows.set(face.camera, counts);
  }
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return {
    days,
    rows: [...rows]
      .map(([camera, counts]) => ({ camera, counts }))
      .sort((a, b) => sum(b.counts) - sum(a.counts) || a.camera.localeCompare(b.camera)),
  };
}
