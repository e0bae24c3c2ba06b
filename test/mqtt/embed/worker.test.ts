import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { EmbedPicture } from "../../../src/domain/pictures/snapshot.ts";
import { PictureError } from "../../../src/domain/pictures/snapshot.ts";
import { createTopics } from "../../../src/mqtt/topics.ts";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { connectClient, type TestClient } from "../../helpers/mqtt-client.ts";
import { fakeEmbed, pictureOf, readFake, startWorker } from "./start-worker.ts";

const CAMERA = "faces2mqtt/snapshot/door";

/** What the daemon is to the workers: a session that takes encodings. */
async function openDaemon(url: string): Promise<TestClient & { facesOf(): string[] }> {
  const client = await connectClient(url);
  await client.subscribe("faces2mqtt/embedding/+", "faces2mqtt/bridge/rejected");
  return Object.assign(client, {
    facesOf: () =>
      client.seen
        .filter((message) => message.topic.includes("/embedding/"))
        .flatMap((message) => (JSON.parse(message.text) as { faces: { id: string }[] }).faces.map((face) => face.id)),
  });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (condition()) return;
    await sleep(10);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** An embedder whose pictures are looked at until they are let go. */
function heldEmbed() {
  const held = new Map<number, () => void>();
  const embed: EmbedPicture = async (picture, gates) => {
    await new Promise<void>((resolve) => held.set(readFake(picture).n, resolve));
    return fakeEmbed(picture, gates);
  };
  return { embed, held };
}

describe.skipIf(!hasMosquitto)("a worker on Mosquitto", () => {
  it("publishes the faces of pictures, and acknowledges those without", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const worker = startWorker(url, "one");
    await worker.connected();
    await daemon.publish(CAMERA, pictureOf(1, 2));
    await daemon.publish(CAMERA, pictureOf(2, 0));
    await daemon.publish(CAMERA, Buffer.from(pictureOf(3).toString("base64")));
    await until(() => daemon.facesOf().length === 3, "three faces");
    expect(daemon.seen[0]?.topic).toBe("faces2mqtt/embedding/door");
    expect(JSON.parse(daemon.seen[0]?.text ?? "")).toMatchObject({ camera: "door", model: "sface" });
    expect(await worker.stop()).toMatchObject({ pictures: 3, faces: 3, no_face: 1, rejected: 0 });
    // All was acknowledged: nothing comes again.
    const again = startWorker(url, "one");
    await again.connected();
    await sleep(200);
    expect(await again.stop()).toMatchObject({ pictures: 0 });
  });

  it("shares pictures with others, each looked at once", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const workers = ["a", "b", "c"].map((id) => startWorker(url, id));
    await Promise.all(workers.map((worker) => worker.connected()));
    await Promise.all(Array.from({ length: 60 }, (_, n) => daemon.publish(CAMERA, pictureOf(n))));
    await until(() => daemon.facesOf().length === 60, "all faces");
    const counts = await Promise.all(workers.map((worker) => worker.stop()));
    expect(counts.map(({ pictures }) => pictures).reduce((a, b) => a + b)).toBe(60);
    for (const { pictures } of counts) expect(pictures).toBeGreaterThan(5);
    expect(new Set(daemon.facesOf()).size).toBe(60);
  });

  it("has at most four pictures in hand, and acknowledges them in the order they came", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(url, "one", { embed });
    await worker.connected();
    for (let n = 0; n < 10; n++) await daemon.publish(CAMERA, pictureOf(n));
    await until(() => held.size === 4, "four pictures");
    await sleep(200);
    expect([...held.keys()]).toEqual([0, 1, 2, 3]);
    for (const n of [1, 2, 3]) held.get(n)?.();
    await until(() => daemon.facesOf().length === 3, "three faces");
    await sleep(200);
    expect(held.size).toBe(4);
    held.get(0)?.();
    // Mosquitto 2.0 is one off after an acknowledgement.
    await until(() => held.size >= 8, "the next four");
    expect(held.size).toBeLessThan(10);
  });

  it("leaves pictures of QoS 0 in the connection until there is room", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(url, "one", { embed });
    await worker.connected();
    for (let n = 0; n < 20; n++) daemon.client.publish(CAMERA, pictureOf(n), { qos: 0 });
    await until(() => held.size === 5, "five pictures");
    await sleep(200);
    expect(held.size).toBe(5);
    for (let n = 0; n < 20; n++) {
      await until(() => held.has(n), `picture ${n}`);
      held.get(n)?.();
    }
    await until(() => daemon.facesOf().length === 20, "all faces");
  });

  it("rejects what is no picture, and says why", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const embed: EmbedPicture = async (picture, gates) => {
      if (readFake(picture).n === 7) throw new PictureError("it ends too early");
      return fakeEmbed(picture, gates);
    };
    const worker = startWorker(url, "one", { embed, maxPictureBytes: 1_000 });
    await worker.connected();
    await daemon.publish(CAMERA, "hello");
    await daemon.publish(CAMERA, Buffer.alloc(2_000, pictureOf(1)));
    await daemon.publish(CAMERA, pictureOf(7));
    await daemon.publish(`faces2mqtt/snapshot/${"x".repeat(65)}`, pictureOf(8));
    await until(() => daemon.seen.length === 4, "four rejections");
    const rejected = daemon.seen.map((message) => JSON.parse(message.text) as { topic: string; code: string });
    expect(rejected.map(({ code }) => code)).toEqual(["BAD_FIELD", "TOO_LARGE", "BAD_FIELD", "BAD_FIELD"]);
    expect(rejected[2]).toEqual({
      topic: CAMERA,
      code: "BAD_FIELD",
      reason: "it ends too early",
      at: expect.stringMatching(/Z$/),
    });
    expect(await worker.stop()).toMatchObject({ pictures: 0, rejected: 4 });
  });

  it("takes no retained picture that was there before, and one of a live message", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    await daemon.publish(CAMERA, pictureOf(1), { retain: true });
    const worker = startWorker(url, "one");
    await worker.connected();
    await daemon.publish(CAMERA, pictureOf(2), { retain: true });
    await until(() => daemon.facesOf().length === 1, "one face");
    expect(await worker.stop()).toMatchObject({ pictures: 1 });
  });

  it("rejects pictures of topics that an earlier start of it had", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const before = startWorker(url, "one", { topics: createTopics("faces2mqtt", [], ["cams/+/jpeg"]) });
    await before.connected();
    await before.stop();
    await daemon.publish("cams/door/jpeg", pictureOf(1));
    const worker = startWorker(url, "one");
    await until(() => daemon.seen.length === 1, "a rejection");
    expect(daemon.seen[0]?.text).toContain("this topic is none of those that the worker takes pictures from");
    expect(await worker.stop()).toMatchObject({ rejected: 1 });
  });

  it("counts a picture that comes again once", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(url, "one", { embed });
    await worker.connected();
    await daemon.publish(CAMERA, pictureOf(1));
    await daemon.publish(CAMERA, pictureOf(1));
    await until(() => held.size === 1, "the picture");
    held.get(1)?.();
    await until(() => daemon.facesOf().length === 1, "its face");
    await daemon.publish(CAMERA, pictureOf(1));
    await sleep(200);
    expect(await worker.stop()).toMatchObject({ pictures: 1, known: 2 });
    expect(daemon.facesOf()).toHaveLength(1);
  });

  it("takes the time of the picture from its user property", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const camera = await connectClient(url, { protocolVersion: 5 });
    const worker = startWorker(url, "one");
    await worker.connected();
    const publish = (n: number, timestamp: string) =>
      camera.client.publishAsync(CAMERA, pictureOf(n), { qos: 1, properties: { userProperties: { timestamp } } });
    await publish(1, "2026-02-18T10:00:00Z");
    await publish(2, "yesterday");
    await until(() => daemon.seen.length === 2, "a face and a rejection");
    expect(JSON.parse(daemon.seen.find(({ topic }) => topic.includes("embedding"))?.text ?? "")).toMatchObject({
      timestamp: "2026-02-18T10:00:00.000Z",
    });
    expect(JSON.parse(daemon.seen.find(({ topic }) => topic.includes("rejected"))?.text ?? "")).toMatchObject({
      code: "BAD_FIELD",
    });
  });

  it("causes no event with pictures that waited for it, and may be of yesterday", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const before = startWorker(url, "one");
    await before.connected();
    await before.stop();
    for (let n = 0; n < 6; n++) await daemon.publish(CAMERA, pictureOf(n));
    const worker = startWorker(url, "one");
    await until(() => daemon.facesOf().length === 6, "the faces of those that waited");
    await sleep(600);
    await daemon.publish(CAMERA, pictureOf(6));
    await until(() => daemon.facesOf().length === 7, "the face of a live one");
    const history = daemon.seen.map((message) => (JSON.parse(message.text) as { history?: boolean }).history ?? false);
    expect(history).toEqual([true, true, true, true, true, true, false]);
    expect(await worker.stop()).toMatchObject({ pictures: 7, waited: 6 });
  });

  it("keeps a picture until someone listens to its faces", async () => {
    const { url } = await startMosquitto();
    const camera = await connectClient(url);
    const worker = startWorker(url, "one");
    await worker.connected();
    await camera.publish(CAMERA, pictureOf(1));
    await until(() => worker.logged.some((line) => line.startsWith("no one listens")), "a warning");
    const daemon = await openDaemon(url);
    await until(() => daemon.facesOf().length === 1, "the face");
  });

  it("stops without acknowledging what is not done, and does it when it is started again", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(url, "one", { embed, graceMs: 100 });
    await worker.connected();
    for (let n = 0; n < 8; n++) await daemon.publish(CAMERA, pictureOf(n));
    await until(() => held.size === 4, "four pictures");
    await worker.stop();
    expect(daemon.facesOf()).toEqual([]);
    await daemon.publish(CAMERA, pictureOf(8));
    const again = startWorker(url, "one");
    await until(() => new Set(daemon.facesOf()).size === 9, "all faces");
    expect(await again.stop()).toMatchObject({ pictures: 9 });
    expect(again.logged[0]).toContain('"resumed":true');
  });

  it("finishes what is under way when it is stopped, and takes nothing more", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(url, "one", { embed });
    await worker.connected();
    for (let n = 0; n < 8; n++) await daemon.publish(CAMERA, pictureOf(n));
    await until(() => held.size === 4, "four pictures");
    const stopped = worker.stop();
    for (const letGo of held.values()) letGo();
    expect(await stopped).toMatchObject({ pictures: 4 });
    expect(held.size).toBe(4);
    const again = startWorker(url, "one");
    await until(() => daemon.facesOf().length === 8, "all faces");
    await sleep(200);
    // The four were acknowledged.
    expect(await again.stop()).toMatchObject({ pictures: 4, known: 0 });
  });

  it("comes back after the broker did, and publishes what it has done meanwhile", async () => {
    const broker = await startMosquitto({ persistence: true });
    const daemon = await openDaemon(broker.url);
    const { embed, held } = heldEmbed();
    const worker = startWorker(broker.url, "one", { embed });
    await worker.connected();
    for (let n = 0; n < 6; n++) await daemon.publish(CAMERA, pictureOf(n));
    await until(() => held.size === 4, "four pictures");
    await broker.stop();
    for (const letGo of held.values()) letGo();
    await broker.start();
    const later = await openDaemon(broker.url);
    await until(() => held.size === 6, "the others");
    for (const letGo of held.values()) letGo();
    await until(() => new Set(later.facesOf()).size === 6, "all faces");
    expect(later.facesOf()).toHaveLength(6);
    expect(await worker.stop()).toMatchObject({ pictures: 6 });
  });

  it("ends with the error when the pipeline fails, and keeps the picture", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const worker = startWorker(url, "one", { embed: () => Promise.reject(new Error("no memory")) });
    await worker.connected();
    await daemon.publish(CAMERA, pictureOf(1));
    await expect(worker.ended).rejects.toThrow("no memory");
    startWorker(url, "one");
    await until(() => daemon.facesOf().length === 1, "the face");
  });
});

describe.skipIf(!hasMosquitto)("a worker that leaves", () => {
  it("does what was assigned to it, takes nothing new, and gives its session up", async () => {
    const { url } = await startMosquitto();
    const daemon = await openDaemon(url);
    const gone = startWorker(url, "gone");
    const other = startWorker(url, "other");
    await Promise.all([gone.connected(), other.connected()]);
    await gone.stop();
    for (let n = 0; n < 20; n++) await daemon.publish(CAMERA, pictureOf(n));
    await until(() => daemon.facesOf().length >= 10, "the share of the other");
    await sleep(200);
    // Mosquitto keeps the share of one that is away.
    expect(daemon.facesOf().length).toBeLessThan(20);
    const leaving = startWorker(url, "gone", { leave: true });
    await leaving.connected();
    for (let n = 20; n < 30; n++) await daemon.publish(CAMERA, pictureOf(n));
    const { pictures } = await leaving.ended;
    await until(() => daemon.facesOf().length === 30, "all faces");
    expect(pictures + (await other.stop()).pictures).toBe(30);
    expect(pictures).toBeLessThanOrEqual(10);
    const back = startWorker(url, "gone");
    await back.connected();
    expect(back.logged[0]).toContain('"resumed":false');
  });
});
