// From pictures to encodings: how exact, how fast, how large, beside OpenCV's own detector and encoder.
//
//   npm run build && node bench/pictures.mjs [--pictures 300] [--soak 600] [--experiments] [--runtime node|web]
//
// The models' folder is FACES2MQTT_TEST_MODELS, else .cache/models (`faces2mqtt models` fills it); the frames are those of
// FACES2MQTT_TEST_DATA, else of ../shared/data; PYTHON is an interpreter with `opencv-python-headless<5`, else python3. What is
// missing is left out. --experiments: what a coarse look first, and a comparison with the last picture, would spare and lose.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { createDetector } from "../dist/embed/detect/detector.js";
import { layOutModels } from "../dist/embed/models/layout.js";
import { openFaceFinder } from "../dist/embed/open-face-finder.js";
import { openRuntime } from "../dist/embed/runtime/open-runtime.js";
import { measureExactness, measureTurned } from "./pictures/exact.mjs";
import { tryCoarseFirst, tryDifference } from "./pictures/experiments.mjs";
import { dataFolder, emptyScene, readFrames, sceneWith, someOf, toJpeg } from "./pictures/frames.mjs";
import { startOpenCv } from "./pictures/opencv-peer.mjs";
import { measureBeside } from "./pictures/speed.mjs";

const { values: options } = parseArgs({
  options: {
    pictures: { type: "string", default: "300" },
    soak: { type: "string", default: "600" },
    experiments: { type: "boolean", default: false },
    runtime: { type: "string" },
  },
});
const count = Number(options.pictures);
const modelsDir = resolve(process.env.FACES2MQTT_TEST_MODELS ?? join(import.meta.dirname, "../.cache/models"));
const models = layOutModels(modelsDir);
const folder = dataFolder();
if (folder === null) {
  console.log("left out: there is no folder of real frames (FACES2MQTT_TEST_DATA)");
  process.exit();
}
const runtimes = options.runtime ? [options.runtime] : undefined;
const finder = await openFaceFinder(modelsDir, runtimes).catch((error) => {
  console.log(`left out: no weights or runtime in ${modelsDir} (${error.message}); run \`faces2mqtt models\``);
  process.exit();
});
const frames = readFrames(folder);
console.log(`${frames.length} frames, onnxruntime-${finder.runtime}`);

if (options.experiments) {
  const detect = createDetector(await (await openRuntime(modelsDir, runtimes)).openNetwork(models.yunet, "input"));
  await tryCoarseFirst(detect, frames, Math.min(count, 100));
  await tryDifference(frames, Math.min(count, 40));
  process.exit();
}

await measureExactness(finder.embed, frames);
await measureTurned(finder.embed, frames, Math.min(count, 100));

const scenes = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));
try {
  const chosen = someOf(frames, Math.min(count, 40));
  const files = { face: [], empty: [] };
  for (const [seed, frame] of chosen.entries()) {
    files.face.push(join(scenes, `face-${seed}.jpg`));
    files.empty.push(join(scenes, `empty-${seed}.jpg`));
    writeFileSync(files.face.at(-1), (await sceneWith(await emptyScene(seed), frame, 70, seed)).jpeg);
    const { data, raw } = await emptyScene(seed);
    writeFileSync(files.empty.at(-1), await toJpeg(sharp(data, { raw })));
  }
  const opencv = await startOpenCv(models);
  if (opencv === null) console.log("OpenCV's own is left out: no Python with opencv-python-headless<5 (PYTHON)");
  await measureBeside(
    finder.embed,
    opencv,
    someOf(frames, count).map(({ file }) => file),
    "frames of 250 × 250",
  );
  await measureBeside(finder.embed, opencv, files.face, "1280 × 720 with a face of 70 px");
  await measureBeside(finder.embed, opencv, files.empty, "1280 × 720, empty");
  opencv?.end();
  for (const { file } of someOf(frames, 100)) copyFileSync(file, join(scenes, file.replaceAll("/", "-")));
  for (const workers of ["1", "2"]) {
    const script = join(import.meta.dirname, "pictures/threads.mjs");
    spawnSync(process.execPath, [script, modelsDir, scenes, workers, options.soak], { stdio: "inherit" });
  }
} finally {
  rmSync(scenes, { recursive: true });
}
process.exit();
