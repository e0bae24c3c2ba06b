import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Presets, SingleBar } from "cli-progress";
import { loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import { StartRefused } from "../../domain/errors.ts";
import { toReachableHost } from "../../domain/network/loopback.ts";
import { type CameraBroker, type CameraClient, openCameraClient } from "../../mqtt/link/camera-client.ts";
import { CommandFailed } from "../command-failed.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { openRecording, type Recording } from "./replay-lines.ts";

export interface ReplayOptions extends ConfigOption {
  /** The broker; defaults to the one of the configuration, with its login. */
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
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
  const publisher = await openCameraClient(toBroker(options, config)).catch((cause: unknown) => {
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
  const progress = openProgress(recording, terminal);
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
          progress.update(counts.published);
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

/** The broker of the options, or else of the configuration. */
function toBroker({ url, username, password }: ReplayOptions, { mqtt }: Config): CameraBroker {
  if (url !== undefined) return { url, username: username ?? null, password: password ?? null };
  if (mqtt.url !== null) {
    const read = (file: string | null) => (file === null ? undefined : readFileSync(file));
    const files = Object.entries({ ca: read(mqtt.ca), cert: read(mqtt.cert), key: read(mqtt.key) });
    const pems = Object.fromEntries(files.filter(([, content]) => content !== undefined));
    return {
      url: mqtt.url,
      username: username ?? mqtt.username,
      password: password ?? mqtt.password,
      tls: { rejectUnauthorized: mqtt.rejectUnauthorized, ...pems },
    };
  }
  const { host, port, users } = mqtt.embedded;
  if (port === 0) throw new StartRefused("mqtt.embedded.port is 0, any free one: say with --url which it is");
  const admin = users.find((user) => user.role === "admin");
  return {
    url: `mqtt://${toReachableHost(host)}:${port}`,
    username: username ?? admin?.username ?? null,
    password: password ?? admin?.password ?? null,
  };
}

/** A progress bar on a terminal. */
function openProgress(recording: Recording, { stderr }: Terminal): { update(published: number): void; stop(): void } {
  if (stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      stream: stderr as NodeJS.WritableStream,
      format: "{bar} {percentage}% | {published} published | {duration_formatted}",
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(recording.bytes, 0, { published: 0 });
  return { update: (published) => bar.update(recording.bytesRead(), { published }), stop: () => bar.stop() };
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
