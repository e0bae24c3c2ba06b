import { describe, expect, it } from "vitest";
import { readPicture } from "../../../src/wire/in/picture.ts";
import { Rejected } from "../../../src/wire/in/rejected.ts";

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 300 }, (_, i) => i % 256)]);
const BASE64 = JPEG.toString("base64");

function rejection(payload: Buffer, most = 1_000): Rejected {
  try {
    readPicture(payload, most);
  } catch (error) {
    if (error instanceof Rejected) return error;
  }
  throw new Error("it was not rejected");
}

describe("readPicture", () => {
  it.each([
    ["bytes", JPEG],
    ["base64", Buffer.from(BASE64)],
    ["base64 in lines", Buffer.from(`${BASE64.replace(/.{76}/g, "$&\r\n")}\n`)],
    ["a data URL", Buffer.from(`data:image/jpeg;base64,${BASE64}`)],
  ])("takes %s", (_, payload) => {
    expect(Buffer.from(readPicture(payload, 1_000))).toEqual(JPEG);
  });

  it.each([
    ["nothing", ""],
    ["JSON", '{"image":"x"}'],
    ["base64 of something else", Buffer.from("<svg/>").toString("base64")],
    ["a GIF", "GIF89a"],
  ])("rejects %s", (_, payload) => {
    expect(rejection(Buffer.from(payload)).code).toBe("BAD_FIELD");
  });

  it("looks at each character once, however much of it is blank", () => {
    // With a second look at each blank, this takes longer than a test may.
    expect(rejection(Buffer.from(`${" ".repeat(300_000)}!`), 1_000_000).code).toBe("BAD_FIELD");
    expect(rejection(Buffer.from(`${"\n".repeat(300_000)}AAAA`), 1_000_000).code).toBe("BAD_FIELD");
    expect(readPicture(Buffer.from(`${" ".repeat(2_000)}${BASE64}\r\n \n`), 3_000)).toHaveLength(JPEG.length);
  });

  it("counts base64 decoded", () => {
    expect(readPicture(Buffer.from(BASE64), JPEG.length)).toHaveLength(JPEG.length);
    expect(rejection(Buffer.from(BASE64), JPEG.length - 1)).toMatchObject({
      code: "TOO_LARGE",
      message: "the picture has 304 bytes, at most 303 are taken",
    });
    expect(rejection(JPEG, 303).code).toBe("TOO_LARGE");
    expect(rejection(Buffer.alloc(100_000, "A"), 303).code).toBe("TOO_LARGE");
  });
});
