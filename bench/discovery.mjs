/**
 * Discovery beside scikit-learn, scipy and fastcluster, on the same made faces, in one run.
 *
 * usage: npm run build && node bench/discovery.mjs [SIZES] [--peers-up-to N] [--threshold T]
 * SIZES: comma-separated, default 1000,10000,50000. The others are asked up to 10,000 faces by default: they
 * keep all distances (fastcluster 10 GB at 50,000). Without /usr/bin/python3 or its packages, says what is missing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeFaces } from "../dist/demo/made-faces.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "peers-up-to": { type: "string", default: "10000" }, threshold: { type: "string", default: "0.6" } },
});
const sizes = (positionals[0] ?? "1000,10000,50000").split(",").map(Number);
const peersUpTo = Number(values["peers-up-to"]);
const threshold = values.threshold;
const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));
const twoHours = 7_200_000;

/** People for so many faces: as many as make one in 33 a stranger at 10,000, fewer newcomers later. @param {number} count */
function peopleFor(count) {
  return Math.round(3 * Math.sqrt(count)) + Math.round(count / 150);
}

/** @typedef {{ engine: string, seconds: number, memory: number, labels: Int32Array, note: string }} Row */

/** @param {string} file @param {number} count @param {string} engine @param {number} threads @returns {Row | string} */
function runOurs(file, count, engine, threads) {
  const out = join(folder, "labels");
  const script = join(import.meta.dirname, "discovery-run.mjs");
  const args = [script, file, String(count), threshold, engine, String(threads), out];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: twoHours });
  if (run.status !== 0) return run.stderr.trim();
  const result = JSON.parse(run.stdout);
  return {
    engine: engine === "native" ? `native, ${threads} thread${threads === 1 ? "" : "s"}` : engine,
    seconds: result.seconds,
    memory: result.beyond_mb,
    labels: readLabels(out),
    note: `longest stall ${result.stall_ms.toFixed(0)} ms, without progress ${(100 * result.progress_gap).toFixed(0)} %`,
  };
}

/** @param {string} file @param {number} count @param {string} engine @returns {Row | string} */
function runPeer(file, count, engine) {
  const out = join(folder, "labels");
  const args = [join(import.meta.dirname, "discovery-peers.py"), file, String(count), threshold, engine, out];
  const run = spawnSync("/usr/bin/python3", args, { encoding: "utf8", timeout: twoHours });
  if (run.error) return "missing: /usr/bin/python3";
  if (run.status === 3) return `missing: Debian's package python3-${engine}`;
  if (run.status !== 0) return run.stderr.trim().split("\n").at(-1) ?? "failed";
  const [seconds, memory] = run.stdout.trim().split(" ").map(Number);
  return { engine, seconds: seconds ?? 0, memory: memory ?? 0, labels: readLabels(out), note: "memory: whole process" };
}

/** @param {string} file */
function readLabels(file) {
  const bytes = readFileSync(file);
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Whether two labellings are one partition. @param {Int32Array} a @param {Int32Array} b */
function samePartition(a, b) {
  const there = new Map();
  const back = new Map();
  return a.every((label, k) => {
    if (!there.has(label)) there.set(label, b[k]);
    if (!back.has(b[k])) back.set(b[k], label);
    return there.get(label) === b[k] && back.get(b[k]) === label;
  });
}

console.log(
  `${cpus()[0]?.model}, ${availableParallelism()} processors, Node ${process.version}, threshold ${threshold}\n`,
);
console.log(
  "| faces | clusters | engine | seconds | times ours | MB | same partition | |\n|---|---|---|---|---|---|---|---|",
);
for (const count of sizes) {
  const file = join(folder, `faces-${count}`);
  const { data } = makeFaces(count, peopleFor(count));
  writeFileSync(file, new Uint8Array(data.buffer));
  const threads = Math.min(4, availableParallelism());
  const ours = runOurs(file, count, "native", threads);
  if (typeof ours === "string") throw new Error(ours);
  const rows = [ours, runOurs(file, count, "native", 1)];
  if (count <= 1_000) rows.push(runOurs(file, count, "ml-hclust", 1));
  if (count <= peersUpTo) for (const peer of ["fastcluster", "scipy", "sklearn"]) rows.push(runPeer(file, count, peer));
  const clusters = new Set(ours.labels).size;
  for (const row of rows) {
    if (typeof row === "string") console.log(`| ${count} | | ${row} | | | | | |`);
    else {
      const same = row === ours ? "" : samePartition(ours.labels, row.labels) ? "yes" : "NO";
      const times = (row.seconds / ours.seconds).toFixed(1);
      const figures = `${row.seconds.toFixed(2)} | ${times} | ${row.memory.toFixed(0)} | ${same} | ${row.note}`;
      console.log(`| ${count} | ${clusters} | ${row.engine} | ${figures} |`);
    }
  }
  rmSync(file);
}
rmSync(folder, { recursive: true });
