// The daemon's own threads in a process with nothing else: pictures a second, memory, and what they cost the event loop.
// usage: threads.mjs MODELS_DIR FOLDER_OF_PICTURES THREADS PICTURES
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLog } from "../../dist/domain/log.js";
import { createEmbedder } from "../../dist/embed/embedder.js";

const [modelsDir, folder, ...numbers] = process.argv.slice(2);
const [workers, count] = numbers.map(Number);
const gates = { minScore: 0.8, minFacePx: 28, minNorm: 9 };
const pictures = readdirSync(folder).map((name) => readFileSync(join(folder, name)));

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
await sleep(3_000);
const idle = delay.percentile(99) / 1e6;

const embedder = createEmbedder({ modelsDir, workers, log: silentLog });
await Promise.all(Array.from({ length: workers }, (_, at) => embedder.embed(pictures[at], gates)));
delay.reset();
const [started, cpu] = [performance.now(), process.cpuUsage()];
const memory = [];
let given = 0;
const feed = async () => {
  while (given < count) {
    const at = given++;
    await embedder.embed(pictures[at % pictures.length], gates);
    if (at % Math.ceil(count / 10) === 0) memory.push(Math.round(process.memoryUsage.rss() / 1e6));
  }
};
await Promise.all(Array.from({ length: workers }, feed));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(
  `${workers} threads: ${(count / seconds).toFixed(1)} pictures a second, ${((user + system) / 1000 / count).toFixed(1)} ms of processor ` +
    `time each (${((count * 1e6) / (user + system)).toFixed(1)} a second and core); RSS over ${count} pictures: ${memory.join(" ")} MB; ` +
    `event loop late by (p99) ${idle.toFixed(1)} ms idle, ${(delay.percentile(99) / 1e6).toFixed(1)} ms meanwhile`,
);
await embedder.stop();
