import { deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { makePng } from "./make-png.ts";

/** Left half red, right half blue. */
export function halves(width = 400, height = 300): Sharp {
  return sharp({ create: { width, height, channels: 3, background: "#c80000" } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: "#0000c8" } },
      left: width / 2,
      top: 0,
    },
  ]);
}

const jpeg = () => halves(800, 600).jpeg().toBuffer();

/** What is no picture or may not be taken, how it is made, and what is said of it. */
export const HOSTILE_PICTURES: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array, RegExp])[] = [
  ["nothing", () => new Uint8Array(), /0 bytes/],
  ["garbage", () => Buffer.from("not a picture"), /no JPEG, PNG or WebP/],
  ["SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'), /no JPEG/],
  ["GIF", () => halves().gif().toBuffer(), /no JPEG/],
  ["TIFF", () => halves().tiff().toBuffer(), /no JPEG/],
  ["HEIF", () => halves().avif().toBuffer(), /no JPEG/],
  ["a file that begins with the head of another", () => gifWithScript(), /no JPEG/],
  ["the first bytes of a JPEG alone", () => Buffer.from("/9j/4AAQSkZJRgABAQEAYABgAAD", "base64"), /cannot be decoded/],
  ["the first bytes of a PNG alone", () => Buffer.from("iVBORw0KGgo=", "base64"), /cannot be decoded/],
  ["a JPEG cut short", async () => (await jpeg()).subarray(0, 2_000), /cannot be decoded/],
  ["a PNG cut short", async () => (await noise().png().toBuffer()).subarray(0, 20_000), /cannot be decoded/],
  ["a WebP cut short", async () => (await noise().webp().toBuffer()).subarray(0, 9_000), /cannot be decoded/],
  ["a PNG with garbage for pixels", () => makePng(300, 300, Buffer.from("garbage")), /cannot be decoded/],
  [
    "a PNG with fewer pixels than it says",
    () => makePng(300, 300, deflateSync(Buffer.alloc(500))),
    /cannot be decoded/,
  ],
  ["a bomb", () => makePng(50_000, 50_000, deflateSync(Buffer.alloc(100_000))), /too large|pixel/],
  ["one of 50 megapixels", () => halves(10_000, 5_000).png().toBuffer(), /too large: at most 25 megapixels|pixel/],
  ["one pixel", () => halves(2, 1).resize(1, 1).png().toBuffer(), /too small/],
  ["a line", () => halves(3_000, 20).png().toBuffer(), /too narrow/],
];

function noise(): Sharp {
  return sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  });
}

/** A script for those who take it for a picture. */
function gifWithScript(): Uint8Array {
  return Buffer.from("GIF89a/*\x00\x00*/=1;alert(1)//\xff\xd8\xff", "latin1");
}
