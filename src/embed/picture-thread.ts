import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { FacesError } from "../domain/errors.ts";
import { type Gates, PictureError, type PictureFaces } from "../domain/pictures/snapshot.ts";
import type { RuntimeKind } from "./models/layout.ts";
import type { PictureMessage, PictureTask, PictureWork } from "./picture-worker.ts";

/** Loading takes a quarter of a second, on slow disks with WebAssembly ten. */
const LONGEST_START_MS = 60_000;
/** Of JavaScript's objects, of which there are few: pixels and weights lie outside it, bounded by the largest picture. */
const MOST_HEAP_MB = 128;

/** A thread with loaded weights. */
export interface PictureThread {
  readonly runtime: RuntimeKind;
  /** Resolves when it has ended, for whatever reason. */
  readonly died: Promise<ThreadDied>;
  /**
   * One picture at a time.
   * @throws {PictureError} when it cannot be taken.
   * @throws {ThreadDied} when the thread ended on it; it is gone then.
   */
  embed(picture: Uint8Array, gates: Gates, limitMs: number): Promise<PictureFaces>;
  end(): Promise<void>;
}

/** A thread ended, or was ended because it took too long. */
export class ThreadDied extends Error {}

/** @throws {FacesError} `MODELS_MISSING` when runtime or weights do not load. */
export async function startPictureThread(work: PictureWork, script: URL): Promise<PictureThread> {
  const worker = new Worker(script, {
    name: "pictures",
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  const died = new Promise<ThreadDied>((resolve) => {
    worker.on("error", (error: Error) => resolve(new ThreadDied(error.message, { cause: error })));
    worker.on("exit", (code) => resolve(new ThreadDied(`it ended with code ${code}`)));
  });
  const end = async (): Promise<void> => {
    await worker.terminate();
  };
  const answer = async (limitMs: number): Promise<PictureMessage> => {
    try {
      return await nextMessage(worker, limitMs);
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    runtime: await started(answer),
    died,
    async embed(picture, gates, limitMs) {
      // A copy of exactly these bytes: what is sent away is gone, and a view is sent with all that it is a view of.
      const task: PictureTask = { picture: Uint8Array.from(picture), gates };
      worker.postMessage(task, [task.picture.buffer]);
      const message = await answer(limitMs);
      if (message.kind === "done") return message.found;
      throw new PictureError(message.kind === "refused" ? message.reason : "it was not looked at");
    },
    end,
  };
}

async function started(answer: (limitMs: number) => Promise<PictureMessage>): Promise<RuntimeKind> {
  const message = await answer(LONGEST_START_MS).catch(
    (error: Error) => ({ kind: "failed", reason: error.message }) as const,
  );
  if (message.kind === "ready") return message.runtime;
  const reason = message.kind === "failed" ? message.reason : "unexpected answer";
  throw new FacesError("MODELS_MISSING", `pictures cannot be looked at: ${reason}. Run: faces2mqtt models`);
}

/**
 * Waits on nothing that outlives it: what waits on a promise of the thread's life would be kept with its answer as long.
 * @throws {ThreadDied} when the thread ends before, or takes longer than that.
 */
async function nextMessage(worker: Worker, limitMs: number): Promise<PictureMessage> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const [message] = await Promise.race([
      once(worker, "message", { signal }) as Promise<[PictureMessage]>,
      once(worker, "exit", { signal }).then(([code]) => Promise.reject(new ThreadDied(`it ended with code ${code}`))),
      setTimeout(limitMs, undefined, { signal }).then(() =>
        Promise.reject(new ThreadDied(`it took longer than ${limitMs / 1000} s`)),
      ),
    ]);
    return message;
  } catch (error) {
    // The thread's own error, if it threw one.
    throw error instanceof ThreadDied ? error : new ThreadDied((error as Error).message, { cause: error });
  } finally {
    waiting.abort();
  }
}
