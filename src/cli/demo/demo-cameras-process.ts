import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CommandFailed } from "../command-failed.ts";
import type { Terminal } from "../terminal.ts";

/** Options of the command `demo-cameras`. */
export interface DemoCamerasOptions {
  readonly url: string;
  readonly baseTopic: string;
  /** Folder that frames are written to. */
  readonly frames: string;
  readonly seed: string;
  /** How many times faster than usual a day goes by. */
  readonly pace: number;
  /** Days of visitors before today. */
  readonly past: number;
  /** Days to come. */
  readonly days: number;
}

/** The running cameras. */
export interface CamerasProcess {
  /** Resolves when they have published their last face or were stopped; rejects when they fail. */
  readonly ended: Promise<void>;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../main.js", import.meta.url));
const STOP_MS = 1_500;

/** Starts `demo-cameras` as a process of its own; `onLine` gets the lines of its stdout, `terminal.stderr` its stderr. */
export function startCameras(
  options: DemoCamerasOptions,
  terminal: Pick<Terminal, "stderr">,
  onLine: (line: string) => void,
): CamerasProcess {
  const { baseTopic, ...others } = options;
  const args = Object.entries({ ...others, "base-topic": baseTopic }).map(([name, value]) => `--${name}=${value}`);
  const child = fork(MAIN, ["demo-cameras", ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  if (child.stdout) createInterface({ input: child.stdout }).on("line", onLine);
  child.stderr?.pipe(terminal.stderr, { end: false });
  let stopping = false;
  const gone = once(child, "close") as Promise<[number | null, string | null]>;
  const ended = gone.then(([code, signal]) => {
    if (!stopping && code !== 0) throw new CommandFailed(`the cameras ended with ${code ?? signal}`);
  });
  // Callers that only stop the cameras do not handle it.
  ended.catch(() => undefined);

  return {
    ended,
    async stop() {
      stopping = true;
      child.kill("SIGTERM");
      const cut = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(cut);
    },
  };
}
