import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { toSnapshotId } from "../../src/domain/pictures/snapshot.ts";
import { openFile } from "../../src/store/file/open-file.ts";
import { startDaemon } from "./daemon.ts";
import { connectClient } from "./mqtt-client.ts";
import { realFaces } from "./shared-data.ts";
import { tempFolder } from "./temp-folder.ts";
import { startWorkerProcess } from "./worker-process.ts";

interface Frame {
  readonly camera: string;
  readonly picture: Buffer;
  readonly snapshotId: string;
}

/** The first frames with real faces, each of them once. */
function readFrames(data: string, count: number): Frame[] {
  const sources = new Map(realFaces(data).map(({ source, camera }) => [source, camera]));
  return [...sources].slice(0, count).map(([source, camera]) => {
    const picture = readFileSync(join(data, "lfw/frames", source));
    return { camera, picture, snapshotId: toSnapshotId(camera, picture) };
  });
}

export interface SharedPictures {
  readonly brokerUrl: string;
  readonly modelsDir: string;
  /** The folder of real faces. */
  readonly data: string;
  readonly workers: number;
  readonly pictures: number;
  /** The id that the killed worker is started again under; by default its own. */
  readonly restartAs?: string;
}

/**
 * Workers in processes of their own share pictures. One of them is killed in between and started again: each
 * picture's faces are stored exactly once by a daemon that takes no pictures itself.
 */
export async function shareWithAKill(options: SharedPictures): Promise<void> {
  const { brokerUrl, modelsDir, data, workers, pictures, restartAs = "w0" } = options;
  const folder = tempFolder();
  const daemon = await startDaemon({ folder, brokerUrl });
  const start = (id: string) => startWorkerProcess(brokerUrl, id, modelsDir);
  const running = Array.from({ length: workers }, (_, id) => start(`w${id}`));
  await Promise.all(running.map((worker) => worker.connected()));
  const camera = await connectClient(brokerUrl);
  const seen = await connectClient(brokerUrl);
  await seen.subscribe("faces2mqtt/embedding/+");
  const frames = readFrames(data, pictures);
  await Promise.all(frames.map((frame) => camera.publish(`faces2mqtt/snapshot/${frame.camera}`, frame.picture)));
  await until(() => seen.seen.length >= pictures / 4, "a quarter of the pictures");
  await running[0]?.kill();
  running[0] = start(restartAs);
  const stored = (): string[] => storedUids(folder);
  const missing = (): Frame[] => {
    const done = new Set(stored().map((uid) => uid.slice(0, 16)));
    return frames.filter((frame) => !done.has(frame.snapshotId));
  };
  await until(
    () => missing().length === 0,
    "all pictures",
    () => running.map((worker) => worker.output()).join("\n"),
  );
  expect(await Promise.all(running.map((worker) => worker.stop()))).toEqual(running.map(() => 0));
  await daemon.stop();
  expect(new Set(stored()).size).toBe(stored().length);
  expect(stored().length).toBeGreaterThanOrEqual(frames.length);
}

function storedUids(folder: string): string[] {
  const database = openFile(join(folder, "faces2mqtt.db"), { readonly: true });
  const rows = database.prepare("SELECT uid FROM face_embeddings").all() as { uid: string }[];
  database.close();
  return rows.map((row) => row.uid);
}

async function until(condition: () => boolean, what: string, more = () => ""): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (condition()) return;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${what}\n${more()}`);
}
