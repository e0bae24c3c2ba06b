import type { Box } from "../../domain/face.ts";
import type { Detection } from "./detection.ts";

/** Share of two boxes' union that they have in common, above which they show one face. As in OpenCV's own. */
const MOST_OVERLAP = 0.3;

/** One detection a face, the best, by falling score (non-maximum suppression). */
export function dropOverlaps(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const one of detections.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((better) => overlap(one.box, better.box) <= MOST_OVERLAP)) kept.push(one);
  }
  return kept;
}

/** Intersection over union, of boxes truncated to whole pixels: so does OpenCV, and its results are ours. */
function overlap(one: Box, other: Box): number {
  const a = truncated(one);
  const b = truncated(other);
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (a.width * a.height + b.width * b.height - common);
}

function truncated({ x, y, width, height }: Box): Box {
  return { x: Math.trunc(x), y: Math.trunc(y), width: Math.trunc(width), height: Math.trunc(height) };
}
