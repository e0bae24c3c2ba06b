import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import { loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import { silentLog } from "../../domain/log.ts";
import { type EmbedPicture, GATES, type Gate, PictureError, toSnapshotId } from "../../domain/pictures/snapshot.ts";
import { createEmbedder } from "../../embed/embedder.ts";
import { toModelsDir } from "../../embed/models/layout.ts";
import { requireModels } from "../../embed/models/require-models.ts";
import { type CameraClient, openCameraClient } from "../../mqtt/link/camera-client.ts";
import { toFacesMessages } from "../../wire/out/faces-message.ts";
import { type CameraBrokerOptions, toCameraBroker } from "../camera-broker.ts";
import { CommandFailed } from "../command-failed.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { openProgress } from "../progress.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { findPictures, type PictureToScan } from "./find-pictures.ts";

export interface ScanOptions extends ConfigOption, CameraBrokerOptions {
  /** Whose pictures they are; without it, the folders in the folder are named after their cameras. */
  readonly camera?: string;
  readonly baseTopic?: string;
}

/** Files that are reported one by one. */
const PRINTED = 20;

/** What looks at pictures. */
interface Pipeline {
  readonly embed: EmbedPicture;
  /** Pictures at once. */
  readonly workers: number;
  stop(): Promise<void>;
}

/** What became of the pictures so far. */
interface Tally {
  pictures: number;
  faces: number;
  readonly refused: Record<Gate, number>;
  unreadable: number;
}

/**
 * Looks at the pictures that are in a folder, and publishes their faces to the daemon as history: stored, without an event.
 * The ids are those of the pictures, so that a second scan adds nothing.
 * @returns {@link EXIT.failed} when pictures could not be read.
 * @throws {StartRefused} when weights or runtime are missing.
 */
export async function scan(
  folder: string,
  options: ScanOptions,
  terminal: Terminal,
  openPipeline = openModels,
): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  if (!(await stat(folder)).isDirectory()) throw new CommandFailed(`${folder} is no folder`);
  const pictures = await findPictures(folder, options.camera ?? null, terminal.stop);
  const pipeline = await openPipeline(config);
  const startedAt = performance.now();
  try {
    const publisher = await openCameraClient(toCameraBroker(options, config)).catch((cause: unknown) => {
      throw new CommandFailed((cause as Error).message, { cause });
    });
    try {
      const base = options.baseTopic ?? config.mqtt.baseTopic;
      const tally = await scanAll(pictures, { config, base, pipeline, publisher, terminal });
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      say(terminal, `${terminal.stop.aborted ? "stopped: " : ""}${toSummary(tally, pictures.length)}, ${seconds} s`);
      return tally.unreadable > 0 ? EXIT.failed : EXIT.done;
    } finally {
      await publisher.close();
    }
  } finally {
    await pipeline.stop();
  }
}

interface ScanDeps {
  readonly config: Config;
  readonly base: string;
  readonly pipeline: Pipeline;
  readonly publisher: CameraClient;
  readonly terminal: Terminal;
}

/** As many pictures at once as there are threads; each is done when its faces are acknowledged. */
async function scanAll(pictures: readonly PictureToScan[], deps: ScanDeps): Promise<Tally> {
  const { pipeline, terminal } = deps;
  const tally: Tally = { pictures: 0, faces: 0, refused: { score: 0, size: 0, norm: 0 }, unreadable: 0 };
  const progress = openProgress(terminal, {
    total: pictures.length,
    format: "{bar} {percentage}% | {value} of {total} pictures | {faces} faces | {eta_formatted} left",
    values: { faces: 0 },
  });
  const waiting = pictures.values();
  const stopped = new Promise<void>((resolve) => terminal.stop.addEventListener("abort", () => resolve()));

  async function work(): Promise<void> {
    for (const picture of waiting) {
      if (terminal.stop.aborted) return;
      await scanOne(picture, tally, deps);
      tally.pictures += 1;
      progress.update(tally.pictures, { faces: tally.faces });
    }
  }

  try {
    const working = Promise.all(Array.from({ length: pipeline.workers }, work));
    await Promise.race([working, stopped]);
    // When it is stopped, what is under way is not waited for.
    working.catch(() => undefined);
  } finally {
    progress.stop();
  }
  if (tally.unreadable > PRINTED) complain(terminal, `and ${tally.unreadable - PRINTED} more that could not be read`);
  return tally;
}

async function scanOne(
  { path, camera, takenAt }: PictureToScan,
  tally: Tally,
  { config, base, pipeline, publisher, terminal }: ScanDeps,
): Promise<void> {
  const { minScore, minFacePx, minNorm, maxPictureBytes, model } = config.snapshots;
  try {
    const { size } = await stat(path);
    if (size > maxPictureBytes) throw new PictureError(`it has ${size} bytes, at most ${maxPictureBytes} are taken`);
    const bytes = await readFile(path);
    const { faces } = await pipeline.embed(bytes, { minScore, minFacePx, minNorm });
    for (const { failed } of faces) if (failed !== null) tally.refused[failed] += 1;
    const source = await toSource(path, config.storage.framesDir);
    const of = { snapshotId: toSnapshotId(camera, bytes), camera, capturedAt: takenAt, model, history: true, source };
    for (const message of toFacesMessages(of, faces)) {
      await publisher.publish(`${base}/embedding/${toLevel(camera)}`, message);
    }
    tally.faces += faces.filter(({ failed }) => failed === null).length;
  } catch (error) {
    if (terminal.stop.aborted) return;
    const isItsOwn = error instanceof PictureError || (error as NodeJS.ErrnoException).path !== undefined;
    if (!isItsOwn) throw new CommandFailed(`${path}: ${(error as Error).message}`, { cause: error });
    tally.unreadable += 1;
    if (tally.unreadable <= PRINTED) complain(terminal, `${path}: ${(error as Error).message}`);
  }
}

/** The path, where the daemon may read it: inside `storage.frames_dir`. */
async function toSource(path: string, framesDir: string | null): Promise<string | null> {
  if (framesDir === null) return null;
  const [root, real] = await Promise.all([realpath(framesDir).catch(() => null), realpath(path)]);
  const inside = root === null ? ".." : relative(root, real);
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? null : real;
}

/** Other names do not fit into a topic; the camera in the payload counts anyway. */
const toLevel = (camera: string): string => (/^[^/+#\p{Cc}]+$/u.test(camera) ? camera : "scan");

function toSummary({ pictures, faces, refused, unreadable }: Tally, total: number): string {
  const reasons = GATES.filter((gate) => refused[gate] > 0).map((gate) => `${gate} ${refused[gate]}`);
  return [
    `${pictures === total ? total : `${pictures} of ${total}`} pictures`,
    `${faces} faces published and acknowledged`,
    `${GATES.reduce((sum, gate) => sum + refused[gate], 0)} not taken${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}`,
    `${unreadable} pictures could not be read`,
  ].join(", ");
}

async function openModels(config: Config): Promise<Pipeline> {
  const modelsDir = toModelsDir(config);
  const runtime = await requireModels(modelsDir, { worker: true });
  const { embed, state, stop } = createEmbedder({
    modelsDir,
    workers: config.snapshots.workers,
    log: silentLog,
    runtimes: [runtime],
  });
  return { embed, workers: state().mostWorkers, stop };
}
