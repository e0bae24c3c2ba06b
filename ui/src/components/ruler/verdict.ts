/** What the ruler says about a distance: its tone (colour) and which sentence. */
export interface Verdict {
  readonly tone: "sure" | "unsure" | "none";
  readonly kind: "clearly" | "probably" | "barely" | "between" | "nobody";
}

/** From these rooms to spare on. */
const CLEARLY = 0.15;
const PROBABLY = 0.05;
// Distances have four places; 0.60 - 0.45 must still be 0.15, and 0.43 - 0.40 not less than 0.03.
const TINY = 1e-9;

/**
 * `distance` to the nearest person against the `threshold`; `second` is the next nearest person's distance, and less than
 * `margin` between the two is too close to call (0: never said).
 */
export function toVerdict(distance: number, threshold: number, second: number | null, margin: number): Verdict {
  if (distance >= threshold) return { tone: "none", kind: "nobody" };
  if (second !== null && margin > 0 && second - distance < margin - TINY) return { tone: "unsure", kind: "between" };
  const room = threshold - distance + TINY;
  if (room >= CLEARLY) return { tone: "sure", kind: "clearly" };
  if (room >= PROBABLY) return { tone: "sure", kind: "probably" };
  return { tone: "unsure", kind: "barely" };
}

/** Where things stand on the ruler: shares of its width, and how the two pictures keep out of each other's way. */
export interface RulerPlaces {
  readonly best: number;
  readonly next: number | null;
  /** Pictures would touch: they step aside. */
  readonly touch: boolean;
  /** Dots would touch: the second is drawn as a ring around the first. */
  readonly same: boolean;
  /** The number stands left of the picture. */
  readonly left: boolean;
}

/** Distances beyond 1 stand at the right end. */
export function toPlaces(distance: number, second: number | null): RulerPlaces {
  const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
  const gap = second === null ? Number.POSITIVE_INFINITY : second - distance;
  return {
    best: clamp(distance),
    next: second === null ? null : clamp(second),
    touch: gap < 0.12,
    same: gap < 0.045,
    left: distance >= 0.3,
  };
}
