import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { onTestFinished } from "vitest";
import { createApiClient } from "./api-client.ts";
import { freePort } from "./free-port.ts";
import type { TestHandle } from "./start-test-app.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

export interface DaemonOptions {
  readonly folder: string;
  /** External broker; else the embedded one listens on `mqttPort`. */
  readonly brokerUrl?: string;
  /** More settings, by environment variable without its prefix: `{ RECOGNITION_COOLDOWN_SECONDS: "0" }`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly mqttPort?: number;
  readonly httpPort?: number;
}

/** A real daemon in a process of its own. */
export interface Daemon extends TestHandle {
  readonly process: ChildProcess;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts a daemon and waits until it is healthy; it is killed when the test is over. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const mqttPort = options.mqttPort ?? (await freePort());
  const httpPort = options.httpPort ?? (await freePort());
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("FACES2MQTT_"))),
    FACES2MQTT_DATA_DIR: options.folder,
    FACES2MQTT_HTTP_PORT: String(httpPort),
    // Faces of a test are discovered when it says so.
    FACES2MQTT_DISCOVERY_FIRST_RUN: "0",
    FACES2MQTT_LOG_LEVEL: "info",
    FACES2MQTT_LOG_PRETTY: "false",
    ...(options.brokerUrl
      ? { FACES2MQTT_MQTT_URL: options.brokerUrl }
      : { FACES2MQTT_MQTT_EMBEDDED_PORT: String(mqttPort) }),
  };
  for (const [key, value] of Object.entries(options.env ?? {})) env[`FACES2MQTT_${key}`] = value;
  mkdirSync(options.folder, { recursive: true });
  const child = spawn(process.execPath, [MAIN], { env, cwd: options.folder, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${httpPort}`;

  const daemon: Daemon = {
    ...createApiClient(url),
    process: child,
    mqttUrl: options.brokerUrl ?? `mqtt://127.0.0.1:${mqttPort}`,
    mqttPort,
    httpPort,
    url,
    output: () => chunks.join(""),
    async stop() {
      child.kill("SIGTERM");
      return await exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`the daemon ended with ${child.exitCode}:\n${chunks.join("")}`);
    const healthy = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return daemon;
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`the daemon did not become healthy:\n${chunks.join("")}`);
}
