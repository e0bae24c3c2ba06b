// Answers with its own number, in heights, and lives on; while it lives it counts in the first number of the last faces.
// A threshold of 9 makes it throw, 8 makes it end after the answer, 7 makes it wait for good.
import { parentPort, threadId } from "node:worker_threads";

let beats = null;
setInterval(() => beats && beats[0]++, 5);
parentPort.on("message", ({ encodings, threshold }) => {
  beats = encodings.data;
  if (threshold === 9) throw new Error("not this one");
  if (threshold === 7) return;
  parentPort.postMessage({
    kind: "done",
    labels: new Int32Array(),
    heights: Float64Array.of(threadId),
    joins: new Float64Array(),
  });
  if (threshold === 8) setTimeout(() => process.exit(4), 20);
});
