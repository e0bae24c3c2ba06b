import sharp from "sharp";
import { expect, it } from "vitest";
import { isWhole } from "../../../src/sources/folder/is-whole.ts";

const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: "#a53" } });

it.each(["jpeg", "png", "webp"] as const)(
  "a picture as %s is whole with its last byte, and not before",
  async (type) => {
    const bytes = await picture.clone().toFormat(type).toBuffer();
    expect(isWhole(bytes)).toBe(true);
    for (let length = 0; length < bytes.length; length++)
      expect([length, isWhole(bytes.subarray(0, length))]).toEqual([length, false]);
  },
);

it("anything else is not", () => {
  expect(isWhole(Buffer.from("GIF89a"))).toBe(false);
});
