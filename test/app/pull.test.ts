import { describe, expect, it } from "vitest";
import type { Embedder } from "../../src/domain/pictures/snapshot.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestApp, type TestConfig } from "../helpers/start-test-app.ts";
import { makeJpeg, sendPicture, startCamera } from "../helpers/test-camera.ts";

/** Looks at pictures and finds nobody; keeps what it saw. */
function makeEmbedder(): Embedder & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    async embed(picture) {
      seen.push(Buffer.from(picture).toString("latin1"));
      return { width: 10, height: 10, faces: [] };
    },
    workers: 1,
    runtime: null,
    stop: async () => {},
  };
}

const pullFrom = (url: string, more: object = {}): TestConfig => ({
  snapshots: { enabled: true, pull: [{ camera: "door", url, ...more }] },
});

const pullNow = (app: TestApp, camera: string) => app.send("POST", "api/snapshots/pull", { camera });

/** Answers with another picture each time. */
const startChangingCamera = () =>
  startCamera((_, response) => sendPicture(response, makeJpeg(`picture ${Math.random()}`)));

describe("pictures that are fetched", () => {
  it("come on command, over MQTT and HTTP alike", async () => {
    const camera = await startChangingCamera();
    const embedder = makeEmbedder();
    const app = await startTestApp({ config: pullFrom(camera.url), embedder });
    const client = await connectClient(app.mqttUrl);
    const answer = await client.request<{ snapshot_id: string; outcome: string }>("snapshot", { camera: "door" });
    expect(answer).toMatchObject({ status: "ok", data: { outcome: "queued" } });
    expect(answer.data.snapshot_id).toMatch(/^[0-9a-f]{16}$/);
    expect(await pullNow(app, "door")).toMatchObject({ outcome: "queued" });
    await expect.poll(() => embedder.seen).toHaveLength(2);
    expect(await client.request("snapshot", { camera: "yard" })).toMatchObject({ status: "error", code: "NOT_FOUND" });
    camera.answer = (_, response) => response.writeHead(500).end();
    await expect(pullNow(app, "door")).rejects.toThrow(/: 502 .*"CAMERA_FAILED"/);
  });

  it("are not to be had while pictures are not taken", async () => {
    const app = await startTestApp();
    await expect(pullNow(app, "door")).rejects.toThrow(/: 404 .*snapshots\.enabled is false/);
  });

  describe.each([
    ["the embedded broker", false],
    ["Mosquitto", true],
  ])("over %s", (_, isExternal) => {
    it.skipIf(isExternal && !hasMosquitto)("come when a message does, and not for a retained one", async () => {
      const broker = isExternal ? await startMosquitto() : null;
      const before = broker && (await connectClient(broker.url));
      await before?.publish("bell/front/pressed", "from before", { retain: true });
      const camera = await startChangingCamera();
      const embedder = makeEmbedder();
      const config = pullFrom(camera.url, { on: "bell/+/pressed" });
      const app = await startTestApp({ config, embedder, ...(broker ? { brokerUrl: broker.url } : {}) });
      const client = await connectClient(app.mqttUrl);
      // An answer shows that what the broker had retained has arrived before it.
      await expect.poll(async () => (await client.request("health")).status).toBe("ok");
      expect(camera.asked).toEqual([]);
      await client.publish("bell/front/pressed", "");
      await expect.poll(() => embedder.seen).toHaveLength(1);
      expect(camera.asked).toHaveLength(1);
    });
  });

  it("come at an interval; a camera that fails is a problem until it works again", async () => {
    const camera = await startChangingCamera();
    const app = await startTestApp({
      config: pullFrom(camera.url, { interval_seconds: 0.2 }),
      embedder: makeEmbedder(),
    });
    await expect.poll(() => camera.asked.length, { timeout: 5_000 }).toBeGreaterThan(2);
    const problems = async () => JSON.stringify((await app.get<{ problems: unknown }>("api/status")).problems);
    camera.answer = (_, response) => response.writeHead(503).end();
    await expect.poll(problems, { timeout: 5_000 }).toContain("no picture of door can be fetched");
    camera.answer = (_, response) => sendPicture(response);
    await expect.poll(problems, { timeout: 5_000 }).not.toContain("no picture of door can be fetched");
  });

  it("is refused at the start for a camera of Home Assistant, elsewhere than in its app", async () => {
    const config: TestConfig = { snapshots: { enabled: true, pull: [{ camera: "door", entity: "camera.door" }] } };
    await expect(startTestApp({ config, embedder: makeEmbedder() })).rejects.toThrow(
      "camera.door can be asked only where faces2mqtt runs as an app of Home Assistant",
    );
    const supervisor = await startChangingCamera();
    const embedder = makeEmbedder();
    const app = await startTestApp({ config, embedder, supervisor: { url: supervisor.url, token: "t0ken" } });
    expect(await pullNow(app, "door")).toMatchObject({ outcome: "queued" });
    expect(supervisor.asked[0]).toMatchObject({
      path: "/core/api/camera_proxy/camera.door",
      headers: { authorization: "Bearer t0ken" },
    });
    expect(app.output()).not.toContain("t0ken");
  });
});
