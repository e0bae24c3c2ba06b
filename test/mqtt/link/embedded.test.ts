import { once } from "node:events";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import type { BrokerUser } from "../../../src/mqtt/link/passwords.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import { FACE, openEmbedded, pause, until, withResolvers } from "../open-link.ts";

describe("the embedded broker", () => {
  it("warns once of a client that is cut off with messages under way, and not at all when it stops itself", async () => {
    const house = await openEmbedded();
    const [lost, left] = [await connectClient(house.url), await connectClient(house.url)];
    for (const { subscribe, client } of [lost, left]) {
      await subscribe("faces2mqtt/#");
      client.stream.pause();
    }
    const event = { topic: "faces2mqtt/event", payload: "x".repeat(100_000) } as const;
    for (let i = 0; i < 200; i++) house.link.publish(event);
    await pause(200);
    lost.client.stream.destroy();
    const warnings = (): string[] => house.said.filter((line) => line.startsWith("a client was cut off"));
    await until(() => warnings().length > 0);
    await pause(200);
    await house.link.stop();
    expect(warnings()).toEqual([expect.stringContaining(lost.client.options.clientId ?? "")]);
  });

  it("acknowledges a face only when it is stored, and not at all when it cannot be", async () => {
    const house = await openEmbedded();
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
    const house = await openEmbedded();
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
    const house = await openEmbedded({ users });
    await expect(connectClient(house.url)).rejects.toThrow();
    await expect(connectClient(house.url, { username: "door", password: "wrong" })).rejects.toThrow();
    await expect(connectClient(house.url, { username: "nobody", password: "camera secret" })).rejects.toThrow();
    const again = { username: "door", password: "camera secret" };
    await connectClient(house.url, again);
    await connectClient(house.url, again);
    await expect(connectClient(house.url, { ...again, password: "wrong" })).rejects.toThrow();
  });

  it("holds every role to what it may do", async () => {
    const house = await openEmbedded({ users });
    const camera = await connectClient(house.url, { username: "door", password: "camera secret" });
    const home = await connectClient(house.url, { username: "ha", password: "home secret" });
    const admin = await connectClient(house.url, { username: "me", password: "admin secret" });
    await home.subscribe("#");
    await admin.subscribe("#");
    await expect(camera.subscribe("#")).rejects.toThrow();
    await camera.publish(FACE, "face");
    expect(house.ingested[0]?.onlyCamera).toBe("door");
    await admin.waitFor((message) => message.topic === FACE, "the face");
    house.link.publish({ topic: "faces2mqtt/event", payload: "{}" });
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
    const house = await openEmbedded({ maxPayloadBytes: 10_000 });
    const client = await connectClient(house.url);
    void client.publish(FACE, Buffer.alloc(5_000_000)).catch(() => undefined);
    await until(() => !client.client.connected);
    const other = await connectClient(house.url);
    await other.publish(FACE, "face");
    expect(house.ingested).toHaveLength(1);
  });

  it("ends a session with its connection: whoever comes back is told nothing late, and nothing piles up", async () => {
    const house = await openEmbedded();
    const persistent = { clientId: "home", clean: false };
    const before = await connectClient(house.url, persistent);
    await before.subscribe("#");
    await before.close();
    house.link.publish({ topic: "faces2mqtt/event", payload: "late" });
    await pause(100);
    const after = await connectClient(house.url, persistent);
    await after.subscribe("#");
    await pause(200);
    expect(after.seen.filter(({ topic }) => topic === "faces2mqtt/event")).toEqual([]);
    house.link.publish({ topic: "faces2mqtt/event", payload: "now" });
    await after.waitFor(({ text }) => text === "now", "the next event");
  });

  it("goes on for the others when a subscriber takes nothing any more", { timeout: 60_000 }, async () => {
    const house = await openEmbedded();
    const frozen = await connectClient(house.url, { keepalive: 0 });
    await frozen.subscribe("other/#");
    (frozen.client.stream as Duplex).pause();
    const watcher = await connectClient(house.url);
    await watcher.subscribe("other/#");
    const camera = await connectClient(house.url);
    const large = Buffer.alloc(50_000);
    await Promise.all(Array.from({ length: 400 }, () => camera.publish("other/x", large)));
    await until(() => watcher.seen.length === 400);
    await camera.publish(FACE, "face");
    expect(house.ingested).toHaveLength(1);
  });

  it("takes clients with a long keep-alive, and with none", async () => {
    const house = await openEmbedded();
    for (const keepalive of [0, 3_600]) {
      const camera = await connectClient(house.url, { keepalive });
      await camera.publish(FACE, "face");
    }
    expect(house.ingested).toHaveLength(2);
  });

  it("takes a face of QoS 2 and of QoS 0", async () => {
    const house = await openEmbedded();
    const camera = await connectClient(house.url);
    await camera.client.publishAsync(FACE, "two", { qos: 2 });
    expect(house.ingested).toHaveLength(1);
    await camera.client.publishAsync(FACE, "none", { qos: 0 });
    await until(() => house.ingested.length === 2);
  });

  it("lets nobody speak for the broker itself", async () => {
    const house = await openEmbedded();
    const client = await connectClient(house.url);
    void client.publish("$SYS/broker/version", "mine").catch(() => undefined);
    await until(() => !client.client.connected);
    expect(house.said.join()).toContain("a publication was refused");
  });

  it("says to clients of MQTT 5 that it does not speak it", async () => {
    const house = await openEmbedded();
    const refused = connectClient(house.url, { protocolVersion: 5 });
    await expect(refused).rejects.toMatchObject({ code: 1, message: expect.stringContaining("protocol version") });
  });

  it("gathers no large packet of somebody who has not even logged in", async () => {
    const house = await openEmbedded();
    const socket = connect(Number(new URL(house.url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    const closed = once(socket, "close");
    // CONNECT that announces 20,000 bytes.
    socket.write(Buffer.concat([Buffer.from([0x10, 0xa0, 0x9c, 0x01]), Buffer.alloc(10_000)]));
    await closed;
    expect(house.said).toEqual([expect.stringContaining("too large")]);
  });
});
