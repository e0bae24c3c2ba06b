import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { REGULARS } from "../../src/demo/day.ts";
import { drawFrame, FRAME } from "../../src/demo/drawn/frame.ts";
import { paintFrame } from "../../src/demo/drawn/paint.ts";
import { CAMERAS } from "../../src/demo/drawn/scenes.ts";
import type { Box } from "../../src/domain/face.ts";

const SIDE = 32;
const PEOPLE = [...REGULARS, "stranger 1", "stranger 2", "stranger 3"];

/** The picture in so few pixels that only what is seen at a glance is left. */
async function glance(jpeg: Uint8Array): Promise<Buffer> {
  return await sharp(jpeg).resize(SIDE, SIDE, { fit: "fill" }).raw().toBuffer();
}

/** Mean difference of two pictures, of 255. */
const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;

const portrait = async (who: string, shot: string, camera = CAMERAS[0]): Promise<Buffer> => {
  const { faces } = await paintFrame({ camera, who: [who], visit: `visit ${shot}`, shot });
  return faces[0]?.thumbnail as Buffer;
};

describe("drawn people", () => {
  it("are drawn the same for the same moment, and otherwise for another", () => {
    const moment = { camera: "garden", who: ["mother", "son"], visit: "v", shot: "1" } as const;
    expect(drawFrame(moment)).toEqual(drawFrame(moment));
    expect(drawFrame({ ...moment, shot: "2" }).svg).not.toBe(drawFrame(moment).svg);
    expect(drawFrame({ ...moment, camera: "garage" }).svg).not.toBe(drawFrame(moment).svg);
  });

  it.each(CAMERAS)("are pictures that can be read, with a small one of each face (%s)", async (camera) => {
    const { picture, faces } = await paintFrame({ camera, who: ["father", "stranger 9"], visit: "v", shot: "1" });
    expect(await sharp(picture).metadata()).toMatchObject({ format: "jpeg", ...FRAME });
    expect(faces.map(({ who }) => who)).toEqual(["father", "stranger 9"]);
    for (const { thumbnail } of faces) {
      const { format, width = 0, height = 0 } = await sharp(thumbnail).metadata();
      expect(format).toBe("jpeg");
      expect(Math.min(width, height)).toBeGreaterThan(120);
    }
    expect(
      Buffer.compare(
        (await paintFrame({ camera, who: ["father", "stranger 9"], visit: "v", shot: "1" })).picture,
        picture,
      ),
    ).toBe(0);
  });

  it("have their faces inside the frame, apart from one another, where the skin is", async () => {
    for (let shot = 0; shot < 12; shot++) {
      const who = [["mother"], ["friend", "daughter"], ["father", "mother", "son"]][shot % 3] as string[];
      const moment = { camera: CAMERAS[shot % 4] ?? "garden", who, visit: "v", shot: String(shot) };
      const { picture, faces } = await paintFrame(moment);
      for (const [i, { box }] of faces.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(FRAME.width);
        expect(box.y + box.height).toBeLessThanOrEqual(FRAME.height);
        if (i > 0) expect(box.x).toBeGreaterThan((faces[i - 1]?.box.x ?? 0) + (faces[i - 1]?.box.width ?? 0));
        const [red, , blue] = await meanColour(picture, middleOf(box));
        expect(red - blue, `${who[i]} ${shot}`).toBeGreaterThan(25);
      }
    }
  });

  it("are distinguishable at a glance: two people differ more than two pictures of one", async () => {
    const albums = await Promise.all(
      PEOPLE.map(
        async (who) => await Promise.all(["1", "2"].map(async (shot) => await glance(await portrait(who, shot)))),
      ),
    );
    const [own, others] = [[] as number[], [] as number[]];
    for (const [i, [first, second]] of albums.entries()) {
      own.push(difference(first as Buffer, second as Buffer));
      for (const [other] of albums.slice(i + 1)) others.push(difference(first as Buffer, other as Buffer));
    }
    const mean = (list: number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
    expect(mean(others)).toBeGreaterThan(mean(own) * 1.2);
    expect(Math.min(...others)).toBeGreaterThan(8);
  });

  it("are grey at night", async () => {
    const { picture } = await paintFrame({ camera: "driveway", who: ["walker"], visit: "v", shot: "1", night: true });
    const [red, green, blue] = await meanColour(picture, { left: 0, top: 0, ...FRAME });
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(1);
  });
});

interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const middleOf = ({ x, y, width, height }: Box): Part => ({
  left: Math.round(x + width * 0.3),
  top: Math.round(y + height * 0.4),
  width: Math.round(width * 0.4),
  height: Math.round(height * 0.3),
});

async function meanColour(jpeg: Uint8Array, part: Part): Promise<[number, number, number]> {
  const { channels } = await sharp(await sharp(jpeg).toColourspace("srgb").extract(part).toBuffer()).stats();
  const [red, green, blue] = channels.map(({ mean }) => mean);
  return [red ?? 0, green ?? red ?? 0, blue ?? red ?? 0];
}
