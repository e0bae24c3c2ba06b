/** What the ruler says about a distance: its tone (colour) and which sentence. */
export interface Verdict {
  readonly tone: "sure" | "unsure" | "none";
  readonly kind: "clearly" | "probably" | "barely" | "between" | "none";
}

/** Smallest distances below the threshold for "clearly" and "probably". */
const CLEARLY = 0.15;
const PROBABLY = 0.05;
// Distances have four decimals; 0.60 - 0.45 must still be 0.15, and 0.43 - 0.40 not less than 0.03.
const TINY = 1e-9;

/**
 * `distance` to the nearest person against the `threshold`; `second` is the next nearest person's distance, and less than
 * `margin` between the two is too close to call (0: off).
 */
export function toVerdict(distance: number, threshold: number, second: number | null, margin: number): Verdict {
  if (distance >= threshold) return { tone: "none", kind: "none" };
  if (second !== null && margin > 0 && second - distance < margin - TINY) return { tone: "unsure", kind: "between" };
  const room = threshold - distance + TINY;
  if (room >= CLEARLY) return { tone: "sure", kind: "clearly" };
  if (room >= PROBABLY) return { tone: "sure", kind: "probably" };
  return { tone: "unsure", kind: "barely" };
}

/** Positions on the ruler as shares of its width, and how the two pictures avoid each other. */
export interface RulerPositions {
  readonly best: number;
  readonly next: number | null;
  /** Pictures would overlap: they move apart. */
  readonly touch: boolean;
  /** Dots would overlap: the second is drawn as a ring around the first. */
  readonly same: boolean;
  /** The number goes left of the picture. */
  readonly left: boolean;
}

/** Distances beyond 1 are drawn at the right end. */
export function toRulerPositions(distance: number, second: number | null): RulerPositions {
  const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
  const gap = second === null ? Number.POSITIVE_INFINITY : second - distance;
  return {
    best: clamp(distance),
    next: second === null ? null : clamp(second),
    touch: gap < 0.12,
    same: gap < 0.045,
    // On the right it would be written over the second's picture.
    left: distance >= 0.3 || (distance >= 0.16 && gap < 0.3),
  };
}
