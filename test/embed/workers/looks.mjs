// Stands for the thread that looks at pictures: what a picture says is what happens to it.
import { parentPort, threadId } from "node:worker_threads";

parentPort.postMessage({ kind: "ready", runtime: "web" });
parentPort.on("message", ({ picture }) => {
  const says = Buffer.from(picture).toString();
  if (says === "throws") throw new Error("a bug");
  if (says === "exits") process.exit(3);
  if (says === "hangs") for (;;);
  if (says === "eats") for (const all = []; ; ) all.push(new Array(2_000_000).fill(1.5));
  if (says === "refused") return parentPort.postMessage({ kind: "refused", reason: "it is no picture" });
  const found = { width: threadId, height: picture.length, faces: [] };
  setTimeout(() => parentPort.postMessage({ kind: "done", found }), says === "slow" ? 100 : 0);
});
