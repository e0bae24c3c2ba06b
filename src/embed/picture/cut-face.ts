import sharp from "sharp";
import type { Box } from "../../domain/face.ts";
import { cutThumbnail } from "../../frames/thumbnail.ts";
import type { Raster } from "./raster.ts";

/** A face's thumbnail: JPEG, at most 256 px, with some margin. The box is in pixels of the raster. */
export async function cutFace({ data, width, height }: Raster, box: Box): Promise<Uint8Array> {
  return await cutThumbnail(sharp(data, { raw: { width, height, channels: 3 } }), { width, height }, box);
}
