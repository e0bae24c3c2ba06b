import type { Gallery } from "./gallery.ts";
import { suggest } from "./suggest.ts";

/** A visit that is said to be a person's. */
export interface SeenVisit {
  readonly personId: string;
  readonly mean: Float32Array;
  readonly faces: number;
  /** Encodings of its faces, or of some of them. */
  readonly encodings: readonly Float32Array[];
}

/**
 * Whether a visit is a look of the person that differs from those they have: one that what is enrolled would not be sure
 * of. What it is sure of already would only be enrolled once more.
 */
export function addsLook(
  { personId, mean, faces, encodings }: SeenVisit,
  gallery: Gallery,
  threshold: number,
): boolean {
  const suggestion = suggest({ mean, size: faces, notPeople: [] }, encodings, gallery, threshold);
  return suggestion?.personId !== personId || suggestion.level !== "sure";
}
