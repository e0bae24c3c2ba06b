import { readFileSync } from "node:fs";
import { ALL } from "./exact.mjs";
import { quantiles } from "./frames.mjs";

/** One picture by us, the same by OpenCV, and so on: processor time of each, as both see what else the machine does. */
export async function measureBeside(embed, opencv, files, what) {
  const ours = [];
  const theirs = [];
  let faces = 0;
  for (const [at, file] of files.entries()) {
    const bytes = readFileSync(file);
    const before = process.cpuUsage();
    const found = await embed(bytes, ALL);
    const { user, system } = process.cpuUsage(before);
    const peer = opencv && (await opencv.look(file, 640));
    if (at < 5) continue;
    faces += found.faces.length;
    ours.push((user + system) / 1000);
    if (peer) theirs.push(peer.ms);
  }
  const text = (values) => `mean ${mean(values).toFixed(1)}, median ${quantiles(values, [0.5])[0].toFixed(1)} ms`;
  const beside = opencv
    ? `; OpenCV ${opencv.version}: ${text(theirs)}; ratio of means ${(mean(ours) / mean(theirs)).toFixed(2)}`
    : "";
  console.log(`${what} (${(faces / ours.length).toFixed(1)} faces each), processor time: ${text(ours)}${beside}`);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
