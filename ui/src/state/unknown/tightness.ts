/** How alike the faces of a group are. */
export type Alike = "very" | "alike" | "loosely";

/** Faces that lie this near to their mean are 0.25 apart: one observation (docs/enrolment.md). */
const ONE_VISIT = 0.25 / Math.SQRT2;
/** One person's spread and, across it, the means of two people as near as a split is proposed for (docs/enrolment.md). */
const TWO_PEOPLE = Math.sqrt(0.32 ** 2 + 0.1 / 4);

/** A group's `tightness` in words; null for a single face. */
export function toAlike(tightness: number | null): Alike | null {
  if (tightness === null) return null;
  if (tightness <= ONE_VISIT) return "very";
  return tightness <= TWO_PEOPLE ? "alike" : "loosely";
}
