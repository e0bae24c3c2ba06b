import { statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestAppOptions } from "../helpers/start-test-app.ts";
import { makeEmbedder, makePicture } from "../make/picture.ts";

const DOOR = "faces2mqtt/snapshot/door";

async function open({ config, ...options }: TestAppOptions = {}) {
  const embedder = makeEmbedder();
  const snapshots = { enabled: true, topics: ["cams/+/jpeg"], ...config?.snapshots };
  const app = await startTestApp({ ...options, config: { ...config, snapshots }, embedder });
  const camera = await connectClient(app.mqttUrl);
  await camera.subscribe("faces2mqtt/event", "faces2mqtt/bridge/rejected");
  return { ...app, embedder, camera };
}

interface Face {
  face_id: number;
  uid: string;
  source: string;
  camera: string;
  model: string;
  quality: number;
  detection_score: number;
  box: object;
}

describe("a picture on a topic", () => {
  it("gives faces like all others, and is kept for as long as they are", async () => {
    const { camera, get, send, folder, url } = await open();
    const picture = makePicture([
      { who: 1, norm: 11 },
      { who: 2, score: 0.5 },
      { who: 3, score: 0.99 },
    ]);
    await camera.publish(DOOR, picture);
    await camera.waitFor(({ topic }) => topic === "faces2mqtt/event", "an event");
    const { faces } = await get<{ faces: Face[] }>("api/faces");
    expect(faces).toHaveLength(2);
    const [id] = (faces[0] as Face).uid.split("-") as [string];
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    const face = faces.find(({ uid }) => uid === `${id}-1`) as Face;
    expect(face).toMatchObject({ camera: "door", model: "sface", quality: 11, detection_score: 0.9 });
    expect(face.box).toEqual({ x: 10, y: 20, width: 80, height: 96 });
    expect(face.source).toBe(`snapshots/door/${new Date().toISOString().slice(0, 10)}/${id}.jpg`);
    expect(await readFile(join(folder, face.source))).toEqual(picture);
    expect(statSync(join(folder, face.source)).mode & 0o777).toBe(0o600);
    const frame = await fetch(`${url}/api/faces/${face.face_id}/frame`);
    expect(Buffer.from(await frame.arrayBuffer())).toEqual(picture);

    const { clusters } = await send<{ clusters: { id: string }[] }>("POST", "api/faces/discover");
    for (const { id } of clusters) await send("POST", `api/faces/clusters/${id}/assign`, { name: "Anna" });
    await send("DELETE", "api/faces/registry/Anna?faces=erase");
    await expect.poll(() => readdir(join(folder, "snapshots"))).toEqual([]);
  });

  it("counts once, however often it comes", async () => {
    const { camera, get, embedder } = await open();
    const picture = makePicture([{ who: 1 }]);
    for (const topic of [DOOR, DOOR, "cams/door/jpeg"]) await camera.publish(topic, picture);
    await camera.publish(DOOR, picture.toString("base64"));
    await camera.publish(DOOR, `data:image/jpeg;base64,${picture.toString("base64")}`);
    await camera.publish("cams/garden/jpeg", picture);
    await expect.poll(async () => (await get<{ faces: Face[] }>("api/faces")).faces.length).toBe(2);
    expect(embedder.given).toHaveLength(2);
  });

  it("is rejected with a reason when it is none, and the next good one is taken", async () => {
    const { camera, get } = await open({ config: { snapshots: { max_picture_bytes: 10_000 } } });
    const large = Buffer.concat([makePicture(), Buffer.alloc(10_000)]);
    await camera.publish(DOOR, "no picture");
    await camera.publish(DOOR, large);
    await camera.publish(DOOR, large.toString("base64"));
    await camera.publish(DOOR, makePicture(), { retain: true });
    await camera.publish(DOOR, makePicture([{ who: 1 }]));
    await expect.poll(async () => (await get<{ faces: Face[] }>("api/faces")).faces.length).toBe(1);
    const rejected = camera.seen.filter(({ topic }) => topic.endsWith("/rejected")).map(({ text }) => JSON.parse(text));
    expect(rejected.map(({ topic, code, reason }) => [topic, code, reason])).toEqual([
      [DOOR, "BAD_FIELD", "expected a JPEG, PNG or WebP picture, or base64 of one"],
      [DOOR, "TOO_LARGE", expect.stringContaining("at most 10000 are taken")],
      [DOOR, "TOO_LARGE", expect.stringContaining("at most 10000 are taken")],
      [DOOR, "RETAINED", expect.any(String)],
    ]);
  });

  it("is rejected where none are taken, with what to set", async () => {
    const app = await startTestApp();
    const camera = await connectClient(app.mqttUrl);
    await camera.subscribe("faces2mqtt/bridge/rejected");
    await camera.publish(DOOR, makePicture());
    const { text } = await camera.waitFor(() => true, "the rejection");
    expect(JSON.parse(text).reason).toBe("no pictures are taken: set snapshots.enabled to true");
  });
});

it.skipIf(!hasMosquitto)("pictures come over Mosquitto too", async () => {
  const { url: brokerUrl } = await startMosquitto();
  const { camera, get } = await open({ brokerUrl });
  const publish = async () => {
    await camera.publish(DOOR, makePicture([{ who: 1 }]));
    return (await get<{ faces: Face[] }>("api/faces")).faces.length;
  };
  await expect.poll(publish).toBeGreaterThan(0);
});
