import { Worker } from "node:worker_threads";
import type { OwnFigures } from "../../domain/study/own-figures.ts";
import type { FiguresInput } from "./measure-figures.ts";

/** Hundreds of people take seconds; a thread that takes this long hangs. */
const LONGEST_MS = 120_000;

/**
 * {@link measureFigures} away from the event loop, in a thread that is gone with all its memory when the promise settles.
 * Rejects when the thread throws or hangs. Encodings on a SharedArrayBuffer are read in place.
 */
export async function measureInThread(input: FiguresInput): Promise<OwnFigures> {
  const worker = new Worker(script(), { name: "own figures", workerData: input });
  try {
    return await new Promise<OwnFigures>((resolve, reject) => {
      const watchdog = setTimeout(() => reject(new Error("own figures: their thread hangs")), LONGEST_MS);
      worker.on("message", resolve);
      worker.on("error", reject);
      worker.on("exit", (code) => {
        clearTimeout(watchdog);
        reject(new Error(`own figures: their thread ended with code ${code} before it was done`));
      });
    });
  } finally {
    await worker.terminate();
  }
}

/** When the sources run (in tests), the thread runs the build: Node 20 cannot load TypeScript. */
function script(): URL {
  const built = import.meta.url.endsWith(".ts") ? "../../../dist/recognize/figures/" : "./";
  return new URL(`${built}figures-worker.js`, import.meta.url);
}
