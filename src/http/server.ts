import type { AddressInfo } from "node:net";
import type { FastifyBaseLogger } from "fastify";
import { StartRefused } from "../domain/errors.ts";
import type { Bus } from "../domain/events.ts";
import { httpExposure } from "../domain/network/exposure.ts";
import { toReachableHost } from "../domain/network/loopback.ts";
import type { System } from "../operations/system/system.ts";
import { createIngressGate, createLoginGate, createOpenGate } from "./access/gate.ts";
import { createSessions } from "./access/sessions.ts";
import type { Api } from "./api.ts";
import { createEventStream, type EventStream } from "./event-stream.ts";
import { buildHttpApp, type HttpAppDeps } from "./http-app.ts";
import { type HttpConfig, needsLogin } from "./http-config.ts";
import { type OpenRequests, watchOpenRequests } from "./open-requests.ts";
import type { MetricsText } from "./routes/monitoring.ts";

/** Where Home Assistant's Supervisor forwards ingress from. */
const INGRESS_ADDRESS = "172.30.32.2";
const SILENCE_MS = 60_000;
/** What is under way may finish; then connections are cut. */
const STOP_MS = 2000;

export interface ServerDeps {
  readonly system: System;
  readonly bus: Bus;
  readonly metrics: MetricsText;
  readonly config: HttpConfig;
  readonly version: string;
  /** What Vite built; may be missing. */
  readonly uiFolder: string;
  /** A pino logger. */
  readonly log: FastifyBaseLogger;
  /** For tests: where the ingress listener listens, and whom it trusts. */
  readonly ingress?: { readonly host: string; readonly trustedAddress: string };
}

export interface HttpServer {
  /**
   * Listens. `url` is the way in from this machine, without a slash at its end.
   * @throws {StartRefused} for an address that others reach, without a token; errors of `listen` (`EADDRINUSE`).
   */
  start(): Promise<{ url: string; ingressUrl?: string }>;
  /** Ends live events, lets what is under way finish for 2 s, closes. */
  stop(): Promise<void>;
}

/** The HTTP server: API, panel, and a listener of its own for Home Assistant's ingress where that is wanted. */
export function createServer(deps: ServerDeps): HttpServer {
  const { config, system, bus } = deps;
  const log = toQuietLog(deps.log);
  const running: Listening[] = [];
  let events: EventStream | null = null;

  async function listen(events: EventStream, door: Door): Promise<string> {
    const { app } = await buildHttpApp({
      ...deps,
      ...door,
      log,
      events,
      frameAncestors: config.frameAncestors,
      silenceMs: SILENCE_MS,
    });
    running.push({ app, requests: watchOpenRequests(app.server) });
    await app.listen({ host: door.host, port: door.port });
    return toUrl(app.server.address() as AddressInfo);
  }

  async function stop(): Promise<void> {
    events?.close();
    events = null;
    await Promise.all(running.splice(0).map(close));
  }

  return {
    async start() {
      const exposure = httpExposure(config);
      if (exposure !== null) throw new StartRefused(`http.host: ${exposure}`);
      events = createEventStream({ bus, system, log });
      try {
        const url = await listen(events, toMainDoor(config));
        if (config.ingressPort === null) return { url };
        const { host, trustedAddress } = deps.ingress ?? { host: "0.0.0.0", trustedAddress: INGRESS_ADDRESS };
        const gate = createIngressGate(trustedAddress);
        return { url, ingressUrl: await listen(events, { gate, login: null, host, port: config.ingressPort }) };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}

/** One of the servers that are up, or coming up. */
interface Listening {
  readonly app: Api;
  readonly requests: OpenRequests;
}

/** A way in: where it is, who keeps it, and how one logs in there. */
interface Door extends Pick<HttpAppDeps, "gate" | "login"> {
  readonly host: string;
  readonly port: number;
}

function toMainDoor(config: HttpConfig): Door {
  const { host, port, token } = config;
  if (!needsLogin(config) || token === null) return { host, port, login: null, gate: createOpenGate(config) };
  const sessions = createSessions(token);
  return { host, port, login: { token, sessions }, gate: createLoginGate(token, sessions) };
}

/** Fastify's own lines at info ("Server listening") say nothing that the daemon does not say itself. */
function toQuietLog(log: FastifyBaseLogger): FastifyBaseLogger {
  return ["trace", "debug", "info"].includes(log.level) ? log.child({}, { level: "warn" }) : log;
}

async function close({ app, requests }: Listening): Promise<void> {
  const closed = app.close();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_MS);
  });
  await Promise.race([requests.none(), late]);
  clearTimeout(timer);
  app.server.closeAllConnections();
  await closed;
}

function toUrl({ address, port }: AddressInfo): string {
  return `http://${toReachableHost(address)}:${port}`;
}
