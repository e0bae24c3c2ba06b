import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";

/** A line of the list: a day or a visit; `top` and `bottom` mark the ends of a day's block. */
export type ActivityLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date }
  | {
      readonly kind: "visit";
      readonly key: string;
      readonly visit: VisitJson;
      readonly top: boolean;
      readonly bottom: boolean;
    };

/** Newest first: by the last face. */
export const newestFirst = (a: VisitJson, b: VisitJson): number =>
  Date.parse(b.to) - Date.parse(a.to) || (a.visit_id < b.visit_id ? 1 : -1);

/** Adds a heading before every day except today. */
export function toActivityLines(visits: readonly VisitJson[], now: Date): ActivityLine[] {
  const lines: ActivityLine[] = [];
  const today = dayKey(now);
  const dayOf = (visit: VisitJson | undefined): string | null => (visit ? dayKey(new Date(visit.to)) : null);
  visits.forEach((visit, at) => {
    const day = dayKey(new Date(visit.to));
    const top = dayOf(visits[at - 1]) !== day;
    if (top && day !== today) lines.push({ kind: "day", key: day, day: new Date(visit.to) });
    lines.push({ kind: "visit", key: visit.visit_id, visit, top, bottom: dayOf(visits[at + 1]) !== day });
  });
  return lines;
}
