import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../../config/load.ts";
import { type CameraClient, openCameraClient } from "../../mqtt/link/camera-client.ts";
import { type CameraBrokerOptions, toCameraBroker } from "../camera-broker.ts";
import { CommandFailed } from "../command-failed.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { openProgress } from "../progress.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { openRecording, type Recording } from "./replay-lines.ts";

export interface ReplayOptions extends ConfigOption, CameraBrokerOptions {
  readonly baseTopic?: string;
  /** Payloads per second; defaults to as fast as they are acknowledged. */
  readonly rate?: number;
}

/** Most payloads that await their acknowledgement at a time. */
const INFLIGHT = 100;
/** Bad lines that are printed one by one. */
const PRINTED = 20;

/**
 * Publishes recorded payloads, one JSON object a line, to `<base>/embedding/<camera>`.
 * Returns {@link EXIT.failed} when lines had to be left out.
 */
export async function replay(file: string, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const base = options.baseTopic ?? config.mqtt.baseTopic;
  const recording = await openRecording(file);
  const publisher = await openCameraClient(toCameraBroker(options, config)).catch((cause: unknown) => {
    throw new CommandFailed((cause as Error).message, { cause });
  });
  const startedAt = performance.now();
  try {
    const { published, bad } = await publishAll(recording, publisher, base, options.rate ?? null, terminal);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const stopped = terminal.stop.aborted ? "stopped: " : "";
    say(terminal, `${stopped}${published} published and acknowledged, ${bad} bad lines left out, ${seconds} s`);
    return bad > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await publisher.close();
  }
}

async function publishAll(
  recording: Recording,
  publisher: CameraClient,
  base: string,
  rate: number | null,
  terminal: Terminal,
): Promise<{ published: number; bad: number }> {
  const counts = { sent: 0, published: 0, bad: 0 };
  const inflight = new Set<Promise<void>>();
  let failure: unknown = null;
  const progress = openProgress(terminal, {
    total: recording.bytes,
    format: "{bar} {percentage}% | {published} published | {duration_formatted}",
    values: { published: 0 },
  });
  const startedAt = performance.now();
  try {
    for await (const { number, problem, text, camera } of recording.lines) {
      if (problem !== null) {
        counts.bad += 1;
        if (counts.bad <= PRINTED) complain(terminal, `line ${number}: ${problem}`);
        continue;
      }
      if (rate !== null) await pause(startedAt + (counts.sent / rate) * 1000, terminal.stop);
      if (terminal.stop.aborted || failure !== null) break;
      counts.sent += 1;
      const one: Promise<void> = publisher
        .publish(`${base}/embedding/${camera}`, text)
        .then(() => {
          counts.published += 1;
          progress.update(recording.bytesRead(), { published: counts.published });
        })
        .catch((cause: unknown) => {
          failure ??= new CommandFailed(`line ${number}: ${(cause as Error).message}`, { cause });
        })
        .finally(() => inflight.delete(one));
      inflight.add(one);
      if (inflight.size >= INFLIGHT) await race(inflight, terminal.stop);
    }
    if (!terminal.stop.aborted) await race([Promise.all(inflight)], terminal.stop);
  } finally {
    progress.stop();
  }
  if (counts.bad > PRINTED) complain(terminal, `and ${counts.bad - PRINTED} more bad lines`);
  if (failure !== null) throw failure;
  return counts;
}

async function pause(until: number, stop: AbortSignal): Promise<void> {
  const wait = until - performance.now();
  if (wait <= 0) return;
  // Ends early only by the signal, which the caller checks.
  await sleep(wait, undefined, { signal: stop }).catch(() => undefined);
}

/** Waits for the first of the promises, or the signal. */
async function race(promises: Iterable<Promise<unknown>>, stop: AbortSignal): Promise<void> {
  let wake = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    wake = resolve;
  });
  stop.addEventListener("abort", wake);
  await Promise.race([...promises, stopped]);
  stop.removeEventListener("abort", wake);
}
