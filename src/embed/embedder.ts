import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Log } from "../domain/log.ts";
import { type EmbedPicture, type Gates, PictureError, type PictureFaces } from "../domain/pictures/snapshot.ts";
import { builtScript } from "./built-script.ts";
import type { RuntimeKind } from "./models/layout.ts";
import { type PictureThread, startPictureThread, ThreadDied } from "./picture-thread.ts";

/** A thread without pictures for this long is ended; the next start takes a quarter of a second. */
const IDLE_MS = 60_000;
/** A picture that takes longer costs its thread its life. */
const LONGEST_MS = 30_000;
/** A picture that ended so many threads is not tried again. */
const MOST_DEATHS = 2;
/** How many of those are remembered. */
const MOST_REMEMBERED = 1_000;

export interface EmbedderOptions {
  /** The folder that `faces2mqtt models` fills: yunet.onnx, sface.onnx, runtime/. */
  readonly modelsDir: string;
  /** The most threads; `auto`: half of the processor's cores. */
  readonly workers: number | "auto";
  readonly log: Log;
  /** Which runtimes may be used, for tests and measurements; by default the first that loads. */
  readonly runtimes?: readonly RuntimeKind[];
  readonly idleMs?: number;
  readonly limitMs?: number;
  /** The script that the threads run. */
  readonly script?: URL;
}

export interface EmbedderState {
  /** What the last thread computed with; null: none has started yet. */
  readonly runtime: RuntimeKind | null;
  /** Threads that are alive, and the most that there may be. */
  readonly workers: number;
  readonly mostWorkers: number;
  /** Pictures being looked at, and waiting. */
  readonly busy: number;
  readonly queued: number;
}

/** Pictures → encodings in threads that are started on need and ended when idle. */
export interface Embedder {
  /** Pictures wait in one unbounded queue: give no more at a time than `state().mostWorkers`, or keep a queue of your own. */
  readonly embed: EmbedPicture;
  state(): EmbedderState;
  /** Ends all threads. Pictures that are not done reject with an error that is no `PictureError`. */
  stop(): Promise<void>;
}

interface Job {
  readonly picture: Uint8Array;
  readonly gates: Gates;
  deaths: number;
  resolve(found: PictureFaces): void;
  reject(error: unknown): void;
}

/** Starts nothing before the first picture. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { modelsDir, log, runtimes, idleMs = IDLE_MS, limitMs = LONGEST_MS } = options;
  const mostWorkers =
    options.workers === "auto" ? Math.max(1, Math.floor(availableParallelism() / 2)) : options.workers;
  const script = options.script ?? builtScript("picture-worker");
  const queue: Job[] = [];
  const threads = new Set<PictureThread>();
  const idle = new Map<PictureThread, NodeJS.Timeout>();
  const deadly = new Set<string>();
  let starting = 0;
  let runtime: RuntimeKind | null = null;
  let stopped = false;

  function dispatch(): void {
    for (const [thread, timer] of idle) {
      const job = queue.shift();
      if (job === undefined) return;
      clearTimeout(timer);
      idle.delete(thread);
      void run(thread, job);
    }
    while (starting < queue.length && threads.size + starting < mostWorkers) void start();
  }

  async function start(): Promise<void> {
    starting += 1;
    try {
      const thread = await startPictureThread({ modelsDir, ...(runtimes && { runtimes }) }, script);
      starting -= 1;
      if (stopped) return await thread.end();
      if (runtime !== thread.runtime) log.info({ runtime: thread.runtime }, "pictures: weights loaded");
      runtime = thread.runtime;
      threads.add(thread);
      void thread.died.then(() => forget(thread));
      rest(thread);
      dispatch();
    } catch (error) {
      starting -= 1;
      const { message: reason } = error as Error;
      if (threads.size > 0) log.warn({ reason }, "pictures: a further thread does not start");
      // Without any thread, none of those that wait would ever be looked at.
      else for (const job of queue.splice(0)) job.reject(error);
    }
  }

  async function run(thread: PictureThread, job: Job): Promise<void> {
    try {
      job.resolve(await thread.embed(job.picture, job.gates, limitMs));
    } catch (error) {
      if (error instanceof ThreadDied) {
        forget(thread);
        takeBack(job, error);
        return dispatch();
      }
      job.reject(error);
    }
    rest(thread);
    dispatch();
  }

  function rest(thread: PictureThread): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      forget(thread);
      void thread.end();
    }, idleMs);
    idle.set(thread, timer.unref());
  }

  function forget(thread: PictureThread): void {
    clearTimeout(idle.get(thread));
    idle.delete(thread);
    threads.delete(thread);
  }

  /** A job whose thread died is tried once more, before all others: the next thread may have been innocent of it. */
  function takeBack(job: Job, { message: reason }: ThreadDied): void {
    job.deaths += 1;
    if (stopped) {
      job.reject(stoppedError());
      return;
    }
    log.warn({ reason, times: job.deaths }, "pictures: a thread died on a picture");
    if (job.deaths < MOST_DEATHS) {
      queue.unshift(job);
      return;
    }
    const [oldest] = deadly;
    if (deadly.size >= MOST_REMEMBERED && oldest !== undefined) deadly.delete(oldest);
    deadly.add(toHash(job.picture));
    job.reject(new PictureError(`looking at the picture failed ${MOST_DEATHS} times: ${reason}`));
  }

  return {
    embed: (picture, gates) =>
      new Promise((resolve, reject) => {
        if (stopped) throw stoppedError();
        if (deadly.size > 0 && deadly.has(toHash(picture))) {
          throw new PictureError(`looking at the picture failed ${MOST_DEATHS} times before`);
        }
        queue.push({ picture, gates, deaths: 0, resolve, reject });
        dispatch();
      }),
    state: () => ({
      runtime,
      workers: threads.size + starting,
      mostWorkers,
      busy: threads.size - idle.size,
      queued: queue.length,
    }),
    async stop() {
      stopped = true;
      for (const timer of idle.values()) clearTimeout(timer);
      for (const job of queue.splice(0)) job.reject(stoppedError());
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

function stoppedError(): Error {
  return new Error("no pictures are looked at any more: it is being stopped");
}

function toHash(picture: Uint8Array): string {
  return createHash("sha256").update(picture).digest("base64");
}
