import sharp from "sharp";
import { openPicture } from "../../dist/embed/picture/decode.js";
import { emptyScene, overlap, quantiles, sceneWith, someOf, toJpeg } from "./frames.mjs";

const SIZES = [20, 28, 40, 60, 90];

const scale = ({ x, y, width, height }, by) => ({ x: x * by, y: y * by, width: width * by, height: height * by });

/** Would a look at 320 px spare empty pictures that at 640? Recall lost beside time won. */
export async function tryCoarseFirst(detect, frames, count) {
  const look = async (jpeg, side) => {
    const before = process.cpuUsage();
    const found = await detect(await (await openPicture(jpeg)).read(side), 0.05);
    const { user, system } = process.cpuUsage(before);
    return { found, ms: (user + system) / 1000 };
  };
  const empty = { fine: [], coarse: [], seen: [] };
  for (let seed = 0; seed < count; seed++) {
    const jpeg = await toJpeg(sharp((await emptyScene(seed)).data, { raw: { width: 1280, height: 720, channels: 3 } }));
    const [fine, coarse] = [await look(jpeg, 640), await look(jpeg, 320)];
    empty.fine.push(fine.ms);
    empty.coarse.push(coarse.ms);
    empty.seen.push(Math.max(0, ...coarse.found.map(({ score }) => score)));
  }
  const [fine] = quantiles(empty.fine, [0.5]);
  const [coarse] = quantiles(empty.coarse, [0.5]);
  console.log(
    `empty 1280 × 720, decoding and detection: at 640 ${fine.toFixed(1)} ms, at 320 ${coarse.toFixed(1)} ms; highest score at 320: p90 ${quantiles(empty.seen, [0.9])[0].toFixed(2)}`,
  );
  for (const size of SIZES) {
    const at640 = [];
    const at320 = [];
    for (const [seed, frame] of someOf(frames, count).entries()) {
      const { jpeg, box } = await sceneWith(await emptyScene(seed), frame, size, seed);
      const best = ({ found }, by) =>
        Math.max(0, ...found.filter((one) => overlap(scale(one.box, by), box) > 0.4).map(({ score }) => score));
      at640.push(best(await look(jpeg, 640), 2));
      at320.push(Math.max(0, ...(await look(jpeg, 320)).found.map(({ score }) => score)));
    }
    const share = (from) => `${Math.round((100 * at640.filter((score) => score >= from).length) / at640.length)} %`;
    const taken = at640.flatMap((score, at) => (score >= 0.8 ? [at320[at]] : []));
    const kept = [0.1, 0.2, 0.3, 0.5].map((from) => `${from}: ${taken.filter((score) => score < from).length}`);
    console.log(
      `faces of ${size} px: found at 640 ${share(0.6)}, with the gate's score ${share(0.8)}; of those ${taken.length} lost when 320 must see something from ${kept.join(", ")}`,
    );
  }
}

/** Would a comparison with the last empty picture spare a static camera's? What changes, beside noise and light. */
export async function tryDifference(frames, count) {
  const small = async (jpeg) =>
    await sharp(jpeg).resize(80, 45, { fit: "fill", kernel: "linear" }).greyscale().raw().toBuffer();
  const scene = async (seed, options) =>
    toJpeg(sharp((await emptyScene(seed, options)).data, { raw: { width: 1280, height: 720, channels: 3 } }));
  const differ = (a, b) => {
    const shift = [...a].reduce((sum, value, at) => sum + b[at] - value, 0) / a.length;
    return Math.max(...[...a].map((value, at) => Math.abs(b[at] - value - shift)));
  };
  const still = { noise: [], light: [] };
  let [ms, looks] = [0, 0];
  for (let seed = 0; seed < count; seed++) {
    const first = await small(await scene(seed));
    const again = await scene(seed);
    const before = process.cpuUsage();
    still.noise.push(differ(first, await small(again)));
    const { user, system } = process.cpuUsage(before);
    [ms, looks] = [ms + (user + system) / 1000, looks + 1];
    still.light.push(differ(first, await small(await scene(seed, { brightness: 1.05 }))));
  }
  const limits = quantiles(still.noise, [0.99]).concat(quantiles(still.light, [0.99]));
  console.log(
    `a still camera at 80 × 45, greatest change of a pixel: by noise p99 ${limits[0]}, by 5 % more light ${limits[1].toFixed(1)} of 255; ${(ms / looks).toFixed(1)} ms a comparison`,
  );
  for (const size of SIZES) {
    const changes = [];
    for (const [seed, frame] of someOf(frames, count).entries()) {
      const { jpeg } = await sceneWith(await emptyScene(seed), frame, size, seed);
      changes.push(differ(await small(await scene(seed)), await small(jpeg)));
    }
    const [least, p10] = quantiles(changes, [0, 0.1]);
    console.log(`  by a person whose face is ${size} px: least ${least.toFixed(1)}, p10 ${p10.toFixed(1)}`);
  }
}
