import sharp from "sharp";
import type { Box } from "../../domain/face.ts";
import { drawFrame, FRAME, type Moment } from "./frame.ts";

/** Longest side of a face's picture, in pixels. */
const PORTRAIT_PIXELS = 256;

/** A frame and its faces, as JPEG. */
export interface PaintedFrame {
  readonly picture: Buffer;
  readonly faces: readonly { readonly who: string; readonly box: Box; readonly thumbnail: Buffer }[];
}

/**
 * Paints what a camera sees. The only code that reads SVG, and only SVG made here. The daemon's process has that reader
 * blocked (`frames/decoders.ts`), so this must run in another one.
 */
export async function paintFrame(moment: Moment): Promise<PaintedFrame> {
  const { svg, night, faces } = drawFrame(moment);
  const seen = sharp(Buffer.from(svg)).flatten();
  const { data, info } = await (night ? seen.greyscale() : seen).raw().toBuffer({ resolveWithObject: true });
  const painted = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const [picture, ...thumbnails] = await Promise.all([
    painted().jpeg({ quality: 80 }).toBuffer(),
    ...faces.map(({ portrait }) =>
      painted()
        .extract(inside(portrait))
        .resize({ width: PORTRAIT_PIXELS, height: PORTRAIT_PIXELS, fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 84 })
        .toBuffer(),
    ),
  ]);
  return {
    picture: picture as Buffer,
    faces: faces.map(({ who, box }, at) => ({ who, box, thumbnail: thumbnails[at] as Buffer })),
  };
}

function inside({ x, y, width, height }: Box): { left: number; top: number; width: number; height: number } {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return {
    left,
    top,
    width: Math.min(FRAME.width, x + width) - left,
    height: Math.min(FRAME.height, y + height) - top,
  };
}
