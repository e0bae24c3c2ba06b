import type { Logger } from "pino";
import type { LoadedConfig } from "../config/load.ts";
import { systemClock } from "../domain/clock.ts";
import { createBus } from "../domain/events.ts";
import { buildModels } from "../domain/model.ts";
import type { ReEncoding } from "../domain/pictures/re-encoding.ts";
import { createGaps } from "../flow/watch/gaps.ts";
import { createProblems } from "../flow/watch/problems.ts";
import type { AppContext } from "./context.ts";
import { openFrames } from "./face-flow.ts";
import { startReEncode } from "./re-encode.ts";
import { openStorage } from "./storage.ts";

export interface ReEncodeFolderOptions {
  readonly version: string;
  readonly log: Logger;
  readonly model: string;
  readonly dryRun: boolean;
  /** Cancels it. */
  readonly stop: AbortSignal;
  readonly onProgress: (run: ReEncoding) => void;
}

/**
 * Makes new encodings of the people of a data folder that no daemon works on, as the daemon would. Resolves with how it ended.
 * @throws {StartRefused} while a daemon runs on it; `INVALID_INPUT`, `MODELS_MISSING`
 */
export async function reEncodeFolder(
  { config, sources }: LoadedConfig,
  { version, log, model, dryRun, stop, onProgress }: ReEncodeFolderOptions,
): Promise<ReEncoding> {
  const bus = createBus((err, name) => log.error({ err, event: name }, "a listener failed"));
  const ends: (() => unknown)[] = [];
  const context: AppContext = {
    config,
    models: buildModels(config.models),
    version,
    startedAt: systemClock.now(),
    clock: systemClock,
    bus,
    problems: createProblems(bus, systemClock),
    gaps: createGaps(bus, systemClock),
    supervisor: null,
    log,
    onStop: (end) => ends.push(end),
  };
  try {
    const storage = await openStorage(context, sources);
    const reEncode = startReEncode(context, storage, { frames: openFrames(config) });
    const { enrolAgain: enrol } = storage.people.as({ via: "cli", user: null });
    bus.on("reEncode", onProgress);
    const cancel = () => void reEncode.cancel();
    stop.addEventListener("abort", cancel);
    const { done } = await reEncode.start({ model, dryRun, enrol });
    if (stop.aborted) cancel();
    return await done;
  } finally {
    for (const end of ends.splice(0).reverse()) await end();
  }
}
