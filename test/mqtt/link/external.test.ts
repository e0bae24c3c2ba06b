import { describe, expect, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import { makeClock } from "../../make/clock.ts";
import {
  FACE,
  openEmbedded,
  openExternal,
  openWithMosquitto,
  PICTURE,
  pause,
  until,
  untilSubscribed,
  withResolvers,
} from "../open-link.ts";

describe.skipIf(!hasMosquitto)("a connection to Mosquitto", () => {
  it("acknowledges each face when it is stored, without holding up the next", async () => {
    const opened = await openWithMosquitto();
    const { promise, resolve } = withResolvers();
    opened.hold = promise;
    const camera = await connectClient(opened.url);
    await Promise.all(["a", "b", "c"].map((payload) => camera.publish(FACE, payload)));
    await until(() => opened.ingested.length === 3);
    await opened.mosquitto.stop("SIGTERM");
    resolve();
    expect(opened.ingested.map((message) => Buffer.from(message.payload).toString())).toEqual(["a", "b", "c"]);
  });

  it("gets a face again that could not be stored", async () => {
    const opened = await openWithMosquitto();
    opened.hold = Promise.reject(new Error("disk full"));
    opened.hold.catch(() => undefined);
    const camera = await connectClient(opened.url);
    await camera.publish(FACE, "face");
    await until(() => opened.ingested.length === 1);
    opened.hold = Promise.resolve();
    await until(() => opened.ingested.length === 2);
    await pause(300);
    expect(opened.ingested).toHaveLength(2);
    expect(opened.connected).toBe(2);
  });

  it("gets the faces that came while it was stopped, and no request, for which no client waits any more", async () => {
    const opened = await openWithMosquitto();
    await opened.link.stop();
    const client = await connectClient(opened.url);
    await client.publish(FACE, "face");
    await client.publish("faces2mqtt/bridge/request/undo", "{}");
    await opened.link.start(opened.handlers);
    await until(() => opened.ingested.length === 1 && opened.connected === 2);
    await client.publish("faces2mqtt/bridge/request/people", "{}");
    await until(() => opened.requests.length > 0);
    expect(opened.requests).toEqual(["people {}"]);
  });

  it("gets pictures while it is connected, and none that were published while it was stopped", async () => {
    const opened = await openWithMosquitto();
    const camera = await connectClient(opened.url);
    await camera.publish("cams/garden/jpeg", "one");
    await until(() => opened.pictures.length === 1);
    await opened.link.stop();
    await camera.publish(PICTURE, "missed");
    await opened.link.start(opened.handlers);
    await until(() => opened.connected === 2);
    await pause(150);
    await camera.publish(PICTURE, "two");
    await until(() => opened.pictures.length === 2);
    expect(opened.pictures.map(({ payload, topicCamera, waited }) => [String(payload), topicCamera, waited])).toEqual([
      ["one", "garden", false],
      ["two", "door", false],
    ]);
  });

  it("knows which pictures waited at the broker, where that keeps them all the same", async () => {
    const opened = await openWithMosquitto({ lines: ["queue_qos0_messages true"] });
    // Throws the link out, and leaves its session.
    const other = await connectClient(opened.url, { clientId: "faces2mqtt_test", clean: false });
    await other.close();
    const camera = await connectClient(opened.url);
    await camera.publish(PICTURE, "waited");
    await until(() => opened.connected === 2);
    await untilSubscribed(opened);
    await camera.publish(PICTURE, "now");
    await until(() => opened.pictures.length === 2);
    expect(opened.pictures.map(({ payload, waited }) => [String(payload), waited])).toEqual([
      ["waited", true],
      ["now", false],
    ]);
  });

  it("gets no pictures where none are taken, not even by the session of a daemon that took some", async () => {
    const mosquitto = await startMosquitto();
    const before = await openExternal(mosquitto.url);
    await untilSubscribed(before);
    const other = await connectClient(mosquitto.url, { clientId: "faces2mqtt_test", clean: false });
    const opened = await openExternal(mosquitto.url, { pictures: false });
    await untilSubscribed(opened);
    await other.close();
    const camera = await connectClient(mosquitto.url);
    await camera.publish(PICTURE, "picture");
    await camera.publish(FACE, "face");
    await until(() => opened.ingested.length === 1);
    expect(opened.pictures).toEqual([]);
  });

  it("comes back after the broker was away, publishes its states again, and no event", async () => {
    const opened = await openWithMosquitto();
    opened.retained.publish("faces2mqtt/person/anna/state", "state");
    await pause(100);
    await opened.mosquitto.stop("SIGKILL");
    await until(() => opened.link.state === "connecting");
    opened.link.publish({ topic: "faces2mqtt/event", payload: "late" });
    opened.retained.publish("faces2mqtt/person/bob/state", "new");
    await opened.mosquitto.restartEmpty();
    const client = await connectClient(opened.url);
    await client.subscribe("faces2mqtt/#");
    await until(() => opened.connected === 2);
    await client.waitFor((message) => message.topic.endsWith("anna/state"), "the earlier state");
    await client.waitFor((message) => message.topic.endsWith("bob/state"), "the state of meanwhile");
    await client.publish(FACE, "face");
    await until(() => opened.ingested.length === 1);
    expect(client.seen.some((message) => message.topic === "faces2mqtt/event")).toBe(false);
    expect(opened.link.dropped).toBe(1);
  });

  it("clears what was to be cleared while the broker was away", async () => {
    const opened = await openWithMosquitto({ persistence: true });
    opened.retained.publish("faces2mqtt/person/anna/image", "picture");
    opened.retained.publish("faces2mqtt/person/bob/image", "picture");
    await pause(100);
    await opened.mosquitto.stop("SIGTERM");
    await until(() => opened.link.state === "connecting");
    opened.retained.clear("faces2mqtt/person/anna/image");
    await opened.mosquitto.start();
    await until(() => opened.connected === 2);
    const client = await connectClient(opened.url);
    await pause(300);
    await client.subscribe("faces2mqtt/#");
    await client.waitFor((message) => message.topic.endsWith("bob/image"), "what stays");
    expect(client.seen.some((message) => message.topic.endsWith("anna/image"))).toBe(false);
  });

  it("loses no message of a burst, and reads no more of it than it can store", async () => {
    const opened = await openWithMosquitto();
    const { promise, resolve } = withResolvers();
    opened.hold = promise;
    const camera = await connectClient(opened.url);
    // Without QoS the broker sends on whatever comes.
    for (let i = 0; i < 3_000; i++) camera.client.publish(FACE, `${i}`, { qos: 0 });
    await camera.publish("other", "the last");
    await until(() => opened.ingested.length >= 1_000);
    await pause(300);
    expect(opened.ingested.length).toBe(1_000);
    resolve();
    await until(() => opened.ingested.length === 3_000);
    expect(opened.ingested.map(({ payload }) => Number(Buffer.from(payload)))).toEqual([...Array(3_000).keys()]);
  });

  it("logs in one line each that it is lost and why it does not come back", async () => {
    const clock = makeClock();
    const mosquitto = await startMosquitto();
    const opened = await openExternal(mosquitto.url, { clock });
    await untilSubscribed(opened);
    await mosquitto.stop();
    await until(() => opened.logged.length > 0);
    expect(opened.logged).toEqual([expect.stringMatching(/^disconnected: ./)]);
    for (let i = 0; i < 20; i++) {
      clock.advance(10_000);
      await pause(20);
    }
    const failures = opened.logged.slice(1);
    expect(failures.length).toBeGreaterThan(1);
    expect(failures.length).toBeLessThanOrEqual(4);
    for (const line of failures) expect(line).toMatch(/no connection to the broker.*ECONNREFUSED/);
  });

  it("logs when another client with its id keeps throwing it out", async () => {
    const clock = makeClock();
    const mosquitto = await startMosquitto();
    const opened = await openExternal(mosquitto.url, { clock, clientId: "the same" });
    for (let i = 1; i <= 5; i++) {
      await until(() => opened.connected === i);
      const rival = await connectClient(mosquitto.url, { clientId: "the same" });
      await until(() => opened.link.state === "connecting");
      await rival.close();
      clock.advance(60_000);
    }
    expect(opened.logged.filter((line) => line.includes("another faces2mqtt"))).toHaveLength(1);
  });
});

describe("a broker that does not let faces2mqtt listen", () => {
  it("is reported as a problem, as no face would ever arrive", async () => {
    // Our own broker lets no camera subscribe.
    const broker = await openEmbedded({ users: [{ username: "door", password: "secret", role: "camera" }] });
    const opened = await openExternal(broker.url, { username: "door", password: "secret" });
    await until(() => opened.reported.length > 0);
    expect(opened.reported.join("\n")).toContain(
      "does not let faces2mqtt listen to faces2mqtt/embedding/+, cams/+/faces, faces2mqtt/bridge/request/+, faces2mqtt/snapshot/+, cams/+/jpeg",
    );
  });
});
