import type { Landmarks, Point } from "../detect/detection.ts";
import type { Raster } from "../picture/raster.ts";
import { fitSimilarity, type Similarity } from "./similarity.ts";
import { warp } from "./warp.ts";

/** Side of the picture that the encoder takes, in pixels. */
export const ALIGNED_SIZE = 112;

/** Where the landmarks of all faces that SFace was trained with are: OpenCV's FaceRecognizerSF, in the order of `Landmarks`. */
const TEMPLATE: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];
/** Their mean as OpenCV has it, rounded. */
const TEMPLATE_MEAN: Point = { x: 56.0262, y: 71.9008 };

/** The face upright, with eyes, nose and mouth where the encoder expects them. */
export function alignFace(raster: Raster, landmarks: Landmarks): Raster {
  return warp(raster, fitTemplate(landmarks), ALIGNED_SIZE);
}

/** What brings these landmarks there. */
export function fitTemplate(landmarks: Landmarks): Similarity {
  return fitSimilarity(landmarks, TEMPLATE, TEMPLATE_MEAN);
}
