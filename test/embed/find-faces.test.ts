import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Box } from "../../src/domain/face.ts";
import { SFACE_MODEL } from "../../src/domain/model.ts";
import type { EmbedPicture, FoundFace, Gates } from "../../src/domain/pictures/snapshot.ts";
import { openFaceFinder } from "../../src/embed/open-face-finder.ts";
import { sharedData } from "../helpers/shared-data.ts";
import { testModels } from "../helpers/test-models.ts";

const ALL: Gates = { minScore: 0.6, minFacePx: 1, minNorm: 0 };
const models = testModels();
const data = sharedData();

interface Reference {
  readonly source: string;
  /** Of the face that the frame is about; null: another one in it. */
  readonly id: string | null;
  readonly box: Box;
  readonly unit: readonly number[];
}

/** What OpenCV 4.14 found in the frames. */
function references(folder: string): Reference[] {
  const text = gunzipSync(readFileSync(join(folder, "lfw/sface.jsonl.gz"))).toString("utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const { source, id, box, encoding } = JSON.parse(line) as {
        source: string;
        id: string | null;
        box: [number, number, number, number];
        encoding: number[];
      };
      const [x, y, width, height] = box;
      return { source, id, box: { x, y, width, height }, unit: encoding };
    });
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Between unit vectors. */
function distance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [a, b] = [one, other].map((values) => Math.hypot(...Array.from(values))) as [number, number];
  return Math.hypot(...Array.from(one, (value, at) => value / a - (other[at] as number) / b));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

describe.skipIf(models === null || data === null)("real faces", { timeout: 300_000 }, () => {
  const open = async (): Promise<EmbedPicture> => (await openFaceFinder(models as string)).embed;
  const all = data === null ? [] : references(data);
  const labelled = all.filter(({ id }) => id !== null);
  const read = (source: string): Buffer => readFileSync(join(data as string, "lfw/frames", source));
  const find = (faces: readonly FoundFace[], box: Box): FoundFace | undefined =>
    faces.find((face) => overlap(face.box, box) > 0.9);

  it("are all found, and encoded as OpenCV does it", async () => {
    const embed = await open();
    let found = 0;
    const apart: number[] = [];
    for (const source of new Set(all.map((one) => one.source))) {
      const { width, height, faces } = await embed(read(source), ALL);
      expect([width, height]).toEqual([250, 250]);
      for (const { id, box, unit } of all.filter((one) => one.source === source)) {
        const face = find(faces, box);
        if (id === null || face?.encoding == null) continue;
        found++;
        apart.push(distance(face.encoding, unit));
        expect(Math.hypot(...face.encoding)).toBeCloseTo(SFACE_MODEL.length ?? 0, 5);
      }
    }
    expect(found).toBe(600);
    expect(Math.max(...apart)).toBeLessThan(0.02);
  });

  it("are near themselves when the head is turned by 30°", async () => {
    const embed = await open();
    for (const angle of [30, -30]) {
      const apart: number[] = [];
      for (const { source, unit } of labelled.filter((_, at) => at % 12 === 0)) {
        const turned = await sharp(read(source)).rotate(angle, { background: "#000" }).jpeg({ quality: 95 }).toBuffer();
        const { faces } = await embed(turned, ALL);
        apart.push(Math.min(...faces.map(({ encoding }) => (encoding ? distance(encoding, unit) : 2))));
      }
      expect(median(apart)).toBeLessThan(0.45);
    }
  });

  it("are cut from the large picture, with their boxes in it", async () => {
    const embed = await open();
    for (const { source, box, unit } of labelled.filter((_, at) => at % 100 === 0)) {
      const frame = await sharp(read(source)).resize(500).toBuffer();
      const scene = { width: 2400, height: 1600, channels: 3 as const, background: "#777" };
      const large = await sharp({ create: scene })
        .composite([{ input: frame, left: 1100, top: 700 }])
        .jpeg({ quality: 95 })
        .toBuffer();
      const { width, height, faces } = await embed(large, ALL);
      expect([width, height]).toEqual([2400, 1600]);
      const at = { x: 1100 + 2 * box.x, y: 700 + 2 * box.y, width: 2 * box.width, height: 2 * box.height };
      const face = faces.find((one) => overlap(one.box, at) > 0.7);
      for (const number of Object.values(face?.box ?? {})) expect(String(number)).toMatch(/^\d+(\.\d{1,4})?$/);
      expect(face && distance(face.encoding ?? [], unit)).toBeLessThan(0.6);
      const thumbnail = await sharp(Buffer.from(face?.thumbnail ?? [])).metadata();
      expect(thumbnail.format).toBe("jpeg");
      expect(Math.max(thumbnail.width, thumbnail.height)).toBeGreaterThan(200);
    }
  });

  it("pass each gate, or say which one they failed first", async () => {
    const embed = await open();
    const [{ source } = { source: "" }] = labelled;
    const look = async (gates: Partial<Gates>) => (await embed(read(source), { ...ALL, ...gates })).faces[0];
    expect(await look({})).toMatchObject({ failed: null, encoding: expect.any(Float32Array) });
    expect(await look({ minScore: 0.99, minFacePx: 500 })).toMatchObject({
      failed: "score",
      encoding: null,
      norm: null,
    });
    expect(await look({ minFacePx: 500, minNorm: 50 })).toMatchObject({ failed: "size", encoding: null, norm: null });
    expect(await look({ minNorm: 50 })).toMatchObject({ failed: "norm", encoding: expect.any(Float32Array) });
  });

  it("are the same whichever way the camera was held", async () => {
    const embed = await open();
    const upright = await sharp(read(labelled[0]?.source ?? ""))
      .png()
      .toBuffer();
    const [first] = (await embed(upright, ALL)).faces;
    for (const [orientation, angle] of [
      [3, 180],
      [6, 270],
      [8, 90],
    ] as const) {
      const stored = await sharp(upright).rotate(angle).withMetadata({ orientation }).png().toBuffer();
      const [face] = (await embed(stored, ALL)).faces;
      expect(distance(face?.encoding ?? [], first?.encoding ?? [])).toBeLessThan(1e-6);
      expect(face?.box).toEqual(first?.box);
    }
  });

  it("are none in a picture without any", async () => {
    const empty = await sharp({ create: { width: 1280, height: 720, channels: 3, background: "#5a6a7a" } })
      .jpeg()
      .toBuffer();
    expect(await (await open())(empty, ALL)).toEqual({ width: 1280, height: 720, faces: [] });
  });
});
