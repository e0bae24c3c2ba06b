import type { Box } from "../../domain/face.ts";

/** In pixels; the centre of the top left pixel is (0, 0). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The eye at the left of the picture, the other eye, the tip of the nose, the mouth's corner at the left, the other. */
export type Landmarks = readonly [Point, Point, Point, Point, Point];

/** A face as the detector sees it, in pixels of the raster that it was given. */
export interface Detection {
  /** 0 to 1. */
  readonly score: number;
  /** May stick out of the raster. */
  readonly box: Box;
  readonly landmarks: Landmarks;
}

/** The same detection in a picture that is `factor` times as large. */
export function enlarge({ score, box, landmarks }: Detection, factor: number): Detection {
  const point = ({ x, y }: Point): Point => ({ x: (x + 0.5) * factor - 0.5, y: (y + 0.5) * factor - 0.5 });
  return {
    score,
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
    landmarks: mapLandmarks(landmarks, point),
  };
}

export function mapLandmarks([a, b, c, d, e]: Landmarks, to: (point: Point) => Point): Landmarks {
  return [to(a), to(b), to(c), to(d), to(e)];
}

/** Their mean. */
export function toMiddle(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
