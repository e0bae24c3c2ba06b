import { reEncodeFolder } from "../../app.ts";
import { loadConfig } from "../../config/load.ts";
import { FacesError, StartRefused } from "../../domain/errors.ts";
import { type ReEncoding, WHY_NOT_RE_ENCODED } from "../../domain/pictures/re-encoding.ts";
import { createLog } from "../../logging.ts";
import { lockDataFolder } from "../../store/file/lock.ts";
import { readVersion } from "../../version.ts";
import { needDatabase } from "../backup/data-folder.ts";
import { CommandFailed } from "../command-failed.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { openProgress } from "../progress.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { askDaemon } from "./ask-daemon.ts";

export interface ReEncodeOptions extends ConfigOption {
  readonly model: string;
  /** Only say who has pictures. */
  readonly dryRun?: boolean;
}

/** What is printed of a run, from the daemon or from here. */
interface Ended {
  readonly state: ReEncoding["state"];
  readonly faces: number;
  readonly failed: number;
  readonly enrolled: number;
  readonly error: string | null;
  readonly couldNot: readonly { readonly name: string; readonly faces: number; readonly reason: string }[];
}

/**
 * Makes encodings of all named people by another model: asks the daemon that runs on the data folder, else does it here.
 * @returns {@link EXIT.failed} when it failed as a whole
 */
export async function reEncode(options: ReEncodeOptions, terminal: Terminal): Promise<ExitCode> {
  const { model, dryRun = false } = options;
  const loaded = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const folder = needDatabase(loaded.config.dataDir);
  const progress = openProgress(terminal, {
    total: 0,
    format: "{bar} {percentage}% | {value} of {total} faces | {duration_formatted}",
    values: {},
  });
  const ended = await (isInUse(folder) ? ask() : work()).finally(progress.stop);
  if (ended.state === "failed") throw new CommandFailed(ended.error ?? "it failed for an unknown reason");
  for (const line of describe(ended, model, dryRun)) say(terminal, line);
  return EXIT.done;

  async function ask(): Promise<Ended> {
    const run = await askDaemon(loaded.config, { model, dry_run: dryRun }, terminal.stop, (one) =>
      progress.update(one.faces_done, {}, one.faces),
    );
    const couldNot = run.could_not.map(({ person: name, faces, reason }) => ({ name, faces, reason }));
    return { ...run, failed: run.faces_failed, couldNot };
  }

  async function work(): Promise<Ended> {
    const destination = { write: (line: string) => complain(terminal, line.trimEnd()) };
    const log = createLog({ ...loaded.config.log, level: "warn" }, { interactive: false, destination });
    const { stop } = terminal;
    const onProgress = (one: ReEncoding) => progress.update(one.facesDone, {}, one.faces);
    const run = await reEncodeFolder(loaded, { version: readVersion(), log, model, dryRun, stop, onProgress }).catch(
      (error: unknown) => {
        if (error instanceof FacesError) throw new StartRefused(error.message, { cause: error });
        throw error;
      },
    );
    const couldNot = run.couldNot.map(({ name, faces, failure }) => ({
      name,
      faces,
      reason: WHY_NOT_RE_ENCODED[failure],
    }));
    return { ...run, failed: run.facesFailed, couldNot };
  }
}

function isInUse(folder: string): boolean {
  try {
    lockDataFolder(folder).release();
    return false;
  } catch (error) {
    if (error instanceof StartRefused) return true;
    throw error;
  }
}

function describe({ state, faces, failed, enrolled, couldNot }: Ended, model: string, dryRun: boolean): string[] {
  if (state === "cancelled") return ["stopped: nothing was enrolled, and the next run goes on where this one stopped"];
  const could = `${faces - failed} of ${faces} faces`;
  return [
    dryRun
      ? `${could} have a frame or a thumbnail, or an encoding of the model ${model} already`
      : `${could} have an encoding of the model ${model}; ${enrolled === 1 ? "1 person" : `${enrolled} people`} got looks of it`,
    ...couldNot.map(({ name, faces: tried, reason }) => `${name} could not be done: ${reason} (faces: ${tried})`),
  ];
}
