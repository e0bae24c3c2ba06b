import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";

/** The folder of real frames with OpenCV's encodings of them, or null. */
export function dataFolder() {
  const folder = process.env.FACES2MQTT_TEST_DATA ?? resolve(import.meta.dirname, "../../../shared/data");
  return existsSync(join(folder, "lfw/sface.jsonl.gz")) ? join(folder, "lfw") : null;
}

/**
 * Frames with the faces that OpenCV found in them; `id` is set for the one that a frame is about.
 * @param {string} folder
 */
export function readFrames(folder) {
  const text = gunzipSync(readFileSync(join(folder, "sface.jsonl.gz"))).toString("utf8");
  const bySource = new Map();
  for (const line of text.trim().split("\n")) {
    const { source, id, box, encoding } = JSON.parse(line);
    const [x, y, width, height] = box;
    const faces = bySource.get(source) ?? [];
    bySource.set(source, [...faces, { id, box: { x, y, width, height }, unit: encoding }]);
  }
  return [...bySource].map(([source, faces]) => ({ file: join(folder, "frames", source), faces }));
}

/** Every so many, so that `count` remain. */
export function someOf(all, count) {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, at) => at % step === 0).slice(0, count);
}

/** A camera's picture of 1280 × 720 without anybody: grey shapes and the sensor's noise. */
export async function emptyScene(seed, { sigma = 4, brightness = 1 } = {}) {
  const grey = (at) => 60 + ((seed * 37 + at * 61) % 130);
  const shapes = Array.from({ length: 9 }, (_, at) => ({
    input: {
      create: {
        width: 120 + ((seed * 53 + at * 97) % 300),
        height: 90 + ((seed * 31 + at * 71) % 250),
        channels: 3,
        background: toGrey(grey(at)),
      },
    },
    left: (seed * 211 + at * 149) % 900,
    top: (seed * 89 + at * 113) % 400,
  }));
  const scene = await sharp({ create: { width: 1280, height: 720, channels: 3, background: toGrey(grey(99)) } })
    .composite(shapes)
    .raw()
    .toBuffer();
  const noise = await sharp({
    create: {
      width: 1280,
      height: 720,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma },
    },
  })
    .raw()
    .toBuffer();
  const data = scene.map((value, at) => Math.max(0, Math.min(255, Math.round(value * brightness + noise[at] - 128))));
  return { data, raw: { width: 1280, height: 720, channels: 3 } };
}

/** That scene with a frame in it, whose face is `facePx` wide. Deterministic but for the noise. */
export async function sceneWith(scene, { file, faces }, facePx, seed) {
  const { box } = faces.find(({ id }) => id !== null) ?? faces[0];
  const side = Math.min(700, Math.round((250 * facePx) / Math.min(box.width, box.height)));
  const input = await sharp(readFileSync(file)).resize(side, side).toBuffer();
  const [left, top] = [(seed * 331) % (1280 - side), (seed * 173) % Math.max(1, 720 - side)];
  const factor = side / 250;
  const at = {
    x: left + box.x * factor,
    y: top + box.y * factor,
    width: box.width * factor,
    height: box.height * factor,
  };
  return { box: at, jpeg: await toJpeg(sharp(scene.data, { raw: scene.raw }).composite([{ input, left, top }])) };
}

export const toJpeg = (picture) => picture.jpeg({ quality: 85 }).toBuffer();

const toGrey = (value) => ({ r: value, g: value, b: value });

/** Intersection over union. */
export function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** L2 distance of the unit vectors. */
export function distance(one, other) {
  const [a, b] = [Math.hypot(...one), Math.hypot(...other)];
  return Math.hypot(...Array.from(one, (value, at) => value / a - other[at] / b));
}

export function quantiles(values, at) {
  const sorted = values.toSorted((a, b) => a - b);
  return at.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}
