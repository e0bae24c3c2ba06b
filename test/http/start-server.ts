import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Bus, createBus } from "../../src/domain/events.ts";
import type { HttpConfig } from "../../src/http/http-config.ts";
import { createServer, type ServerDeps } from "../../src/http/server.ts";
import { makeRequests } from "./make-requests.ts";

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

export function makeBus(): Bus {
  return createBus((error) => {
    throw error;
  });
}

type Overrides = Partial<Omit<ServerDeps, "config">> & { readonly config?: Partial<HttpConfig> };

/** A server on a free port of this machine, to be stopped by the caller. Lines logged as errors are in `errors`. */
export async function launchServer({ config, ...overrides }: Overrides = {}) {
  const errors: string[] = [];
  const requests = makeRequests();
  const bus = makeBus();
  const server = createServer({
    requests,
    bus,
    metrics: { contentType: "text/plain; version=0.0.4", render: async () => "faces2mqtt_faces_total 1\n" },
    version: "1.2.3",
    uiFolder: "/nowhere/ui",
    log: pino({ level: "error" }, { write: (line: string) => void errors.push(line) }),
    ...overrides,
    config: makeHttpConfig(config),
  });
  const { url, ingressUrl } = await server.start();
  return { url, ingressUrl, server, requests, bus, errors };
}

/** Like {@link launchServer}, stopped with its test. */
export async function startServer(overrides: Overrides = {}) {
  const running = await launchServer(overrides);
  onTestFinished(() => running.server.stop());
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
