// What each kind of Frigate's pictures gives, of the same moments: the whole frame of the main stream, the clean snapshot
// (detect stream, WebP of quality 60) and the face cut out of it (lossless WebP, without any border).
// Frames of real people stand for the main stream; the detect stream has half their width and height.
//
//   npm run build && node bench/frigate-pictures.mjs

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import { silentLog } from "../dist/domain/log.js";
import { createEmbedder } from "../dist/embed/embedder.js";

const ROOT = join(import.meta.dirname, "..");
const DATA = process.env.FACES2MQTT_TEST_DATA ?? resolve(ROOT, "../shared/data");
const MODELS = resolve(process.env.FACES2MQTT_TEST_MODELS ?? join(ROOT, ".cache/models"));
const GATES = { minScore: 0.8, minFacePx: 28, minNorm: 9 };
const DETECT = 0.5;
const WORKERS = 2;

if (!existsSync(join(DATA, "lfw/faces.jsonl.gz")) || !existsSync(join(MODELS, "runtime/installed.json"))) {
  console.log("Left out: it needs a folder of real faces and the models (npm run models).");
  process.exit(0);
}

const lines = gunzipSync(readFileSync(join(DATA, "lfw/faces.jsonl.gz")))
  .toString("utf8")
  .trim()
  .split("\n");
const [, ...labels] = readFileSync(join(DATA, "lfw/faces.labels.csv"), "utf8").trim().split("\n");
const people = new Map(labels.map((row) => /** @type {[string, string]} */ (row.split(",").slice(0, 2))));
const moments = lines
  .map((line) => JSON.parse(line))
  .map(({ id, source }) => ({ person: people.get(id), file: join(DATA, "lfw/frames", source) }))
  .filter(({ file }) => existsSync(file));

const embedder = createEmbedder({ modelsDir: MODELS, workers: WORKERS, log: silentLog });
/** The largest face that is found, and that passes the gates. */
const look = async (picture) => {
  const { faces } = await embedder.embed(picture, GATES);
  const [face] = faces.toSorted((a, b) => b.box.width - a.box.width);
  return face?.failed === null ? face : null;
};

/** The three pictures of one moment, and what is found in each. */
async function compare({ person, file }) {
  const frame = readFileSync(file);
  const { width = 0, height = 0 } = await sharp(frame).metadata();
  const small = sharp(frame).resize(Math.round(width * DETECT), Math.round(height * DETECT));
  const whole = await look(frame);
  const snapshot = await look(await small.clone().webp({ quality: 60 }).toBuffer());
  const box = whole?.box;
  if (!box) return { person, frame: null, snapshot, crop: null };
  const left = Math.max(0, Math.round(box.x * DETECT));
  const top = Math.max(0, Math.round(box.y * DETECT));
  const area = {
    left,
    top,
    width: Math.min(Math.round(box.width * DETECT), Math.round(width * DETECT) - left),
    height: Math.min(Math.round(box.height * DETECT), Math.round(height * DETECT) - top),
  };
  const pixels = await small.clone().png().toBuffer();
  return {
    person,
    frame: whole,
    snapshot,
    crop: await look(await sharp(pixels).extract(area).webp({ lossless: true }).toBuffer()),
  };
}

const seen = [];
const waiting = [...moments];
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) seen.push(await compare(one));
  }),
);
await embedder.stop();

const distance = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));
/** The nearest other moment of the same person, as whole frame: what a person with one enrolled look there would be compared by. */
const meanOf = (encodings) => {
  const sum = encodings[0].map((_, i) => encodings.reduce((total, one) => total + one[i], 0));
  const scale = Math.hypot(...encodings[0]) / Math.hypot(...sum);
  return sum.map((value) => value * scale);
};
const others = (moment) =>
  seen.filter((one) => one !== moment && one.person === moment.person && one.frame).map((one) => one.frame.encoding);
const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)];

console.log(
  `${seen.length} moments. Taken: found and through the gates. Recognized: of the taken, within 0.6 of the mean of the`,
);
console.log(
  "person's other whole frames. Norm: the encoder's quality, median. Distance: to the whole frame's encoding (0.6: the threshold).",
);
for (const [kind, name] of [
  ["frame", "whole frame"],
  ["snapshot", "clean snapshot"],
  ["crop", "face cut out"],
]) {
  const taken = seen.filter((one) => one[kind]);
  const known = taken.filter((one) => others(one).length > 0);
  const right = known.filter((one) => distance(one[kind].encoding, meanOf(others(one))) < 0.6);
  const norms = taken.map((one) => one[kind].norm);
  const distances = taken.filter((one) => one.frame).map((one) => distance(one[kind].encoding, one.frame.encoding));
  const share = (part, all) => `${((100 * part.length) / all.length).toFixed(1)} %`.padStart(7);
  console.log(
    `  ${name.padEnd(15)} taken ${share(taken, seen)}  recognized ${share(right, known)}  norm ${at(norms, 0.5).toFixed(1)}  ` +
      `distance ${at(distances, 0.5).toFixed(2)} (90 %: ${at(distances, 0.9).toFixed(2)})`,
  );
}
