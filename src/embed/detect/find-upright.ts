import { apply, invert, throughPoint } from "../encode/similarity.ts";
import { warp } from "../encode/warp.ts";
import type { Raster } from "../picture/raster.ts";
import type { Detection, Landmarks, Point } from "./detection.ts";
import type { DetectFaces } from "./detector.ts";

/** A head turned by more, in radians, is looked at again: landmarks become inexact, and encodings with them. */
const TURNED = (15 * Math.PI) / 180;
const MOST_PASSES = 2;
/** Side of the square that is looked at again, and of the face in its middle, in pixels. */
const PATCH_SIZE = 256;
const FACE_SIZE = 112;
const MIDDLE: Point = { x: (PATCH_SIZE - 1) / 2, y: (PATCH_SIZE - 1) / 2 };
const LEAST_SCORE = 0.5;

/**
 * The landmarks of a detected face, exact for a turned head as well: its surroundings are turned upright and looked at again,
 * until the eyes are level.
 */
export async function findUpright(
  raster: Raster,
  { box, landmarks }: Detection,
  detect: DetectFaces,
): Promise<Landmarks> {
  const scale = FACE_SIZE / Math.max(box.width, box.height);
  let best = landmarks;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const roll = toRoll(best);
    if (Math.abs(roll) <= (pass === 0 ? TURNED : TURNED / 3)) break;
    const turn = throughPoint(scale * Math.cos(roll), -scale * Math.sin(roll), toMiddle(best), MIDDLE);
    const again = nearestToMiddle(await detect(warp(raster, turn, PATCH_SIZE), LEAST_SCORE));
    if (again === undefined) break;
    const back = invert(turn);
    const [leftEye, rightEye, nose, leftCorner, rightCorner] = again.landmarks;
    best = [
      apply(back, leftEye),
      apply(back, rightEye),
      apply(back, nose),
      apply(back, leftCorner),
      apply(back, rightCorner),
    ];
  }
  return best;
}

/** By how much the line of the eyes is turned, clockwise, in radians. */
function toRoll([left, right]: Landmarks): number {
  return Math.atan2(right.y - left.y, right.x - left.x);
}

function toMiddle(landmarks: Landmarks): Point {
  return {
    x: landmarks.reduce((sum, { x }) => sum + x, 0) / landmarks.length,
    y: landmarks.reduce((sum, { y }) => sum + y, 0) / landmarks.length,
  };
}

function nearestToMiddle(detections: readonly Detection[]): Detection | undefined {
  const distance = ({ landmarks }: Detection): number => {
    const { x, y } = toMiddle(landmarks);
    return Math.hypot(x - MIDDLE.x, y - MIDDLE.y);
  };
  const [nearest] = detections.toSorted((a, b) => distance(a) - distance(b));
  return nearest && distance(nearest) < FACE_SIZE / 2 ? nearest : undefined;
}
