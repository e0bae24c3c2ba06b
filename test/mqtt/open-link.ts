import { onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { type Bus, createBus } from "../../src/domain/events.ts";
import type { Log } from "../../src/domain/log.ts";
import { createProblems, type Problems } from "../../src/flow/watch/problems.ts";
import { createEmbeddedBroker } from "../../src/mqtt/link/embedded.ts";
import { createExternalConnection, type ExternalDeps } from "../../src/mqtt/link/external.ts";
import type { BrokerUser } from "../../src/mqtt/link/passwords.ts";
import type { IngestMessage, LinkHandlers, MqttLink, PictureMessage } from "../../src/mqtt/link/port.ts";
import { createRetainedTopics, type RetainedTopics } from "../../src/mqtt/retained-topics.ts";
import { createTopics, type Topics } from "../../src/mqtt/topics.ts";
import { HOME_ROLE_COMMANDS } from "../../src/operations/table.ts";
import { freePort } from "../helpers/free-port.ts";
import { type Mosquitto, type MosquittoOptions, startMosquitto } from "../helpers/mosquitto.ts";

export const FACE = "faces2mqtt/embedding/door";
export const PICTURE = "faces2mqtt/snapshot/door";

/** A link whose handlers only record. */
export interface TestLink {
  readonly link: MqttLink;
  readonly handlers: LinkHandlers;
  readonly retained: RetainedTopics;
  readonly url: string;
  readonly ingested: IngestMessage[];
  readonly pictures: PictureMessage[];
  readonly requests: string[];
  /** What the link logs, and why it was disconnected. */
  readonly logged: string[];
  /** What it reported as problems, over or not. */
  readonly reported: string[];
  connected: number;
  readonly problems: Problems;
  /** What ingest waits for. */
  hold: Promise<void>;
}

function createTestLink() {
  const opened = {
    ingested: [] as IngestMessage[],
    pictures: [] as PictureMessage[],
    requests: [] as string[],
    logged: [] as string[],
    connected: 0,
    reported: [] as string[],
    hold: Promise.resolve(),
  };
  const handlers: LinkHandlers = {
    async ingest(message) {
      opened.ingested.push(message);
      await opened.hold;
    },
    picture: (message) => void opened.pictures.push(message),
    request: (command, payload) => {
      opened.requests.push(`${command} ${Buffer.from(payload).toString()}`);
    },
  };
  const bus = createBus((error) => {
    throw error;
  });
  bus.on("connected", () => {
    opened.connected++;
  });
  bus.on("disconnected", ({ reason }) => void opened.logged.push(`disconnected: ${reason}`));
  const problems = createProblems(bus, systemClock);
  bus.on("problem", ({ message }) => {
    if (message !== null) opened.reported.push(message);
  });
  const write = (fields: object, message: string): void => {
    opened.logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const topics = createTopics("faces2mqtt", ["cams/+/faces"], ["cams/+/jpeg"]);
  return {
    opened: Object.assign(opened, { problems }),
    handlers,
    deps: { topics, bus, log: { info: write, warn: write } },
  };
}

function startRetained(link: MqttLink, deps: { topics: Topics; bus: Bus; log: Pick<Log, "info"> }): RetainedTopics {
  const retained = createRetainedTopics({ link, ...deps });
  retained.start();
  return retained;
}

export interface EmbeddedOptions {
  readonly users?: readonly BrokerUser[];
  readonly maxPacketBytes?: number;
}

export async function openEmbedded(options: EmbeddedOptions = {}): Promise<TestLink> {
  const { opened, handlers, deps } = createTestLink();
  const port = await freePort();
  const link = createEmbeddedBroker({
    host: "127.0.0.1",
    port,
    users: [],
    discoveryPrefix: "homeassistant",
    statusTopic: "homeassistant/status",
    homeCommands: HOME_ROLE_COMMANDS,
    maxPacketBytes: 265_536,
    ...options,
    ...deps,
  });
  const retained = startRetained(link, deps);
  await link.start(handlers);
  onTestFinished(() => link.stop());
  return Object.assign(opened, { link, handlers, retained, url: `mqtt://127.0.0.1:${port}` });
}

/** Connects to a broker; `connection` overrides the options. */
export async function openExternal(url: string, connection: Partial<ExternalDeps> = {}): Promise<TestLink> {
  const { opened, handlers, deps } = createTestLink();
  const link = createExternalConnection({
    url,
    username: null,
    password: null,
    clientId: "faces2mqtt_test",
    ca: null,
    cert: null,
    key: null,
    rejectUnauthorized: true,
    pictures: true,
    clock: systemClock,
    ...deps,
    ...connection,
  });
  const retained = startRetained(link, deps);
  await link.start(handlers);
  onTestFinished(() => link.stop());
  return Object.assign(opened, { link, handlers, retained, url });
}

/** With a Mosquitto of its own, connected and subscribed. */
export async function openWithMosquitto(
  options: MosquittoOptions = {},
): Promise<TestLink & { readonly mosquitto: Mosquitto }> {
  const mosquitto = await startMosquitto(options);
  const opened = await openExternal(mosquitto.url);
  await untilSubscribed(opened);
  return Object.assign(opened, { mosquitto });
}

/** The subscriptions of an external connection are acknowledged a moment after it is there. */
export async function untilSubscribed(opened: TestLink): Promise<void> {
  await until(() => opened.connected > 0);
  await pause(150);
}

export async function until(fits: () => boolean, ms = 10_000): Promise<void> {
  for (let tries = 0; tries < ms / 25; tries++) {
    if (fits()) return;
    await pause(25);
  }
  throw new Error("waited in vain");
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
