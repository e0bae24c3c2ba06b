import { createServer } from "node:net";
import { Aedes } from "aedes";
import mqtt from "mqtt";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { type Bus, createBus } from "../../src/domain/events.ts";
import { type AnnouncerConfig, createAnnouncer } from "../../src/homeassistant/announcer.ts";
import { createExternalConnection } from "../../src/mqtt/link/external.ts";
import type { MqttLink } from "../../src/mqtt/link/port.ts";
import { createRetainedTopics, type RetainedTopics } from "../../src/mqtt/retained-topics.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import type { Store } from "../../src/store/port.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type HeldClock, makeClock } from "../make/clock.ts";
import { makeFaceToSave } from "../make/face.ts";

export interface Seen {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** A broker with a client that listens to everything, as Home Assistant would. */
export interface Broker {
  readonly url: string;
  /** All messages since the last `forget`, in order. */
  readonly seen: Seen[];
  /** Marks of systems whose earlier messages have all arrived. */
  readonly settled: ReadonlySet<string>;
  /** What a new subscriber gets. */
  retained(): Promise<Map<string, string>>;
  publish(topic: string, payload: string, retain?: boolean): Promise<void>;
  /** Until `condition` holds of what was seen; fails after 5 s. */
  until(condition: () => boolean): Promise<void>;
}

export async function startBroker(): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const server = createServer({ noDelay: true }, aedes.handle);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const url = `mqtt://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const client = await mqtt.connectAsync(url);
  const seen: Seen[] = [];
  const settled = new Set<string>();
  let marks = 0;
  client.on("message", (topic, payload, { retain }) => {
    if (topic === "settled/out") settled.add(payload.toString("utf8"));
    if (topic.startsWith("settled/")) return;
    seen.push({ topic, payload: payload.toString("utf8"), retain });
  });
  await client.subscribeAsync("#", { qos: 1 });
  onTestFinished(async () => {
    await client.endAsync(true);
    await new Promise<void>((done) => aedes.close(() => done()));
    server.close();
  });
  return {
    url,
    seen,
    settled,
    async retained() {
      const newcomer = await mqtt.connectAsync(url);
      const messages = new Map<string, string>();
      // Retained messages come in the order of publishing: after this one there are no more.
      const last = `settled/retained-${++marks}`;
      const complete = new Promise<void>((done) => {
        newcomer.on("message", (topic, payload, { retain }) => {
          if (topic === last) done();
          else if (retain) messages.set(topic, payload.toString("utf8"));
        });
      });
      await client.publishAsync(last, "x", { retain: true, qos: 1 });
      await newcomer.subscribeAsync("#", { qos: 1 });
      await complete;
      await client.publishAsync(last, "", { retain: true, qos: 1 });
      await newcomer.endAsync();
      return messages;
    },
    async publish(topic, payload, retain = false) {
      await client.publishAsync(topic, payload, { retain, qos: 1 });
    },
    async until(condition) {
      for (let tries = 0; !condition(); tries++) {
        if (tries > 2_500) throw new Error(`this never came; seen were ${JSON.stringify(seen, null, 1)}`);
        await new Promise((done) => setTimeout(done, 2));
      }
    },
  };
}

/** An announcer on a real store and a real connection; its clock is held. */
export interface System {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: HeldClock;
  readonly link: MqttLink;
  readonly announcer: ReturnType<typeof createAnnouncer>;
  readonly retained: RetainedTopics;
  /** Adds a person and emits it. */
  enrol(name: string): Promise<string>;
  rename(personId: string, name: string): Promise<void>;
  remove(personId: string): Promise<void>;
  face(camera: string): Promise<void>;
  /** Lets messages arrive, then time pass. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  readonly folder?: string;
  readonly config?: Partial<AnnouncerConfig>;
  readonly baseTopic?: string;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Started, but its clock stands: nothing is announced yet. */
export async function startSystem(
  broker: Broker,
  { folder = tempFolder(), config = {}, baseTopic = "faces2mqtt" }: SystemOptions = {},
): Promise<System> {
  const failures: unknown[] = [];
  const clock = makeClock();
  const bus = createBus((error) => failures.push(error));
  const store = await openStore({ folder, clock });
  const topics = createTopics(baseTopic);
  const link = createExternalConnection({
    url: broker.url,
    username: null,
    password: null,
    clientId: `faces2mqtt_${store.instance}`,
    ca: null,
    cert: null,
    key: null,
    rejectUnauthorized: true,
    pictures: false,
    topics,
    bus,
    clock: systemClock,
    log: quiet,
  });
  const retained = createRetainedTopics({ link, topics, bus, log: quiet });
  const announcer = createAnnouncer({
    link,
    retained,
    store,
    bus,
    system: { instance: store.instance, version: "1.0.0", topics, publicUrl: null, schedule: null },
    config: {
      enabled: true,
      discoveryPrefix: "homeassistant",
      statusTopic: "homeassistant/status",
      discoveryMode: "device",
      ...config,
    },
    clock,
    random: () => 0.5,
    log: { info: () => undefined, error: (fields) => failures.push(fields) },
  });
  const isConnected = new Promise<void>((done) => bus.on("connected", () => done()));
  const prefix = config.discoveryPrefix ?? "homeassistant";
  const isConfig = (topic: string): boolean => topic.startsWith(`${prefix}/`) && topic.endsWith("/config");
  const awaited = new Set([...(await broker.retained()).keys()].filter(isConfig));
  retained.start();
  announcer.start();
  const unsubscribe = link.subscribe(`${prefix}/#`, ({ topic, retain }) => {
    if (retain) awaited.delete(topic);
  });
  await link.start({ ingest: () => Promise.resolve(), picture: () => undefined, request: () => undefined });
  await isConnected;
  // Retained messages come when the broker has read them, and others may overtake them; the clock stands until all are here.
  await broker.until(() => awaited.size === 0);
  unsubscribe();

  const echoes = new Set<string>();
  link.subscribe("settled/in", ({ payload }) => echoes.add(Buffer.from(payload).toString("utf8")));
  // The subscription may still be on its way.
  let heard = false;
  for (let tries = 0; !heard && tries < 100; tries++) {
    await broker.publish("settled/in", "hello");
    heard = echoes.has("hello");
  }
  let round = 0;
  /** Everything under way in either direction has arrived, and what it set off too. */
  async function settle(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      const token = `${store.instance}-${++round}`;
      await broker.publish("settled/in", token);
      await broker.until(() => echoes.has(token));
      link.publish({ topic: "settled/out", payload: token });
      await broker.until(() => broker.settled.has(token));
      await new Promise(setImmediate);
    }
  }
  const nothing = { addedPeople: [], removedPeople: [], renamedPeople: [], addedEncodings: [], removedEncodings: [] };
  let stopped = false;
  const system: System = {
    store,
    bus,
    clock,
    link,
    announcer,
    retained,
    async enrol(name) {
      const { added } = await store.applyRegistryEdit({ ...nothing, addedPeople: [{ name, encodings: [] }] });
      const person = added[0];
      if (!person) throw new Error("no person was added");
      bus.emit("people", { changes: [{ kind: "enrolled", person }] });
      return person.personId;
    },
    async rename(personId, name) {
      const { before, person } = await store.rename(personId, name, false);
      bus.emit("people", { changes: [{ kind: "renamed", person, from: before.name }] });
    },
    async remove(personId) {
      const { person } = await store.remove(personId, "unassign");
      bus.emit("people", { changes: [{ kind: "removed", person, erased: false }] });
    },
    async face(camera) {
      for (const { face, cameraId } of await store.saveFaces([makeFaceToSave({ camera })])) {
        bus.emit("face", { face, cameraId });
      }
    },
    async pass(ms) {
      await settle();
      clock.advance(ms);
      await settle();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      announcer.stop();
      await link.stop();
      await store.close();
      if (failures.length > 0) throw new Error(`failed on the way: ${failures.map(String).join("; ")}`);
    },
  };
  onTestFinished(() => system.stop());
  return system;
}
