import { describe, expect, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import { makeClock } from "../../make/clock.ts";
import {
  FACE,
  openEmbedded,
  openExternal,
  openWithMosquitto,
  pause,
  until,
  untilSubscribed,
  withResolvers,
} from "../open-link.ts";

describe.skipIf(!hasMosquitto)("a connection to Mosquitto", () => {
  it("acknowledges each face when it is stored, without holding up the next", async () => {
    const house = await openWithMosquitto();
    const { promise, resolve } = withResolvers();
    house.hold = promise;
    const camera = await connectClient(house.url);
    await Promise.all(["a", "b", "c"].map((payload) => camera.publish(FACE, payload)));
    await until(() => house.ingested.length === 3);
    await house.mosquitto.stop("SIGTERM");
    resolve();
    expect(house.ingested.map((message) => Buffer.from(message.payload).toString())).toEqual(["a", "b", "c"]);
  });

  it("gets a face again that could not be stored", async () => {
    const house = await openWithMosquitto();
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

  it("finds the faces that came while it was stopped, and no request that nobody waits for any more", async () => {
    const house = await openWithMosquitto();
    await house.link.stop();
    const client = await connectClient(house.url);
    await client.publish(FACE, "face");
    await client.publish("faces2mqtt/bridge/request/undo", "{}");
    await house.link.start(house.handlers);
    await until(() => house.ingested.length === 1 && house.connected === 2);
    await client.publish("faces2mqtt/bridge/request/people", "{}");
    await until(() => house.requests.length > 0);
    expect(house.requests).toEqual(["people {}"]);
  });

  it("comes back after the broker was away, tells its states again, and no event", async () => {
    const house = await openWithMosquitto();
    house.retained.publish("faces2mqtt/person/anna/state", "state");
    await pause(100);
    await house.mosquitto.stop("SIGKILL");
    await until(() => house.link.state === "connecting");
    house.link.publish({ topic: "faces2mqtt/event", payload: "late" });
    house.retained.publish("faces2mqtt/person/bob/state", "new");
    await house.mosquitto.restartEmpty();
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

  it("clears what was to be cleared while the broker was away", async () => {
    const house = await openWithMosquitto({ persistence: true });
    house.retained.publish("faces2mqtt/person/anna/image", "picture");
    house.retained.publish("faces2mqtt/person/bob/image", "picture");
    await pause(100);
    await house.mosquitto.stop("SIGTERM");
    await until(() => house.link.state === "connecting");
    house.retained.clear("faces2mqtt/person/anna/image");
    await house.mosquitto.start();
    await until(() => house.connected === 2);
    const client = await connectClient(house.url);
    await pause(300);
    await client.subscribe("faces2mqtt/#");
    await client.waitFor((message) => message.topic.endsWith("bob/image"), "what stays");
    expect(client.seen.some((message) => message.topic.endsWith("anna/image"))).toBe(false);
  });

  it("loses no message of a burst, and reads no more of it than it can store", async () => {
    const house = await openWithMosquitto();
    const { promise, resolve } = withResolvers();
    house.hold = promise;
    const camera = await connectClient(house.url);
    // Without QoS the broker sends on whatever comes.
    for (let i = 0; i < 3_000; i++) camera.client.publish(FACE, `${i}`, { qos: 0 });
    await camera.publish("other", "the last");
    await until(() => house.ingested.length >= 1_000);
    await pause(300);
    expect(house.ingested.length).toBe(1_000);
    resolve();
    await until(() => house.ingested.length === 3_000);
    expect(house.ingested.map(({ payload }) => Number(Buffer.from(payload)))).toEqual([...Array(3_000).keys()]);
  });

  it("says in one line each that it is lost and why it does not come back", async () => {
    const clock = makeClock();
    const mosquitto = await startMosquitto();
    const house = await openExternal(mosquitto.url, { clock });
    await untilSubscribed(house);
    await mosquitto.stop();
    await until(() => house.said.length > 0);
    expect(house.said).toEqual([expect.stringMatching(/^disconnected: ./)]);
    for (let i = 0; i < 20; i++) {
      clock.advance(10_000);
      await pause(20);
    }
    const failures = house.said.slice(1);
    expect(failures.length).toBeGreaterThan(1);
    expect(failures.length).toBeLessThanOrEqual(4);
    for (const said of failures) expect(said).toMatch(/no connection to the broker.*ECONNREFUSED/);
  });

  it("tells when another with its client id keeps throwing it out", async () => {
    const clock = makeClock();
    const mosquitto = await startMosquitto();
    const house = await openExternal(mosquitto.url, { clock, clientId: "the same" });
    for (let i = 1; i <= 5; i++) {
      await until(() => house.connected === i);
      const rival = await connectClient(mosquitto.url, { clientId: "the same" });
      await until(() => house.link.state === "connecting");
      await rival.close();
      clock.advance(60_000);
    }
    expect(house.said.filter((said) => said.includes("another faces2mqtt"))).toHaveLength(1);
  });
});

describe("a broker that does not let faces2mqtt listen", () => {
  it("is told as a problem, for a face would never come", async () => {
    // Our own broker lets no camera subscribe.
    const broker = await openEmbedded({ users: [{ username: "door", password: "secret", role: "camera" }] });
    const house = await openExternal(broker.url, { username: "door", password: "secret" });
    await until(() => house.said.some((said) => said.includes("does not let")));
    expect(house.said.join("\n")).toContain(
      "does not let faces2mqtt listen to faces2mqtt/embedding/+, cams/+/faces, faces2mqtt/bridge/request/+",
    );
  });
});
