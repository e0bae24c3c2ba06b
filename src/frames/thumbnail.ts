import type { Sharp } from "sharp";
import type { Box } from "../domain/face.ts";
import { openImage } from "./decoders.ts";

/** Longest side of a thumbnail, in pixels. */
const SIZE = 256;
/** Margin around the box on each side, as a share of its size. */
const MARGIN = 0.25;
const TIMEOUT_SECONDS = 5;

/**
 * A JPEG of at most 256 px without metadata: the whole picture or, with `box`, the face with some margin.
 * @param image JPEG, PNG or WebP bytes.
 * @throws {Error} saying what is wrong with the picture or the box.
 */
export async function makeThumbnail(image: Uint8Array, box: Box | null): Promise<Uint8Array> {
  const picture = openImage(image);
  const shape = await picture.metadata();
  // The box was measured on the picture as it is shown, so a camera's rotation flag is applied first.
  return await cutThumbnail(picture.autoOrient(), shape.autoOrient, box);
}

/**
 * The same of an upright picture of known size that is being read.
 * @throws {Error} saying what is wrong with the picture or the box.
 */
export async function cutThumbnail(
  upright: Sharp,
  { width, height }: { readonly width: number; readonly height: number },
  box: Box | null,
): Promise<Uint8Array> {
  const cut = box ? upright.extract(withMargin(box, width, height)) : upright;
  return await cut
    .resize({ width: SIZE, height: SIZE, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#808080" })
    .jpeg({ quality: 82, mozjpeg: false })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .toBuffer();
}

/** The box with its margin, clipped to the picture; throws if nothing is left. */
function withMargin(
  box: Box,
  width: number,
  height: number,
): { left: number; top: number; width: number; height: number } {
  const left = Math.max(0, Math.floor(box.x - box.width * MARGIN));
  const top = Math.max(0, Math.floor(box.y - box.height * MARGIN));
  const right = Math.min(width, Math.ceil(box.x + box.width * (1 + MARGIN)));
  const bottom = Math.min(height, Math.ceil(box.y + box.height * (1 + MARGIN)));
  if (right - left < 1 || bottom - top < 1) {
    throw new RangeError(`the box lies outside its picture of ${width} × ${height} px`);
  }
  return { left, top, width: right - left, height: bottom - top };
}
