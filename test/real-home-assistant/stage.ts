import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { freePort } from "../helpers/free-port.ts";
import { connectHass, type Hass } from "./hass.ts";
import { createHome, type Home } from "./home.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Something that can be stopped and started again on the same ports and files. */
export interface Part {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A system: broker, daemon and Home Assistant, each real, each to be restarted. */
export interface Stage {
  readonly hass: Hass;
  readonly home: Home | null;
  readonly broker: Part | null;
  readonly daemon: Part & { readonly url: string; configure(env: Readonly<Record<string, string>>): void };
  readonly mqttUrl: string;
  /** Configuration folder of Home Assistant. */
  readonly folder: string;
  /** A camera's (and anybody's) way to the broker. */
  readonly client: MqttClient;
  /** Asks the daemon over HTTP. */
  ask<T>(method: string, path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** More settings of the daemon, by environment variable without its prefix. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with Home Assistant's folder and the daemon's address before the first start. */
  readonly prepare?: (folder: string, daemonUrl: string) => void;
}

/** Whether the suite runs its own Home Assistant and broker; foreign ones are not restarted. */
export const startsItsOwn = !process.env.HASS_URL;

/** Everything runs when it resolves. Faces make events at once: the cooldown defaults to none. */
export async function openStage({ env = {}, prepare }: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-ha-"));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const mqttPort = await freePort();
    const broker = startsItsOwn ? createMosquitto(join(folder, "broker"), mqttPort) : null;
    if (broker) {
      await broker.start();
      ends.push(() => broker.stop());
    }
    const mqttUrl = process.env.MQTT_URL ?? `mqtt://127.0.0.1:${mqttPort}`;

    const daemon = createDaemon(join(folder, "data"), mqttUrl, await freePort(), env);
    ends.push(() => daemon.stop());

    const config = join(folder, "home");
    const home = startsItsOwn ? createHome(config, { http: await freePort(), mqtt: mqttPort }) : null;
    if (home) {
      cpSync(join(ROOT, "homeassistant/blueprints"), join(config, "blueprints"), { recursive: true });
      prepare?.(config, daemon.url);
      ends.push(() => home.stop());
    }
    await Promise.all([home?.start(), daemon.start()]);

    const client = await mqtt.connectAsync(mqttUrl, { reconnectPeriod: 200 });
    client.on("error", () => undefined);
    ends.push(() => client.endAsync(true));
    return {
      hass: connectHass(home?.url ?? process.env.HASS_URL ?? "", home?.token ?? process.env.HASS_TOKEN ?? ""),
      home,
      broker,
      daemon,
      mqttUrl,
      folder: config,
      client,
      ask: (method, path, body) => ask(`${daemon.url}/${path}`, method, body),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ask<T>(url: string, method: string, body?: object): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return JSON.parse(text || "null") as T;
}

/** A Mosquitto that keeps retained messages over a restart, as the one of Home Assistant does. */
function createMosquitto(folder: string, port: number): Part {
  const runner = createRunner();
  return {
    async start() {
      const config = `${folder}.conf`;
      writeFileSync(
        config,
        `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\npersistence true\npersistence_file ${folder.split("/").at(-1)}.db\npersistence_location ${resolve(folder, "..")}/\n`,
      );
      runner.run("mosquitto", ["-c", config]);
      await until(() => isListening(port), "mosquitto");
    },
    stop: () => runner.stop(),
  };
}

function createDaemon(folder: string, brokerUrl: string, port: number, first: Readonly<Record<string, string>>) {
  const runner = createRunner();
  const url = `http://127.0.0.1:${port}`;
  let env = first;
  return {
    url,
    configure(more: Readonly<Record<string, string>>) {
      env = { ...env, ...more };
    },
    async start() {
      const settings: Record<string, string> = {
        DATA_DIR: folder,
        HTTP_PORT: String(port),
        HTTP_PUBLIC_URL: `${url}/`,
        MQTT_URL: brokerUrl,
        RECOGNITION_COOLDOWN_SECONDS: "0",
        LOG_PRETTY: "false",
        ...env,
      };
      const variables = Object.entries(settings).map(([key, value]) => [`FACES2MQTT_${key}`, value]);
      runner.run(process.execPath, [join(ROOT, "dist/main.js")], Object.fromEntries(variables));
      await until(
        async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok === true,
        "the daemon",
        runner.output,
      );
    },
    stop: () => runner.stop(),
  };
}

function createRunner() {
  let child: ChildProcess | null = null;
  let text = "";
  return {
    output: () => text,
    run(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
      const foreign = Object.entries(process.env).filter(([key]) => !key.startsWith("FACES2MQTT_"));
      const env = { ...Object.fromEntries(foreign), ...more };
      child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
      child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
      child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    },
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const hard = setTimeout(() => child?.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(hard);
    },
  };
}

/** Until it holds; 30 s at most. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  more: () => string = () => "",
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what} ${more()}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
