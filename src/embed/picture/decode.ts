import { toPictureType } from "../../domain/pictures/picture.ts";
import { PictureError } from "../../domain/pictures/snapshot.ts";
import { MAX_PIXELS, openImage } from "../../frames/decoders.ts";
import type { Raster } from "./raster.ts";

/** A face needs more. */
const LEAST_SIDE = 16;
/** What is more elongated has nothing left of its shorter side when it is made smaller to be looked at. */
const MOST_ELONGATED = 20;
const TIMEOUT_SECONDS = 10;

/** A picture that can be decoded at any size. */
export interface OpenedPicture {
  /** Of the upright picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * Upright, on black where it is transparent, in sRGB, at most `longSide` pixels long; never enlarged.
   * @throws {PictureError} when it is damaged.
   */
  read(longSide: number): Promise<Raster>;
}

/**
 * Reads a picture's head.
 * @param bytes of a JPEG, PNG or WebP. Of an animation, the first picture is taken.
 * @throws {PictureError} when it is none, or of a size that is not taken.
 */
export async function openPicture(bytes: Uint8Array): Promise<OpenedPicture> {
  if (bytes.length === 0) throw new PictureError("the picture is empty: it has 0 bytes");
  if (toPictureType(bytes) === null) throw new PictureError("it is no JPEG, PNG or WebP");
  const { width, height } = await reading(async () => (await openImage(bytes).metadata()).autoOrient);
  checkSize(width, height);
  return {
    width,
    height,
    read: (longSide) => reading(() => decode(bytes, longSide)),
  };
}

async function decode(bytes: Uint8Array, longSide: number): Promise<Raster> {
  const { data, info } = await openImage(bytes)
    .autoOrient()
    .resize({ width: longSide, height: longSide, fit: "inside", withoutEnlargement: true, kernel: "linear" })
    .flatten({ background: "#000" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`it has ${info.channels} channels instead of 3`);
  return { data, width: info.width, height: info.height };
}

function checkSize(width: number, height: number): void {
  const size = `${width} × ${height} px`;
  if (width * height > MAX_PIXELS) {
    throw new PictureError(`the picture of ${size} is too large: at most ${MAX_PIXELS / 1e6} megapixels are taken`);
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < LEAST_SIDE) throw new PictureError(`the picture of ${size} is too small: no face fits in it`);
  if (long / short > MOST_ELONGATED) {
    throw new PictureError(`the picture of ${size} is too narrow: more than ${MOST_ELONGATED} times as long as wide`);
  }
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new PictureError(`the picture cannot be decoded: ${reason}`, { cause: error });
  }
}
