import { once } from "node:events";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import type { BrokerUser } from "../../../src/mqtt/link/passwords.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import { FACE, openEmbedded, PICTURE, pause, until, withResolvers } from "../open-link.ts";

describe("the embedded broker", () => {
  it("warns once of a client that is cut off with messages under way, and not at all when it stops itself", async () => {
    const opened = await openEmbedded();
    const [lost, left] = [await connectClient(opened.url), await connectClient(opened.url)];
    for (const { subscribe, client } of [lost, left]) {
      await subscribe("faces2mqtt/#");
      client.stream.pause();
    }
    const event = { topic: "faces2mqtt/event", payload: "x".repeat(100_000) } as const;
    for (let i = 0; i < 200; i++) opened.link.publish(event);
    await pause(200);
    lost.client.stream.destroy();
    const warnings = (): string[] => opened.logged.filter((line) => line.startsWith("a client was cut off"));
    await until(() => warnings().length > 0);
    await pause(200);
    await opened.link.stop();
    expect(warnings()).toEqual([expect.stringContaining(lost.client.options.clientId ?? "")]);
  });

  it("acknowledges a face only when it is stored, and not at all when it cannot be", async () => {
    const opened = await openEmbedded();
    const { promise, resolve } = withResolvers();
    opened.hold = promise;
    const camera = await connectClient(opened.url);
    let acknowledged = false;
    const sent = camera.publish(FACE, "face").then(() => {
      acknowledged = true;
    });
    await until(() => opened.ingested.length === 1);
    await pause(200);
    expect(acknowledged).toBe(false);
    resolve();
    await sent;

    opened.hold = Promise.reject(new Error("disk full"));
    opened.hold.catch(() => undefined);
    const other = await connectClient(opened.url);
    const refused = other.publish(FACE, "face").then(
      () => "acknowledged",
      () => "not acknowledged",
    );
    await until(() => !other.client.connected);
    other.client.end(true);
    expect(await refused).toBe("not acknowledged");
  });

  it("takes no retained face and no last will, reports them, and delivers them to no client", async () => {
    const opened = await openEmbedded();
    const watcher = await connectClient(opened.url);
    await watcher.subscribe("faces2mqtt/embedding/#");
    const camera = await connectClient(opened.url, {
      will: { topic: FACE, payload: Buffer.from("will"), qos: 1, retain: false },
    });
    await camera.publish(FACE, "retained", { retain: true });
    camera.client.stream.destroy();
    await until(() => opened.ingested.length === 2);
    expect(opened.ingested.map(({ retain, will }) => ({ retain, will }))).toEqual([
      { retain: true, will: false },
      { retain: false, will: true },
    ]);
    const late = await connectClient(opened.url);
    await late.subscribe("faces2mqtt/embedding/#");
    await pause(150);
    expect(late.seen).toEqual([]);
  });

  it("takes pictures with their topic's camera, keeps none, and delivers none to a home", async () => {
    const opened = await openEmbedded({ users });
    const home = await connectClient(opened.url, { username: "ha", password: "home secret" });
    const admin = await connectClient(opened.url, { username: "me", password: "admin secret" });
    for (const client of [home, admin]) await client.subscribe("#");
    const camera = await connectClient(opened.url, { username: "door", password: "camera secret" });
    await camera.publish(PICTURE, "picture");
    await camera.publish(PICTURE, "retained", { retain: true });
    await admin.publish("cams/garden/jpeg", "other");
    await admin.waitFor(({ text }) => text === "other", "the last picture");
    const late = await connectClient(opened.url, { username: "me", password: "admin secret" });
    await late.subscribe("#");
    await pause(150);
    expect(opened.pictures.map(({ topicCamera, retain, will, waited }) => [topicCamera, retain, will, waited])).toEqual(
      [
        ["door", false, false, false],
        ["door", true, false, false],
        ["garden", false, false, false],
      ],
    );
    const seen = [...home.seen, ...late.seen].map(({ topic }) => topic);
    expect(seen.filter((topic) => topic !== "faces2mqtt/bridge/state")).toEqual([]);
  });

  const users: BrokerUser[] = [
    { username: "door", password: "camera secret", role: "camera" },
    { username: "ha", password: "home secret", role: "home" },
    { username: "me", password: "admin secret", role: "admin" },
  ];

  it("lets no client in without the right password", async () => {
    const opened = await openEmbedded({ users });
    await expect(connectClient(opened.url)).rejects.toThrow();
    await expect(connectClient(opened.url, { username: "door", password: "wrong" })).rejects.toThrow();
    await expect(connectClient(opened.url, { username: "nobody", password: "camera secret" })).rejects.toThrow();
    const again = { username: "door", password: "camera secret" };
    await connectClient(opened.url, again);
    await connectClient(opened.url, again);
    await expect(connectClient(opened.url, { ...again, password: "wrong" })).rejects.toThrow();
  });

  it("holds every role to what it may do", async () => {
    const opened = await openEmbedded({ users });
    const camera = await connectClient(opened.url, { username: "door", password: "camera secret" });
    const home = await connectClient(opened.url, { username: "ha", password: "home secret" });
    const admin = await connectClient(opened.url, { username: "me", password: "admin secret" });
    await home.subscribe("#");
    await admin.subscribe("#");
    await expect(camera.subscribe("#")).rejects.toThrow();
    await camera.publish(FACE, "face");
    expect(opened.ingested[0]?.onlyCamera).toBe("door");
    await admin.waitFor((message) => message.topic === FACE, "the face");
    opened.link.publish({ topic: "faces2mqtt/event", payload: "{}" });
    await home.waitFor((message) => message.topic === "faces2mqtt/event", "an event");
    expect(home.seen.some((message) => message.topic === FACE)).toBe(false);
    await home.publish("faces2mqtt/bridge/request/discover", "{}");
    await until(() => opened.requests.length === 1);
    void home.publish("faces2mqtt/bridge/request/delete", "{}").catch(() => undefined);
    await until(() => !home.client.connected);
    void camera.publish("faces2mqtt/embedding/garden", "face").catch(() => undefined);
    await until(() => !camera.client.connected);
    expect(opened.requests).toEqual(["discover {}"]);
    expect(opened.ingested).toHaveLength(1);
  });

  it("closes a connection that announces too large a packet", async () => {
    const opened = await openEmbedded({ maxPacketBytes: 85_536 });
    const client = await connectClient(opened.url);
    void client.publish(FACE, Buffer.alloc(5_000_000)).catch(() => undefined);
    await until(() => !client.client.connected);
    const other = await connectClient(opened.url);
    await other.publish(FACE, "face");
    expect(opened.ingested).toHaveLength(1);
  });

  it("ends a session with its connection: a client that comes back gets nothing late, and nothing piles up", async () => {
    const opened = await openEmbedded();
    const persistent = { clientId: "home", clean: false };
    const before = await connectClient(opened.url, persistent);
    await before.subscribe("#");
    await before.close();
    opened.link.publish({ topic: "faces2mqtt/event", payload: "late" });
    await pause(100);
    const after = await connectClient(opened.url, persistent);
    await after.subscribe("#");
    await pause(200);
    expect(after.seen.filter(({ topic }) => topic === "faces2mqtt/event")).toEqual([]);
    opened.link.publish({ topic: "faces2mqtt/event", payload: "now" });
    await after.waitFor(({ text }) => text === "now", "the next event");
  });

  it("goes on for the others when a subscriber takes nothing any more", { timeout: 60_000 }, async () => {
    const opened = await openEmbedded();
    const frozen = await connectClient(opened.url, { keepalive: 0 });
    await frozen.subscribe("other/#");
    (frozen.client.stream as Duplex).pause();
    const watcher = await connectClient(opened.url);
    await watcher.subscribe("other/#");
    const camera = await connectClient(opened.url);
    const large = Buffer.alloc(50_000);
    await Promise.all(Array.from({ length: 400 }, () => camera.publish("other/x", large)));
    await until(() => watcher.seen.length === 400);
    await camera.publish(FACE, "face");
    expect(opened.ingested).toHaveLength(1);
  });

  it("takes clients with a long keep-alive, and with none", async () => {
    const opened = await openEmbedded();
    for (const keepalive of [0, 3_600]) {
      const camera = await connectClient(opened.url, { keepalive });
      await camera.publish(FACE, "face");
    }
    expect(opened.ingested).toHaveLength(2);
  });

  it("takes a face of QoS 2 and of QoS 0", async () => {
    const opened = await openEmbedded();
    const camera = await connectClient(opened.url);
    await camera.client.publishAsync(FACE, "two", { qos: 2 });
    expect(opened.ingested).toHaveLength(1);
    await camera.client.publishAsync(FACE, "none", { qos: 0 });
    await until(() => opened.ingested.length === 2);
  });

  it("lets no client publish topics of the broker itself", async () => {
    const opened = await openEmbedded();
    const client = await connectClient(opened.url);
    void client.publish("$SYS/broker/version", "mine").catch(() => undefined);
    await until(() => !client.client.connected);
    expect(opened.logged.join()).toContain("a publication was refused");
  });

  it("answers clients of MQTT 5 that it does not support it", async () => {
    const opened = await openEmbedded();
    const refused = connectClient(opened.url, { protocolVersion: 5 });
    await expect(refused).rejects.toMatchObject({ code: 1, message: expect.stringContaining("protocol version") });
  });

  it("gathers no large packet of a client that has not logged in", async () => {
    const opened = await openEmbedded();
    const socket = connect(Number(new URL(opened.url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    const closed = once(socket, "close");
    // CONNECT that announces 20,000 bytes.
    socket.write(Buffer.concat([Buffer.from([0x10, 0xa0, 0x9c, 0x01]), Buffer.alloc(10_000)]));
    await closed;
    expect(opened.logged).toEqual([expect.stringContaining("too large")]);
  });
});
