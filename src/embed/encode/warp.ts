import type { Raster } from "../picture/raster.ts";
import { invert, type Similarity } from "./similarity.ts";

/** OpenCV's bilinear warp knows 32 positions between two pixels (INTER_BITS), and what our encodings are held to is its. */
const STEPS = 32;

/**
 * A square of `size` pixels of the raster as the similarity shows it: bilinear between pixels, black outside.
 * As OpenCV 4's warpAffine: https://github.com/opencv/opencv/blob/4.x/modules/imgproc/src/imgwarp.cpp
 */
export function warp(raster: Raster, similarity: Similarity, size: number): Raster {
  const { a, b, dx, dy } = invert(similarity);
  const data = new Uint8Array(size * size * 3);
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      const fromX = Math.round((a * x - b * y + dx) * STEPS) / STEPS;
      const fromY = Math.round((b * x + a * y + dy) * STEPS) / STEPS;
      blend(raster, fromX, fromY, data, to);
    }
  }
  return { data, width: size, height: size };
}

/** Writes the colour between the four pixels around (x, y). */
function blend({ data, width, height }: Raster, x: number, y: number, into: Uint8Array, to: number): void {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < -1 || column >= width || row < -1 || row >= height) return;
  const [right, below] = [x - column, y - row];
  const isLeft = column >= 0;
  const isRight = column < width - 1;
  const isAbove = row >= 0;
  const isBelow = row < height - 1;
  const at = (row * width + column) * 3;
  for (let colour = 0; colour < 3; colour++) {
    let value = 0;
    if (isAbove && isLeft) value += (1 - right) * (1 - below) * (data[at + colour] as number);
    if (isAbove && isRight) value += right * (1 - below) * (data[at + 3 + colour] as number);
    if (isBelow && isLeft) value += (1 - right) * below * (data[at + 3 * width + colour] as number);
    if (isBelow && isRight) value += right * below * (data[at + 3 * width + 3 + colour] as number);
    into[to + colour] = Math.round(value);
  }
}
