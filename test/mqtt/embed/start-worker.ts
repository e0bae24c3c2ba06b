import { onTestFinished } from "vitest";
import { systemClock } from "../../../src/domain/clock.ts";
import { SFACE } from "../../../src/domain/model.ts";
import type { EmbedPicture, FoundFace } from "../../../src/domain/pictures/snapshot.ts";
import type { Counts } from "../../../src/mqtt/embed/counts.ts";
import { runWorker, type WorkerDeps } from "../../../src/mqtt/embed/worker.ts";
import { createTopics } from "../../../src/mqtt/topics.ts";

const JPEG = [0xff, 0xd8, 0xff, 0xe0];

/** What looks like a JPEG to those who see its first bytes only; the fake embedder finds `faces` in it. */
export function pictureOf(n: number, faces = 1): Buffer {
  return Buffer.concat([Buffer.from(JPEG), Buffer.from(JSON.stringify({ n, faces }))]);
}

/** What {@link pictureOf} was made of. */
export function readFake(picture: Uint8Array): { n: number; faces: number } {
  return JSON.parse(Buffer.from(picture.subarray(JPEG.length)).toString());
}

function foundFace(n: number): FoundFace {
  return {
    box: { x: 1, y: 2, width: 30, height: 40 },
    score: 0.9,
    failed: null,
    encoding: Float32Array.from({ length: 128 }, (_, i) => Math.sin(n + i) / 14),
    norm: 12,
    thumbnail: Buffer.from(JPEG),
  };
}

/** Finds what {@link pictureOf} says. */
export const fakeEmbed: EmbedPicture = async (picture) => {
  const { n, faces } = readFake(picture);
  return { width: 640, height: 480, faces: Array.from({ length: faces }, () => foundFace(n)) };
};

export interface TestWorker {
  /** How it ended. */
  readonly ended: Promise<Counts>;
  /** As SIGTERM does; resolves with what it did. */
  stop(): Promise<Counts>;
  readonly logged: string[];
  /** Resolves when it is subscribed. */
  connected(): Promise<void>;
}

/** A worker in the test's process. */
export function startWorker(
  url: string,
  id: string,
  options: Partial<WorkerDeps> & {
    readonly leave?: boolean;
    readonly username?: string;
    readonly password?: string;
  } = {},
): TestWorker {
  const stop = new AbortController();
  const logged: string[] = [];
  const watchers = new Set<() => void>();
  const write = (fields: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
    for (const watch of watchers) watch();
  };
  const { username = null, password = null, leave = false, ...deps } = options;
  const ended = runWorker(
    {
      broker: {
        url,
        username,
        password,
        rejectUnauthorized: true,
        ca: null,
        cert: null,
        key: null,
        clientId: `faces2mqtt_embed_${id}`,
      },
      topics: createTopics("faces2mqtt"),
      maxPictureBytes: 100_000,
      maxAgeMs: 60_000,
      embed: fakeEmbed,
      gates: { minScore: 0.8, minFacePx: 28, minNorm: 9 },
      model: SFACE,
      graceMs: 2_000,
      clock: systemClock,
      log: { info: write, warn: write },
      ...deps,
    },
    leave,
    stop.signal,
  );
  ended.catch(() => undefined);
  onTestFinished(() => stop.abort());
  return {
    ended,
    logged,
    stop() {
      stop.abort();
      return ended;
    },
    connected: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!logged.some((line) => line.startsWith("connected"))) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}
