/**
 * One clustering in a process of its own, so that its peak memory is its own, and then the same again.
 *
 * usage: node bench/discovery-run.mjs FILE COUNT DIMENSION THRESHOLD ENGINE THREADS LABELS
 * Writes int32 labels to LABELS and prints {"seconds","again","processor","memory","stall_ms","progress_gap"}: time of
 * the whole first call, thread start included, and of a second one (up to 5,000 faces, else null); processor time of
 * the first, all threads; peak memory of the process beyond what it had with the encodings loaded, in MB; the longest
 * stall of the event loop; the longest part of the time, 0 to 1, without progress.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createClusterer } from "../dist/cluster/clusterer.js";

const [file, count, dimension, threshold, engine, threads, labelsFile] = process.argv.slice(2);
const data = new Float32Array(new SharedArrayBuffer(4 * count * dimension));
const input = openSync(file, "r");
for (let at = 0; at < data.byteLength; ) {
  const read = readSync(input, new Uint8Array(data.buffer, at), 0, Math.min(data.byteLength - at, 1 << 20), at);
  if (read === 0) throw new Error(`${file} is too short`);
  at += read;
}
closeSync(input);

/** @returns {number} MB */
function peakMemory() {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
  return line ? Number(line[1]) / 1024 : process.resourceUsage().maxRSS / 1024;
}

const clusterer = createClusterer({ threads: Number(threads) });
const request = {
  encodings: { data, count: Number(count), dimension: Number(dimension) },
  threshold: Number(threshold),
  engine: /** @type {import("../src/cluster/clusterer.ts").EngineChoice} */ (engine),
};
const before = peakMemory();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const processor = process.cpuUsage();
const start = performance.now();
let reported = start;
let gap = 0;
const { labels } = await clusterer.cluster({
  ...request,
  onProgress() {
    const now = performance.now();
    gap = Math.max(gap, now - reported);
    reported = now;
  },
});
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(processor);
delay.disable();
const memory = peakMemory() - before;
writeFileSync(labelsFile, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
console.log(
  JSON.stringify({
    seconds: ms / 1000,
    again: count <= 5_000 ? await secondsOf(() => clusterer.cluster(request)) : null,
    processor: (user + system) / 1e6,
    memory,
    stall_ms: delay.max / 1e6 - 5,
    progress_gap: gap / ms,
  }),
);

/** @param {() => Promise<unknown>} work */
async function secondsOf(work) {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
