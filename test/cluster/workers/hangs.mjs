import { parentPort } from "node:worker_threads";

parentPort?.postMessage({ kind: "progress", fraction: 0.1 });
for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
