import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * OpenCV in Python, for as long as it is not ended; null where it is missing. `PYTHON` names an interpreter with
 * `opencv-python-headless<5` (5 refuses the weights).
 * @param {import("../../src/embed/models/layout.ts").ModelsLayout} models
 */
export async function startOpenCv({ yunet, sface }) {
  const script = join(import.meta.dirname, "opencv-peer.py");
  const child = spawn(process.env.PYTHON ?? "python3", [script, yunet, sface], { stdio: ["pipe", "pipe", "ignore"] });
  const failed = once(child, "error").catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await Promise.race([lines.next(), failed.then(() => ({ value: undefined }))]);
    return line.value === undefined ? null : JSON.parse(line.value);
  };
  const hello = await next();
  if (hello === null) return null;
  return {
    version: hello.version,
    /** @param {string} path @param {number} side */
    async look(path, side) {
      child.stdin.write(`${side} ${path}\n`);
      return await next();
    },
    end: () => child.stdin.end(),
  };
}
