import { type Point, toMiddle } from "../detect/detection.ts";

/** Rotation, scale and shift: (x, y) becomes (a·x − b·y + dx, b·x + a·y + dy). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * The similarity that brings the points nearest to the targets, by least squares. The closed form in the plane of Umeyama's
 * solution (https://doi.org/10.1109/34.88573); OpenCV takes the long way by a singular value decomposition
 * (https://github.com/opencv/opencv/blob/4.x/modules/objdetect/src/face_recognize.cpp), which differs for mirrored points only.
 */
export function fitSimilarity(
  points: readonly Point[],
  targets: readonly Point[],
  targetMean = toMiddle(targets),
): Similarity {
  const centre = toMiddle(points);
  let [along, across, spread] = [0, 0, 0];
  for (const [at, { x, y }] of points.entries()) {
    const target = targets[at] as Point;
    const [px, py, tx, ty] = [x - centre.x, y - centre.y, target.x - targetMean.x, target.y - targetMean.y];
    along += px * tx + py * ty;
    across += px * ty - py * tx;
    spread += px * px + py * py;
  }
  return throughPoint(along / spread, across / spread, centre, targetMean);
}

/** The similarity with this rotation and scale that brings `from` to `to`. */
export function throughPoint(a: number, b: number, from: Point, to: Point): Similarity {
  return { a, b, dx: to.x - (a * from.x - b * from.y), dy: to.y - (b * from.x + a * from.y) };
}

export function invert({ a, b, dx, dy }: Similarity): Similarity {
  const size = a * a + b * b;
  return throughPoint(a / size, -b / size, { x: dx, y: dy }, { x: 0, y: 0 });
}

export function apply({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy };
}

/** By how much it turns, in radians; clockwise as seen in a picture. */
export function toAngle({ a, b }: Similarity): number {
  return Math.atan2(b, a);
}
