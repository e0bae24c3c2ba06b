import { fitTemplate } from "../encode/align.ts";
import { apply, invert, throughPoint, toAngle } from "../encode/similarity.ts";
import { warp } from "../encode/warp.ts";
import type { Raster } from "../picture/raster.ts";
import { type Detection, type Landmarks, mapLandmarks, type Point, toMiddle } from "./detection.ts";
import type { DetectFaces } from "./detector.ts";

/**
 * A head that seems turned by more is looked at again. YuNet sees turned heads as nearly upright: of 30° it reports 14°
 * (median), of none up to 10°.
 */
const TURNED = (10 * Math.PI) / 180;
/** What remains after a pass is worth another from here on. */
const WORTH_ANOTHER = (3 * Math.PI) / 180;
const MOST_PASSES = 2;
/** Side of the square that is looked at again, and of the face in its middle, in pixels. */
const PATCH_SIZE = 224;
const FACE_SIZE = 144;
const MIDDLE: Point = { x: (PATCH_SIZE - 1) / 2, y: (PATCH_SIZE - 1) / 2 };
const LEAST_SCORE = 0.5;

/**
 * The landmarks of a detected face, exact for a turned head as well: its surroundings are turned upright and looked at again.
 * `npm run bench -- pictures` has what that gains.
 */
export async function findUpright(
  raster: Raster,
  { box, landmarks }: Detection,
  detect: DetectFaces,
): Promise<Landmarks> {
  if (Math.abs(toRoll(landmarks)) < TURNED) return landmarks;
  const scale = FACE_SIZE / Math.max(box.width, box.height);
  let best = landmarks;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const roll = toRoll(best);
    const turn = throughPoint(scale * Math.cos(roll), -scale * Math.sin(roll), toMiddle(best), MIDDLE);
    const again = nearestToMiddle(await detect(warp(raster, turn, PATCH_SIZE), LEAST_SCORE));
    if (again === undefined) break;
    const back = invert(turn);
    best = mapLandmarks(again.landmarks, (point) => apply(back, point));
    if (Math.abs(toRoll(again.landmarks)) < WORTH_ANOTHER) break;
  }
  return best;
}

/** By how much a face is turned, clockwise, in radians. */
function toRoll(landmarks: Landmarks): number {
  return -toAngle(fitTemplate(landmarks));
}

function nearestToMiddle(detections: readonly Detection[]): Detection | undefined {
  const distance = ({ landmarks }: Detection): number => {
    const { x, y } = toMiddle(landmarks);
    return Math.hypot(x - MIDDLE.x, y - MIDDLE.y);
  };
  const [nearest] = detections.toSorted((a, b) => distance(a) - distance(b));
  return nearest && distance(nearest) < FACE_SIZE / 2 ? nearest : undefined;
}
