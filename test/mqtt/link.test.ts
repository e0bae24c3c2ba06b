import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { createEmbeddedBroker } from "../../src/mqtt/embedded.ts";
import { createExternalConnection } from "../../src/mqtt/external.ts";
import type { BrokerUser } from "../../src/mqtt/passwords.ts";
import type { InMessage, LinkHandlers, MqttLink } from "../../src/mqtt/port.ts";
import { createTopics } from "../../src/mqtt/topics.ts";
import { freePort } from "../helpers/free-port.ts";
import { hasMosquitto, type Mosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";

const topics = createTopics("faces2mqtt", ["cams/+/faces"]);
const FACE = "faces2mqtt/embedding/door";
const log = { info: () => undefined, warn: () => undefined };

interface House {
  readonly link: MqttLink;
  readonly url: string;
  /** null with the embedded broker */
  readonly mosquitto: Mosquitto | null;
  readonly ingested: InMessage[];
  readonly requests: string[];
  connected: number;
  /** What ingest waits for. */
  hold: Promise<void>;
}

interface Options {
  readonly users?: readonly BrokerUser[];
  readonly maxPayloadBytes?: number;
}

async function open(kind: string, options: Options = {}): Promise<House> {
  const mosquitto = kind === "embedded" ? null : await startMosquitto();
  const port = await freePort();
  const house = {
    mosquitto,
    url: mosquitto?.url ?? `mqtt://127.0.0.1:${port}`,
    ingested: [] as InMessage[],
    requests: [] as string[],
    connected: 0,
    hold: Promise.resolve(),
  };
  const handlers: LinkHandlers = {
    async ingest(message) {
      house.ingested.push(message);
      await house.hold;
    },
    request: (command, payload) => {
      house.requests.push(`${command} ${Buffer.from(payload).toString()}`);
    },
    connected: () => {
      house.connected++;
    },
    disconnected: () => undefined,
  };
  const link = mosquitto
    ? createExternalConnection({
        url: mosquitto.url,
        username: null,
        password: null,
        clientId: "faces2mqtt_test",
        ca: null,
        cert: null,
        key: null,
        rejectUnauthorized: true,
        topics,
        handlers,
        clock: systemClock,
        log,
      })
    : createEmbeddedBroker({
        host: "127.0.0.1",
        port,
        users: options.users ?? [],
        topics,
        discoveryPrefix: "homeassistant",
        statusTopic: "homeassistant/status",
        maxPayloadBytes: options.maxPayloadBytes ?? 100_000,
        handlers,
        log,
      });
  await link.start();
  onTestFinished(() => link.stop());
  const all: House = Object.assign(house, { link });
  await until(() => all.connected > 0);
  // The subscriptions of an external connection are acknowledged a moment after it is there.
  await new Promise((done) => setTimeout(done, mosquitto ? 150 : 0));
  return all;
}

async function until(fits: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (fits()) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("waited in vain");
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const kinds = hasMosquitto ? ["embedded", "Mosquitto"] : ["embedded"];

describe.each(kinds)("the link to a broker (%s)", (kind) => {
  it("hands over faces of all ingest topics, with what their sender is", async () => {
    const house = await open(kind);
    const camera = await connectClient(house.url);
    await camera.publish(FACE, "one");
    await camera.publish("cams/garden/faces", "two");
    await until(() => house.ingested.length === 2);
    expect(house.ingested.map(({ topic, retain, will, onlyCamera }) => ({ topic, retain, will, onlyCamera }))).toEqual([
      { topic: FACE, retain: false, will: false, onlyCamera: null },
      { topic: "cams/garden/faces", retain: false, will: false, onlyCamera: null },
    ]);
  });

  it("hands over requests, but no retained ones", async () => {
    const house = await open(kind);
    const client = await connectClient(house.url);
    await client.publish("faces2mqtt/bridge/request/delete", "{}", { retain: true });
    await client.publish("faces2mqtt/bridge/request/discover", '{"wait":true}');
    await until(() => house.requests.length > 0);
    await pause(100);
    // A broker takes the retain flag off for whoever is subscribed already: then it is a request like any other.
    const expected = kind === "embedded" ? [] : ["delete {}"];
    expect(house.requests).toEqual([...expected, 'discover {"wait":true}']);
  });

  it("tells whoever comes later its retained states, and events to nobody later", async () => {
    const house = await open(kind);
    house.link.publish({ topic: "faces2mqtt/person/anna/state", payload: "state", retain: true, qos: 1 });
    house.link.publish({ topic: "faces2mqtt/event", payload: "event", retain: false, qos: 1 });
    await pause(100);
    const late = await connectClient(house.url);
    await late.subscribe("faces2mqtt/#");
    await late.waitFor((message) => message.topic.endsWith("anna/state") && message.retain, "the state");
    const online = await late.waitFor((message) => message.topic === "faces2mqtt/bridge/state", "the bridge's state");
    expect(online.text).toBe('{"state":"online"}');
    expect(late.seen.some((message) => message.topic === "faces2mqtt/event")).toBe(false);
    house.link.publish({ topic: "faces2mqtt/person/anna/state", payload: "", retain: true, qos: 1 });
    await late.waitFor((message) => message.topic.endsWith("anna/state") && message.text === "", "the cleared state");
    const later = await connectClient(house.url);
    await later.subscribe("faces2mqtt/#");
    await later.waitFor((message) => message.topic === "faces2mqtt/bridge/state", "the bridge's state");
    expect(later.seen.some((message) => message.topic.endsWith("anna/state"))).toBe(false);
  });

  it("lets others listen to topics", async () => {
    const house = await open(kind);
    const heard: string[] = [];
    const stop = house.link.subscribe("homeassistant/status", (message) => {
      heard.push(Buffer.from(message.payload).toString());
    });
    await pause(100);
    const client = await connectClient(house.url);
    await client.publish("homeassistant/status", "online");
    await until(() => heard.length === 1);
    stop();
    await pause(100);
    await client.publish("homeassistant/status", "offline");
    await pause(100);
    expect(heard).toEqual(["online"]);
  });

  it("says offline when it stops", async () => {
    const house = await open(kind);
    const client = await connectClient(house.url);
    await client.subscribe("faces2mqtt/bridge/state");
    await house.link.stop();
    await client.waitFor((message) => message.text === '{"state":"offline"}', "the last word");
    expect(house.link.state).toBe("stopped");
  });
});

describe("the embedded broker", () => {
  it("acknowledges a face only when it is stored, and not at all when it cannot be", async () => {
    const house = await open("embedded");
    const { promise, resolve } = withResolvers();
    house.hold = promise;
    const camera = await connectClient(house.url);
    let acknowledged = false;
    const sent = camera.publish(FACE, "face").then(() => {
      acknowledged = true;
    });
    await until(() => house.ingested.length === 1);
    await pause(200);
    expect(acknowledged).toBe(false);
    resolve();
    await sent;

    house.hold = Promise.reject(new Error("disk full"));
    house.hold.catch(() => undefined);
    const other = await connectClient(house.url);
    const refused = other.publish(FACE, "face").then(
      () => "acknowledged",
      () => "not acknowledged",
    );
    await until(() => !other.client.connected);
    other.client.end(true);
    expect(await refused).toBe("not acknowledged");
  });

  it("takes no retained face and no last will, tells that they were, and hands them to nobody", async () => {
    const house = await open("embedded");
    const watcher = await connectClient(house.url);
    await watcher.subscribe("faces2mqtt/embedding/#");
    const camera = await connectClient(house.url, {
      will: { topic: FACE, payload: Buffer.from("will"), qos: 1, retain: false },
    });
    await camera.publish(FACE, "retained", { retain: true });
    camera.client.stream.destroy();
    await until(() => house.ingested.length === 2);
    expect(house.ingested.map(({ retain, will }) => ({ retain, will }))).toEqual([
      { retain: true, will: false },
      { retain: false, will: true },
    ]);
    const late = await connectClient(house.url);
    await late.subscribe("faces2mqtt/embedding/#");
    await pause(150);
    expect(late.seen).toEqual([]);
  });

  const users: BrokerUser[] = [
    { username: "door", password: "camera secret", role: "camera" },
    { username: "ha", password: "home secret", role: "home" },
    { username: "me", password: "admin secret", role: "admin" },
  ];

  it("lets nobody in without the right password", async () => {
    const house = await open("embedded", { users });
    await expect(connectClient(house.url)).rejects.toThrow();
    await expect(connectClient(house.url, { username: "door", password: "wrong" })).rejects.toThrow();
    await expect(connectClient(house.url, { username: "nobody", password: "camera secret" })).rejects.toThrow();
    const again = { username: "door", password: "camera secret" };
    await connectClient(house.url, again);
    await connectClient(house.url, again);
    await expect(connectClient(house.url, { ...again, password: "wrong" })).rejects.toThrow();
  });

  it("holds every role to what it may do", async () => {
    const house = await open("embedded", { users });
    const camera = await connectClient(house.url, { username: "door", password: "camera secret" });
    const home = await connectClient(house.url, { username: "ha", password: "home secret" });
    const admin = await connectClient(house.url, { username: "me", password: "admin secret" });
    await home.subscribe("#");
    await admin.subscribe("#");
    await expect(camera.subscribe("#")).rejects.toThrow();
    await camera.publish(FACE, "face");
    expect(house.ingested[0]?.onlyCamera).toBe("door");
    await admin.waitFor((message) => message.topic === FACE, "the face");
    house.link.publish({ topic: "faces2mqtt/event", payload: "{}", retain: false, qos: 1 });
    await home.waitFor((message) => message.topic === "faces2mqtt/event", "an event");
    expect(home.seen.some((message) => message.topic === FACE)).toBe(false);
    await home.publish("faces2mqtt/bridge/request/discover", "{}");
    await until(() => house.requests.length === 1);
    void home.publish("faces2mqtt/bridge/request/delete", "{}").catch(() => undefined);
    await until(() => !home.client.connected);
    void camera.publish("faces2mqtt/embedding/garden", "face").catch(() => undefined);
    await until(() => !camera.client.connected);
    expect(house.requests).toEqual(["discover {}"]);
    expect(house.ingested).toHaveLength(1);
  });

  it("closes a connection that announces too large a packet", async () => {
    const house = await open("embedded", { maxPayloadBytes: 10_000 });
    const client = await connectClient(house.url);
    void client.publish(FACE, Buffer.alloc(5_000_000)).catch(() => undefined);
    await until(() => !client.client.connected);
    const other = await connectClient(house.url);
    await other.publish(FACE, "face");
    expect(house.ingested).toHaveLength(1);
  });
});

describe.skipIf(!hasMosquitto)("a connection to Mosquitto", () => {
  it("acknowledges each face when it is stored, without holding up the next", async () => {
    const house = await open("Mosquitto");
    const { promise, resolve } = withResolvers();
    house.hold = promise;
    const camera = await connectClient(house.url);
    await Promise.all(["a", "b", "c"].map((payload) => camera.publish(FACE, payload)));
    await until(() => house.ingested.length === 3);
    await house.mosquitto?.stop("SIGTERM");
    resolve();
    expect(house.ingested.map((message) => Buffer.from(message.payload).toString())).toEqual(["a", "b", "c"]);
  });

  it("gets a face again that could not be stored", async () => {
    const house = await open("Mosquitto");
    house.hold = Promise.reject(new Error("disk full"));
    house.hold.catch(() => undefined);
    const camera = await connectClient(house.url);
    await camera.publish(FACE, "face");
    await until(() => house.ingested.length === 1);
    house.hold = Promise.resolve();
    await until(() => house.ingested.length === 2);
    await pause(300);
    expect(house.ingested).toHaveLength(2);
    expect(house.connected).toBe(2);
  });

  it("comes back after the broker was away, tells its states again, and no event", async () => {
    const house = await open("Mosquitto");
    house.link.publish({ topic: "faces2mqtt/person/anna/state", payload: "state", retain: true, qos: 1 });
    await pause(100);
    await house.mosquitto?.stop("SIGKILL");
    await until(() => house.link.state === "connecting");
    house.link.publish({ topic: "faces2mqtt/event", payload: "late", retain: false, qos: 1 });
    house.link.publish({ topic: "faces2mqtt/person/bob/state", payload: "new", retain: true, qos: 1 });
    await house.mosquitto?.restartEmpty();
    const client = await connectClient(house.url);
    await client.subscribe("faces2mqtt/#");
    await until(() => house.connected === 2);
    await client.waitFor((message) => message.topic.endsWith("anna/state"), "what was told before");
    await client.waitFor((message) => message.topic.endsWith("bob/state"), "what was told meanwhile");
    await client.publish(FACE, "face");
    await until(() => house.ingested.length === 1);
    expect(client.seen.some((message) => message.topic === "faces2mqtt/event")).toBe(false);
    expect(house.link.dropped).toBe(1);
  });
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
