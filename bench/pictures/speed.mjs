import { readFileSync } from "node:fs";
import { createEmbedder } from "../../dist/embed/embedder.js";
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

/** Pictures a second in the daemon's own threads, and what they take of memory. */
export async function measureThreads({ modelsDir, pictures, workers, count, log }) {
  const embedder = createEmbedder({ modelsDir, workers, log });
  const next = (at) => embedder.embed(pictures[at % pictures.length], ALL);
  await Promise.all(Array.from({ length: workers }, (_, at) => next(at)));
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const memory = [];
  let given = 0;
  const feed = async () => {
    while (given < count) {
      const at = given++;
      await next(at);
      if (at % Math.ceil(count / 10) === 0) memory.push(Math.round(process.memoryUsage.rss() / 1e6));
    }
  };
  await Promise.all(Array.from({ length: workers }, feed));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${workers} threads: ${(count / seconds).toFixed(1)} pictures a second, ${((user + system) / 1000 / count).toFixed(1)} ms of processor time each ` +
      `(${(count / ((user + system) / 1e6)).toFixed(1)} a second and core); RSS over ${count} pictures: ${memory.join(" ")} MB`,
  );
  await embedder.stop();
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
