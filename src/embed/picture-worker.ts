import { parentPort, workerData } from "node:worker_threads";
import { lowerPriority } from "../cluster/priority.ts";
import { type Gates, PictureError, type PictureFaces } from "../domain/pictures/snapshot.ts";
import type { RuntimeKind } from "./models/layout.ts";
import { openFaceFinder } from "./open-face-finder.ts";

/** What the thread is started with (its `workerData`). */
export interface PictureWork {
  readonly modelsDir: string;
  /** By preference; absent: native code, else WebAssembly. */
  readonly runtimes?: readonly RuntimeKind[];
}

/** What the thread is sent, one at a time. */
export interface PictureTask {
  readonly picture: Uint8Array<ArrayBuffer>;
  readonly gates: Gates;
}

/** What the thread sends: once `ready` or `failed`, then for each picture `done` or `refused`. Anything else ends it. */
export type PictureMessage =
  | { readonly kind: "ready"; readonly runtime: RuntimeKind }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "done"; readonly found: PictureFaces }
  | { readonly kind: "refused"; readonly reason: string };

/** Pictures one after another, in a thread that stays. */
async function work({ modelsDir, runtimes }: PictureWork): Promise<void> {
  const post = (message: PictureMessage): void => parentPort?.postMessage(message);
  lowerPriority();
  try {
    const { runtime, embed } = await openFaceFinder(modelsDir, runtimes);
    parentPort?.on("message", async ({ picture, gates }: PictureTask) => {
      try {
        post({ kind: "done", found: await embed(picture, gates) });
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        post({ kind: "refused", reason: error.message });
      }
    });
    post({ kind: "ready", runtime });
  } catch (error) {
    post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

if (parentPort) await work(workerData as PictureWork);
