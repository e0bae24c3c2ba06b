// Stands for a thread that finds no memory beside another: only the first of a folder starts.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parentPort, threadId, workerData } from "node:worker_threads";

try {
  mkdirSync(join(workerData.modelsDir, "first"));
  parentPort.postMessage({ kind: "ready", runtime: "web" });
  parentPort.on("message", ({ picture }) => {
    const found = { width: threadId, height: picture.length, faces: [] };
    setTimeout(() => parentPort.postMessage({ kind: "done", found }), 50);
  });
} catch {
  parentPort.postMessage({ kind: "failed", reason: "no memory" });
}
