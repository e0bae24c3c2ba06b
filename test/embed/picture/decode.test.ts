import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { PictureError } from "../../../src/domain/pictures/snapshot.ts";
import { openPicture } from "../../../src/embed/picture/decode.ts";
import { HOSTILE_PICTURES, halves } from "../hostile-pictures.ts";

async function colours(
  bytes: Uint8Array,
  longSide = 640,
): Promise<{ size: number[]; left: number[]; right: number[] }> {
  const { data, width, height } = await (await openPicture(bytes)).read(longSide);
  expect(data.length).toBe(width * height * 3);
  const at = (x: number): number[] => {
    const from = (Math.floor(height / 2) * width + x) * 3;
    return [...data.subarray(from, from + 3)];
  };
  return { size: [width, height], left: at(Math.floor(width / 4)), right: at(Math.floor((3 * width) / 4)) };
}

const near = (red: number, green: number, blue: number, by = 12): unknown[] =>
  [red, green, blue].map((value) => expect.closeTo(value, -Math.log10(2 * by)));

describe("a picture", () => {
  it.each(["jpeg", "png", "webp"] as const)("is read as %s, in red, green and blue", async (format) => {
    expect(await colours(await halves().toFormat(format).toBuffer())).toEqual({
      size: [400, 300],
      left: near(200, 0, 0),
      right: near(0, 0, 200),
    });
  });

  it("is read as large as asked for, and never larger than it is", async () => {
    const opened = await openPicture(await halves(1600, 900).jpeg().toBuffer());
    expect(opened).toMatchObject({ width: 1600, height: 900 });
    expect(await opened.read(640)).toMatchObject({ width: 640, height: 360 });
    expect(await opened.read(5000)).toMatchObject({ width: 1600, height: 900 });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is upright whatever its EXIF orientation: %i", async (orientation) => {
    const stored = await halves()
      .png()
      .toBuffer()
      .then((png) => store(png, orientation));
    expect(await openPicture(stored)).toMatchObject({ width: 400, height: 300 });
    expect(await colours(stored)).toEqual({ size: [400, 300], left: near(200, 0, 0), right: near(0, 0, 200) });
  });

  it.each([
    ["CMYK", () => halves().toColourspace("cmyk").jpeg().toBuffer(), 80],
    ["16 bits a colour", () => halves().toColourspace("rgb16").png().toBuffer(), 12],
    ["a colour profile", () => halves().withIccProfile("p3").jpeg().toBuffer(), 12],
    ["a palette", () => halves().png({ palette: true }).toBuffer(), 12],
    ["interlaced rows", () => halves().png({ progressive: true }).toBuffer(), 12],
  ])("may have %s", async (_, make, by) => {
    const { left, right } = await colours(await make());
    expect(left).toEqual(near(200, 0, 0, by));
    expect(right).toEqual(near(0, 0, 200, by));
  });

  it("may be grey, of 8 or 16 bits", async () => {
    const grey = sharp({ create: { width: 64, height: 64, channels: 3, background: "#808080" } });
    const [jpeg, png] = await Promise.all([
      grey.clone().toColourspace("b-w").jpeg().toBuffer(),
      grey.clone().toColourspace("grey16").png().toBuffer(),
    ]);
    expect((await colours(jpeg)).left).toEqual(near(128, 128, 128, 4));
    expect((await colours(png)).left).toEqual(near(128, 128, 128, 4));
  });

  it("is on black where it is transparent", async () => {
    const clear = sharp({
      create: { width: 64, height: 64, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    });
    expect((await colours(await clear.png().toBuffer())).left).toEqual([0, 0, 0]);
    expect((await colours(await clear.webp({ lossless: true }).toBuffer())).left).toEqual([0, 0, 0]);
  });

  it("is the first one of an animation", async () => {
    const animation = await sharp([await halves().png().toBuffer(), await halves().negate().png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    expect(await colours(animation)).toEqual({ size: [400, 300], left: near(200, 0, 0), right: near(0, 0, 200) });
  });

  it("may be followed by something else, which is not looked at", async () => {
    const jpeg = await halves().jpeg().toBuffer();
    const polyglot = Buffer.concat([jpeg, Buffer.from("PK\x03\x04<script>alert(1)</script>")]);
    expect(await colours(polyglot)).toEqual(await colours(jpeg));
  });
});

describe("no picture is", () => {
  it.each(HOSTILE_PICTURES)("%s", async (_, make, reason) => {
    const bytes = await make();
    const read = async (): Promise<unknown> => (await openPicture(bytes)).read(640);
    await expect(read()).rejects.toThrow(PictureError);
    await expect(read()).rejects.toThrow(reason);
  });
});

/** The picture as a camera stores it that was held so. */
async function store(upright: Uint8Array, orientation: number): Promise<Uint8Array> {
  const picture = sharp(upright);
  // What is flipped is flipped before it is rotated, in whatever order it is written.
  const stored = {
    1: () => picture,
    2: () => picture.flop(),
    3: () => picture.rotate(180),
    4: () => picture.flip(),
    5: () => picture.flip().rotate(90),
    6: () => picture.rotate(270),
    7: () => picture.flip().rotate(270),
    8: () => picture.rotate(90),
  }[orientation];
  const pixels = await (stored?.() ?? picture).png().toBuffer();
  return await sharp(pixels).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
}
