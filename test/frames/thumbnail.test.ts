import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makeThumbnail } from "../../src/frames/thumbnail.ts";

const red = { r: 200, g: 0, b: 0 };

/** A grey picture with a red square at (x, y). */
async function makePicture(
  options: {
    width?: number;
    height?: number;
    x?: number;
    y?: number;
    size?: number;
    format?: "jpeg" | "png" | "webp";
  } = {},
): Promise<Buffer> {
  const { width = 400, height = 300, x = 200, y = 100, size = 80, format = "jpeg" } = options;
  const square = await sharp({ create: { width: size, height: size, channels: 3, background: red } })
    .png()
    .toBuffer();
  return await sharp({ create: { width, height, channels: 3, background: { r: 128, g: 128, b: 128 } } })
    .composite([{ input: square, left: x, top: y }])
    .withExif({ IFD0: { Copyright: "somebody" } })
    .toFormat(format)
    .toBuffer();
}

describe("a thumbnail", () => {
  it.each(["jpeg", "png", "webp"] as const)(
    "is made of %s, as JPEG of at most 256 px, without metadata",
    async (format) => {
      const jpeg = await makeThumbnail(await makePicture({ format, width: 1000, height: 500 }), null);
      const shape = await sharp(Buffer.from(jpeg)).metadata();
      expect(shape).toMatchObject({ format: "jpeg", width: 256, height: 128 });
      expect(shape.exif).toBeUndefined();
      expect(Buffer.from(jpeg).includes("somebody")).toBe(false);
    },
  );

  it("shows the box with some margin around it", async () => {
    const jpeg = await makeThumbnail(await makePicture(), { x: 200, y: 100, width: 80, height: 80 });
    const { data, info } = await sharp(Buffer.from(jpeg)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([120, 120]);
    const redAt = (x: number, y: number): boolean => (data[(y * info.width + x) * info.channels + 1] as number) < 60;
    expect([redAt(60, 60), redAt(22, 22), redAt(5, 5), redAt(115, 60)]).toEqual([true, true, false, false]);
  });

  it("keeps what of the box lies inside the picture", async () => {
    const jpeg = await makeThumbnail(await makePicture(), { x: -50, y: -50, width: 100, height: 100 });
    expect(await sharp(Buffer.from(jpeg)).metadata()).toMatchObject({ width: 75, height: 75 });
  });

  it("is not made of a box outside its picture", async () => {
    await expect(makeThumbnail(await makePicture(), { x: 900, y: 0, width: 10, height: 10 })).rejects.toThrow(
      "outside",
    );
  });

  it.each([
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ["GIF", Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")],
    ["garbage", Buffer.from("not a picture")],
    ["a picture cut short", Buffer.from("/9j/4AAQSkZJRgABAQEAYABgAAD", "base64")],
  ])("is not made of %s", async (_, bytes) => {
    await expect(makeThumbnail(bytes, null)).rejects.toThrow();
  });

  it("is not made of a bomb", async () => {
    const bomb = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: red } })
      .png()
      .toBuffer();
    await expect(makeThumbnail(bomb, null)).rejects.toThrow(/pixel/i);
  });
});
