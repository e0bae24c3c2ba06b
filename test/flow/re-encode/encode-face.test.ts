import { describe, expect, test } from "vitest";
import { encodeFace } from "../../../src/flow/re-encode/encode-face.ts";
import { makeNear, makeSface } from "../../make/encoding.ts";
import { drawPicture, embedDrawn, makePictureFaces } from "../../make/found-face.ts";

const face = { id: 7, source: "a.jpg", box: { x: 40, y: 40, width: 60, height: 80 }, isEncoded: false };

const encode = (pictures: { frame?: Uint8Array; thumbnail?: Uint8Array }, more: object = {}) =>
  encodeFace(face, {
    embed: embedDrawn,
    readFrame: async (source) => (source === "a.jpg" ? (pictures.frame ?? null) : null),
    readThumbnail: async (id) => (id === 7 ? (pictures.thumbnail ?? null) : null),
    gates: { minScore: 0.6, minFacePx: 16, minNorm: 9 },
    threshold: 0.6,
    ...more,
  });

const elsewhere = { x: 0, y: 0, width: 30, height: 30 };
const broken = Buffer.from("no picture");

describe("a face is encoded", () => {
  test("from its frame, and from its thumbnail without one", async () => {
    expect(await encode({ frame: drawPicture({ seed: 1, norm: 13 }) })).toEqual({
      encoding: makeSface(1),
      quality: 13,
    });
    expect(await encode({ thumbnail: drawPicture({ seed: 2 }) })).toEqual({ encoding: makeSface(2), quality: 12 });
  });

  test.each([
    ["shows no face there", drawPicture({ seed: 1, box: elsewhere })],
    ["is too poor", drawPicture({ seed: 1, norm: 5 })],
    ["is no picture", broken],
  ])("from its thumbnail where the frame %s", async (_, frame) => {
    expect(await encode({ frame, thumbnail: drawPicture({ seed: 2 }) })).toMatchObject({ encoding: makeSface(2) });
  });

  test("from its frame where both show the same person", async () => {
    const encodings = [makeSface(1), makeNear(makeSface(1), 0.3)];
    const embed = async () => makePictureFaces({ encoding: encodings.shift() ?? null });
    expect(await encode({ frame: broken, thumbnail: broken }, { embed })).toMatchObject({ encoding: makeSface(1) });
  });

  test("from its thumbnail where the frame shows another person by now", async () => {
    const pictures = { frame: drawPicture({ seed: 1 }), thumbnail: drawPicture({ seed: 2 }) };
    expect(await encode(pictures)).toMatchObject({ encoding: makeSface(2) });
  });
});

describe("a face is not encoded", () => {
  test.each([
    ["no_picture", {}],
    ["bad_picture", { frame: broken }],
    ["not_found", { frame: drawPicture({ seed: 1, box: elsewhere }), thumbnail: broken }],
    ["too_poor", { thumbnail: drawPicture({ seed: 1, norm: 8 }), frame: drawPicture() }],
  ])("and the reason is how near it came: %s", async (reason, pictures) => {
    expect(await encode(pictures)).toBe(reason);
  });

  test("when looking at pictures fails as a whole", async () => {
    const embed = () => Promise.reject(new Error("no thread"));
    await expect(encode({ frame: broken }, { embed })).rejects.toThrow("no thread");
  });
});
