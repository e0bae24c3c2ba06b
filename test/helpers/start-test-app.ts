import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { ConfigFile } from "../../src/config/schema.ts";
import type { Clock } from "../../src/domain/clock.ts";
import type { Embedder } from "../../src/domain/pictures/snapshot.ts";
import { createLog } from "../../src/logging.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { tempFolder } from "./temp-folder.ts";

type Overrides<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overrides<T[K]> }
    : T;

/** Settings as `config.yaml` has them. */
export type TestConfig = Overrides<ConfigFile>;

export interface TestAppOptions {
  readonly config?: TestConfig;
  /** Settings by environment variable, `FACES2MQTT_HTTP_PORT`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** What looks at pictures, without models. */
  readonly embedder?: Embedder;
  /** A stand-in for Home Assistant's Supervisor. */
  readonly supervisor?: { readonly url: string; readonly token: string };
  /** The data folder; a temporary one by default. */
  readonly folder?: string;
  /** External broker; else the embedded one listens on `mqttPort`. */
  readonly brokerUrl?: string;
  /** Any free port by default. */
  readonly mqttPort?: number;
  readonly httpPort?: number;
}

/** What tests use of a daemon, in this process or in one of its own. */
export interface TestHandle extends ApiClient {
  readonly mqttUrl: string;
  readonly mqttPort: number;
  readonly httpPort: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** All it has logged so far, one JSON object a line. */
  output(): string;
}

/** A daemon in the test's own process. */
export interface TestApp extends TestHandle {
  readonly folder: string;
  stop(): Promise<void>;
}

/**
 * Starts a daemon on real parts: configuration file, store, broker, HTTP. Only signals, exit codes and kills need a
 * process of their own; see `startDaemon`. It stops when the test is over.
 */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const {
    folder = tempFolder(),
    brokerUrl = null,
    mqttPort = 0,
    httpPort = 0,
    clock,
    embedder,
    supervisor = null,
  } = options;
  const own: TestConfig = {
    data_dir: folder,
    http: { port: httpPort },
    mqtt: brokerUrl === null ? { embedded: { port: mqttPort } } : { url: brokerUrl },
    // Faces of a test are discovered when it says so.
    discovery: { first_run: 0 },
    log: { level: "info", pretty: false },
  };
  const file = join(tempFolder(), "config.yaml");
  writeFileSync(file, stringify(merge(own, options.config ?? {})));
  const loaded = loadConfig({ file, environment: options.environment ?? {} });
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog(loaded.config.log, { interactive: false, destination });
  const app = createApp(loaded, {
    supervisor,
    version: "0.0.0-test",
    log,
    ...(clock ? { clock } : {}),
    ...(embedder ? { embedder } : {}),
  });
  onTestFinished(() => app.stop());
  const { panel: url, broker } = await app.start();
  const port = brokerUrl === null ? Number(/\d+$/.exec(broker)?.[0]) : mqttPort;
  return {
    ...createApiClient(url, loaded.config.http.token),
    folder,
    url,
    httpPort: Number(new URL(url).port),
    mqttUrl: brokerUrl ?? `mqtt://127.0.0.1:${port}`,
    mqttPort: port,
    output: () => lines.join(""),
    stop: app.stop,
  };
}

/** `over` wins; sections are merged, lists are not. */
function merge(base: object, over: object): object {
  const isSection = (value: unknown): value is object =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isSection(before) && isSection(value) ? merge(before, value) : value;
  }
  return result;
}
