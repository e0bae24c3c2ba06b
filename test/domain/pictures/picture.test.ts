import { expect, it } from "vitest";
import { toPictureType } from "../../../src/domain/pictures/picture.ts";

it.each([
  ["a JPEG", "\xff\xd8\xff\xe0", "image/jpeg"],
  ["a PNG", "\x89PNG\r\n\x1a\nrest", "image/png"],
  ["a WebP", "RIFF1234WEBPrest", "image/webp"],
  ["another RIFF file", "RIFF1234WAVErest", null],
  ["a GIF", "GIF89a", null],
  ["nothing", "", null],
])("%s is known by its first bytes", (_, start, type) => {
  expect(toPictureType(Buffer.from(start, "latin1"))).toBe(type);
});
