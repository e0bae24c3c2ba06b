import sharp, { type Sharp } from "sharp";

// Pictures come from outside: only these three decoders, only from memory, never a file name. It holds for the process.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
});
sharp.concurrency(1);
sharp.cache(false);

/** What is larger is not decoded: 25 megapixels take 75 MB, and a progressive JPEG twice that. */
export const MAX_PIXELS = 25_000_000;

/**
 * A picture from outside, not yet decoded; the first page of an animated one.
 * @param image JPEG, PNG or WebP bytes. What is read of it rejects for everything else, for damaged and for huge pictures.
 */
export function openImage(image: Uint8Array): Sharp {
  return sharp(Buffer.from(image.buffer, image.byteOffset, image.byteLength), {
    limitInputPixels: MAX_PIXELS,
    failOn: "error",
    pages: 1,
  });
}
