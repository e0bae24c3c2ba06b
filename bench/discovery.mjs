/**
 * Discovery beside scikit-learn and fastcluster, on the same made faces, in one run.
 *
 * usage: npm run build && node bench/discovery.mjs [SIZES] [--shapes A,B] [--runs N] [--peers A,B] [--peers-up-to N]
 *          [--threads N,M] [--dimension N] [--threshold T]
 * SIZES: comma-separated, default 1000,10000,50000. --shapes: bench, household, one-person, strangers (all by default).
 * --peers: fastcluster, sklearn, scipy (the first two by default); a peer can have a limit of its own, as in
 * sklearn:10000. They are asked up to 10,000 faces by default, because they keep all distances (fastcluster 10 GB at
 * 50,000). Without /usr/bin/python3 or its packages, says what is missing.
 *
 * With --runs all engines run one after another, so often; times are medians, and "times ours" is the median of
 * the ratios of each round, which other load on the machine disturbs less than the times.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeShape, SHAPES } from "./discovery-shapes.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shapes: { type: "string", default: SHAPES.join(",") },
    runs: { type: "string", default: "1" },
    peers: { type: "string", default: "fastcluster,sklearn" },
    "peers-up-to": { type: "string", default: "10000" },
    threads: { type: "string", default: String(Math.min(4, availableParallelism())) },
    dimension: { type: "string", default: "128" },
    threshold: { type: "string", default: "0.6" },
  },
});
const sizes = (positionals[0] ?? "1000,10000,50000").split(",").map(Number);
const shapes = values.shapes.split(",");
const unknown = shapes.filter((shape) => !SHAPES.includes(shape));
if (unknown.length > 0) throw new Error(`no such shape: ${unknown.join(", ")}; there are ${SHAPES.join(", ")}`);
const peers = values.peers.split(",").filter(Boolean);
const { threshold } = values;
const dimension = Number(values.dimension);
const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));
const labelsFile = join(folder, "labels");
const twoHours = 7_200_000;

/** @typedef {{ seconds: number, again?: number | null, processor: number, memory: number, labels: Int32Array, note?: string }} Run */
/** @typedef {{ name: string, once: (file: string, count: number) => Run | string }} Engine `once` gives the reason when it fails */

/** @param {string} engine @param {number} threads @returns {Engine} */
function ours(engine, threads) {
  return {
    name: engine === "native" ? `native, ${threads} thread${threads === 1 ? "" : "s"}` : engine,
    once(file, count) {
      const script = join(import.meta.dirname, "discovery-run.mjs");
      const args = [file, count, dimension, threshold, engine, threads, labelsFile].map(String);
      const run = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", timeout: twoHours });
      if (run.status !== 0) return /^\w*Error: .*/m.exec(run.stderr)?.[0] ?? (run.stderr.trim() || "too slow");
      const { stall_ms, progress_gap, ...result } = JSON.parse(run.stdout);
      const note = `longest stall ${stall_ms.toFixed(0)} ms, without progress ${(100 * progress_gap).toFixed(0)} %`;
      return { ...result, labels: readLabels(), note };
    },
  };
}

/** @param {string} peer @returns {Engine} */
function other(peer) {
  const [name, upTo = values["peers-up-to"]] = peer.split(":");
  return {
    name,
    once(file, count) {
      if (count > Number(upTo)) return "not asked";
      const args = [
        join(import.meta.dirname, "discovery-peers.py"),
        file,
        count,
        dimension,
        threshold,
        name,
        labelsFile,
      ];
      // A processor type that is set for another program would cost them speed.
      const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...env } = process.env;
      const run = spawnSync("/usr/bin/python3", args.map(String), { encoding: "utf8", timeout: twoHours, env });
      if (run.error) return "missing: /usr/bin/python3";
      if (run.status === 3) return `missing: Debian's package python3-${name}`;
      if (run.status !== 0) return run.stderr.trim().split("\n").at(-1) || "failed";
      return { ...JSON.parse(run.stdout), labels: readLabels(), note: "memory: whole process" };
    },
  };
}

function readLabels() {
  const bytes = readFileSync(labelsFile);
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

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Every engine once, `--runs` times. @param {Engine[]} engines @param {string} file @param {number} count */
function runRounds(engines, file, count) {
  const runs = engines.map(() => /** @type {(Run | string)[]} */ ([]));
  for (let round = 0; round < Number(values.runs); round++) {
    engines.forEach((engine, k) => {
      // What failed once fails again, after as long.
      const before = runs[k].at(-1);
      runs[k].push(typeof before === "string" ? before : engine.once(file, count));
    });
  }
  return runs;
}

/** @param {string} shape @param {number} count */
function compare(shape, count) {
  const file = join(folder, "faces");
  const { data } = makeShape(/** @type {import("./discovery-shapes.mjs").Shape} */ (shape), count, { dimension });
  writeFileSync(file, new Uint8Array(data.buffer));
  const engines = [...values.threads.split(",").map((threads) => ours("native", Number(threads))), ...peers.map(other)];
  const runs = runRounds(engines, file, count);
  const [first] = runs;
  const reference = runs.find(([run]) => typeof run !== "string")?.[0];
  runs.forEach((own, k) => {
    const failed = own.find((run) => typeof run === "string");
    if (failed === "not asked") return;
    const cells = [shape, count.toLocaleString("en"), "", engines[k].name, "", "", "", "", "", "", failed ?? ""];
    if (!failed) {
      const of = (/** @type {(run: Run) => number} */ value) => median(own.map(value));
      const ratios = own.flatMap((run, round) =>
        typeof first[round] === "string" ? [] : [run.seconds / first[round].seconds],
      );
      const labels = own.map((run) => run.labels);
      cells[2] = String(new Set(labels[0]).size);
      cells[4] = of((run) => run.seconds).toFixed(2);
      cells[5] = own[0].again ? of((run) => run.again).toFixed(2) : "";
      cells[6] = of((run) => run.processor).toFixed(2);
      cells[7] = ratios.length > 0 ? median(ratios).toFixed(2) : "";
      cells[8] = Math.max(...own.map((run) => run.memory)).toFixed(0);
      cells[9] = labels.every((each) => samePartition(reference.labels, each)) ? "yes" : "NO";
      cells[10] = own.at(-1)?.note ?? "";
    }
    console.log(`| ${cells.join(" | ")} |`);
  });
  rmSync(file);
}

console.log(`${cpus()[0]?.model}, ${availableParallelism()} processors, Node ${process.version}`);
console.log(
  `threshold ${threshold}, ${dimension} numbers, ${values.runs} round(s), medians of them; memory: the most\n`,
);
console.log(
  "| shape | faces | clusters | engine | seconds | again | processor s | times ours | MB | same partition | |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|---|");
try {
  for (const shape of shapes) for (const count of sizes) compare(shape, count);
} finally {
  rmSync(folder, { recursive: true });
}
