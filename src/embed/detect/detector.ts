import { type Raster, toPlanes } from "../picture/raster.ts";
import type { RunNetwork } from "../runtime/onnx.ts";
import type { Detection } from "./detection.ts";
import { dropOverlaps } from "./drop-overlaps.ts";
import { readDetections } from "./read-detections.ts";

/** The network's coarsest cell: width and height of its input are multiples of it. */
const CELL = 32;

/** Faces of a raster, by falling score, from `minScore` (0 to 1). */
export type DetectFaces = (raster: Raster, minScore: number) => Promise<Detection[]>;

/**
 * YuNet (https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet): [1, 3, height, width] of B, G, R from
 * 0 to 255, zeros right and below up to a multiple of 32.
 */
export function createDetector(run: RunNetwork): DetectFaces {
  return async (raster, minScore) => {
    const columns = Math.ceil(raster.width / CELL) * CELL;
    const rows = Math.ceil(raster.height / CELL) * CELL;
    const outputs = await run(toPlanes(raster, "bgr", columns, rows), [1, 3, rows, columns]);
    return dropOverlaps(readDetections(outputs, columns, minScore));
  };
}
