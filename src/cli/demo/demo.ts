import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import type { Config } from "../../config/schema.ts";
import { describeDiscovery, describeEvent } from "../../demo/words.ts";
import { createLog } from "../../logging.ts";
import { openSubscriber } from "../../mqtt/link/subscriber.ts";
import { createTopics } from "../../mqtt/topics.ts";
import type { DiscoveryJson, RecognitionEventJson } from "../../wire/out/schemas.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { startApp } from "../start-app.ts";
import { complain, say, type Terminal } from "../terminal.ts";
import { startCameras } from "./demo-cameras-process.ts";
import { buildDemoConfig, type DemoPorts } from "./demo-config.ts";

export interface DemoOptions extends DemoPorts {
  /** How many times faster than a day in three minutes a day passes. */
  readonly pace: number;
  /** Days of visitors at the start. */
  readonly past: number;
  /** Days to come. */
  readonly days: number;
  /** Another text makes other people. */
  readonly seed: string;
}

/**
 * Runs the daemon in a temporary folder, with cameras that see people who do not exist, until `terminal.stop` aborts. Prints
 * what happens, one line each.
 * @throws {StartRefused} when it must not run, `CommandFailed` when the cameras fail.
 */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-demo-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  terminal.onCrash((error) => {
    complain(terminal, `the demo crashed: ${error instanceof Error ? error.stack : String(error)}`);
    remove();
  });
  try {
    await play(folder, options, terminal);
  } finally {
    remove();
  }
  return EXIT.done;
}

async function play(
  folder: string,
  { pace, past, days, seed, ...ports }: DemoOptions,
  terminal: Terminal,
): Promise<void> {
  const { loaded, moved } = await buildDemoConfig(folder, { ...ports, pace }, terminal);
  const { config } = loaded;
  const interactive = terminal.stdout.isTTY === true;
  const ends: (() => Promise<void>)[] = [];
  try {
    const app = await startApp(loaded, createLog(config.log, { interactive }));
    ends.push(app.stop);
    const url = toBroker(config.mqtt);
    const print = (line: string, loud = false): void => {
      const time = new Date().toTimeString().slice(0, 8);
      say(terminal, `${time}  ${loud && interactive ? styleText("bold", line) : line}`);
    };
    say(terminal, "The daemon runs. Visitors of the last days are being drawn …");
    const listener = await listen(url, config, print);
    ends.push(listener.close);
    let greeted = false;
    const cameras = startCameras(
      { url, baseTopic: config.mqtt.baseTopic, frames: join(folder, "frames"), seed, pace, past, days },
      terminal,
      (line) => {
        print(line);
        if (!greeted) say(terminal, greet(config, pace, moved));
        greeted = true;
      },
    );
    ends.push(cameras.stop);
    // The panel stays open after the cameras' last day.
    await Promise.race([untilAsked(terminal.stop), cameras.ended.then(() => untilAsked(terminal.stop))]);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function untilAsked(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, "abort");
}

/** Prints events and discoveries as they are published. */
async function listen(url: string, config: Config, print: (line: string, loud?: boolean) => void) {
  const topics = createTopics(config.mqtt.baseTopic);
  return await openSubscriber(url, [topics.event, topics.bridgeDiscovery], (topic, payload) => {
    const message: unknown = JSON.parse(payload.toString());
    if (topic === topics.event) {
      const event = message as RecognitionEventJson;
      const line = describeEvent(event);
      if (line !== null) print(line, event.event_type === "recognized");
    } else {
      const line = describeDiscovery(message as DiscoveryJson);
      if (line !== null) print(line, true);
    }
  });
}

function toBroker({ embedded }: Config["mqtt"]): string {
  return `mqtt://127.0.0.1:${embedded.port}`;
}

/** The addresses, and the first three steps for a new user. */
function greet({ http, mqtt }: Config, pace: number, moved: readonly number[]): string {
  const panel = http.publicUrl ?? `http://127.0.0.1:${http.port}`;
  const taken = `\n           (not the usual ${moved.join(" and ")}, which something else on this machine uses)`;
  return `
  Panel    ${panel}
  Broker   ${toBroker(mqtt)}${moved.length > 0 ? taken : ""}

  1. Open the panel and press Discover: faces that look alike become groups.
  2. Type a name under one of the large groups. Any name.
  3. ${pace < 1 ? "Some time later" : "Within a minute"} that person passes a camera: you see it here, under Activity, and on MQTT.

  Ctrl-C ends it. Everything is in a temporary folder that is deleted then.
`;
}
