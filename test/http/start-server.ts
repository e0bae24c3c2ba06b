import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { HttpConfig } from "../../src/http/http-config.ts";
import { createServer, type ServerDeps } from "../../src/http/server.ts";
import type { System } from "../../src/operations/system/system.ts";
import { launchSystem, type SystemOptions } from "../helpers/open-system.ts";
import { makeScene, PICTURES } from "../make/scene.ts";

export const TOKEN = "correct-horse-battery-staple";

export function makeHttpConfig(overrides: Partial<HttpConfig> = {}): HttpConfig {
  return {
    host: "127.0.0.1",
    port: 0,
    token: null,
    auth: "token",
    frameAncestors: ["'self'"],
    publicUrl: null,
    ingressPort: null,
    ...overrides,
  };
}

interface Options extends SystemOptions, Partial<Pick<ServerDeps, "uiFolder" | "ingress">> {
  readonly config?: Partial<HttpConfig>;
  /** Exchanges parts of the system, so that they take long or fail. */
  readonly exchange?: (system: System) => Partial<System>;
}

/**
 * A server on a free port of this machine, with the real system of {@link makeScene} behind it; to be stopped by the
 * caller. Lines logged as errors are in `errors`.
 */
export async function launchServer({ config, env, exchange, ...options }: Options = {}) {
  const errors: string[] = [];
  const running = await launchSystem({ env: { STORAGE_FRAMES_DIR: PICTURES, ...env } });
  await makeScene(running);
  const { bus, system } = running;
  const server = createServer({
    system: { ...system, ...exchange?.(system) },
    bus,
    metrics: { contentType: "text/plain; version=0.0.4", render: async () => "faces2mqtt_faces_total 1\n" },
    version: "1.2.3",
    uiFolder: "/nowhere/ui",
    log: pino({ level: "error" }, { write: (line: string) => void errors.push(line) }),
    ...options,
    config: makeHttpConfig(config),
  });
  async function stop(): Promise<void> {
    await server.stop();
    await running.stop();
  }
  try {
    const { url, ingressUrl } = await server.start();
    return { ...running, url, ingressUrl, server, errors, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Like {@link launchServer}, stopped with its test. */
export async function startServer(options: Options = {}) {
  const running = await launchServer(options);
  onTestFinished(running.stop);
  return running;
}

/** Logs in as a browser does. */
export function login(url: string, token = TOKEN, headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ token });
  return fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

/** The JSON of a response, for tests that look at single keys. */
export async function readJson(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}
