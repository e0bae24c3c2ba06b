/**
 * One clustering in a process of its own, so that its peak memory is its own.
 *
 * usage: node bench/discovery-run.mjs FILE COUNT THRESHOLD ENGINE THREADS LABELS
 * Writes int32 labels to LABELS and prints {"seconds","beyond_mb","stall_ms","progress_gap"}: time of the whole call,
 * thread start included; peak memory of the process beyond what it had with the encodings loaded; the longest stall of
 * the event loop; the longest part of the time, 0 to 1, without progress.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createClusterer } from "../dist/cluster/clusterer.js";

const [file, count, threshold, engine, threads, labelsFile] = process.argv.slice(2);
const bytes = readFileSync(file);
const data = new Float32Array(new SharedArrayBuffer(bytes.length));
data.set(new Float32Array(bytes.buffer, bytes.byteOffset, data.length));

/** @returns {number} MB */
function peakMemory() {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
  return line ? Number(line[1]) / 1024 : process.resourceUsage().maxRSS / 1024;
}

const before = peakMemory();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const start = performance.now();
let reported = start;
let gap = 0;
const { labels } = await createClusterer({ threads: Number(threads) }).cluster({
  encodings: { data, count: Number(count), dimension: 128 },
  threshold: Number(threshold),
  engine: /** @type {import("../src/cluster/clusterer.ts").EngineChoice} */ (engine),
  onProgress() {
    const now = performance.now();
    gap = Math.max(gap, now - reported);
    reported = now;
  },
});
const ms = performance.now() - start;
delay.disable();
writeFileSync(labelsFile, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
console.log(
  JSON.stringify({
    seconds: ms / 1000,
    beyond_mb: peakMemory() - before,
    stall_ms: delay.max / 1e6 - 5,
    progress_gap: gap / ms,
  }),
);
