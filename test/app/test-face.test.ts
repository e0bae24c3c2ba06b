import { describe, expect, it } from "vitest";
import type { FacesAnswer, PeopleAnswer, StatusJson, TestFaceAnswer } from "../../src/wire/out/schemas.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestApp, type TestConfig } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const USERS = [{ username: "home", password: "secret", role: "home" as const }];
const STEPS = ["published", "compared", "stored", "announced"];

/** Everything that a face could leave behind. */
async function leftovers(app: TestApp): Promise<object> {
  const [faces, cameras, visits, changes, { stats, faces: kept, problems }] = await Promise.all([
    app.get<FacesAnswer>("api/faces"),
    app.get<{ cameras: unknown[] }>("api/cameras"),
    app.get<{ visits: unknown[] }>("api/visits"),
    app.get<{ changes: unknown[] }>("api/changes"),
    app.get<StatusJson>("api/status"),
  ]);
  return {
    faces: faces.faces,
    cameras: cameras.cameras,
    visits: visits.visits,
    changes: changes.changes,
    stored: stats.faces,
    rejected: stats.rejected,
    thumbnails: kept.thumbnails,
    problems,
  };
}

const NOTHING = {
  faces: [],
  cameras: [],
  visits: [],
  changes: [],
  stored: 0,
  rejected: 0,
  thumbnails: 0,
  problems: [],
};

async function checkTestFace(app: TestApp, login: { username?: string; password?: string } = {}): Promise<void> {
  const client = await connectClient(app.mqttUrl, login);
  await client.subscribe("faces2mqtt/#", "homeassistant/#");
  const { camera, event, steps } = await app.send<TestFaceAnswer>("POST", "api/test-face", {});
  expect(camera).toBe("test");
  expect(event).toMatchObject({ event_type: "unknown", test: true, person: null, face_id: 0, candidates: [] });
  expect(steps.map(({ step }) => step)).toEqual(STEPS);
  const times = steps.map(({ at }) => Date.parse(at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const published = await client.waitFor(({ topic }) => topic === "faces2mqtt/event", "the event");
  expect(JSON.parse(published.text)).toEqual(event);
  expect(published.retain).toBe(false);
  expect(await leftovers(app)).toEqual(NOTHING);
  // No state, no device, no event of a camera or person.
  expect(client.seen.filter(({ topic }) => /\/(camera|person|stranger)\//.test(topic))).toEqual([]);
  expect(
    client.seen.filter(({ topic, text }) => topic.startsWith("homeassistant/") && text.includes("camera_test")),
  ).toEqual([]);
}

describe.each<{ profile: "classic" | "careful" }>([{ profile: "classic" }, { profile: "careful" }])(
  "a test face, $profile",
  ({ profile }) => {
    const recognition = { profile };

    it("goes through the embedded broker to its event, and leaves nothing", async () => {
      await checkTestFace(await startTestApp({ config: { recognition } }));
    });

    it("does so where the broker has users", async () => {
      const config: TestConfig = { recognition, mqtt: { embedded: { users: USERS } } };
      await checkTestFace(await startTestApp({ config }), { username: "home", password: "secret" });
    });

    it.skipIf(!hasMosquitto)("goes through an external broker", async () => {
      const { url } = await startMosquitto();
      const app = await startTestApp({ brokerUrl: url, config: { recognition } });
      await expect.poll(async () => (await app.get<StatusJson>("api/status")).broker.state).toBe("connected");
      await checkTestFace(app);
    });
  },
);

it("is like no one, and the next face is the first", async () => {
  const app = await startTestApp();
  const camera = await connectClient(app.mqttUrl);
  const encoding = Array.from({ length: 128 }, (_, i) => (i % 7) / 40);
  await app.send("POST", "api/test-face", {});
  await camera.publish("faces2mqtt/embedding/door", { encoding });
  await expect.poll(async () => (await app.get<FacesAnswer>("api/faces")).faces.map((one) => one.face_id)).toEqual([1]);
  await app.send("POST", "api/faces/discover", {});
  const { clusters } = await app.get<{ clusters: { id: string }[] }>("api/faces/clusters");
  await app.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  const { event } = await app.send<TestFaceAnswer>("POST", "api/test-face", {});
  expect(event).toMatchObject({ person: null, candidates: [] });
  const { people } = await app.get<PeopleAnswer>("api/faces/registry");
  expect(people.map(({ name, faces }) => [name, faces])).toEqual([["Anna", 1]]);
});

it("of an earlier run is not stored, whoever sends it", async () => {
  const app = await startTestApp();
  const camera = await connectClient(app.mqttUrl);
  const encoding = Array.from({ length: 128 }, () => 0.1);
  await camera.publish("faces2mqtt/embedding/test", { encoding, faces2mqtt_test: "5b0c5f0e" });
  await app.send("POST", "api/test-face", {});
  expect(await leftovers(app)).toEqual(NOTHING);
});

describe.skipIf(!hasMosquitto)("with an external broker", () => {
  it("what the broker kept over a restart leaves nothing", async () => {
    const folder = tempFolder();
    const mosquitto = await startMosquitto();
    const first = await startTestApp({ folder, brokerUrl: mosquitto.url });
    await expect.poll(async () => (await first.get<StatusJson>("api/status")).broker.state).toBe("connected");
    const client = await connectClient(mosquitto.url);
    await client.subscribe("faces2mqtt/embedding/test");
    mosquitto.freeze();
    // It is on its way to the broker when the daemon ends.
    const sending = first.send("POST", "api/test-face", {}).catch((error: Error) => error.message);
    await new Promise((done) => setTimeout(done, 200));
    await first.stop();
    expect(await sending).toMatch(/TEST_FACE_LOST|BROKER_UNREACHABLE|fetch failed/);
    mosquitto.thaw();
    await client.waitFor(({ topic }) => topic === "faces2mqtt/embedding/test", "the test face at the broker");
    const second = await startTestApp({ folder, brokerUrl: mosquitto.url });
    await expect.poll(async () => (await second.get<StatusJson>("api/status")).broker.state).toBe("connected");
    await checkTestFace(second);
  }, 30_000);

  it("that does not answer or is away, it says so", async () => {
    const mosquitto = await startMosquitto();
    const app = await startTestApp({ brokerUrl: mosquitto.url });
    await expect.poll(async () => (await app.get<StatusJson>("api/status")).broker.state).toBe("connected");
    mosquitto.freeze();
    await expect(app.send("POST", "api/test-face", {})).rejects.toThrow(/504 .*TEST_FACE_LOST/);
    mosquitto.thaw();
    await mosquitto.stop("SIGKILL");
    await expect.poll(async () => (await app.get<StatusJson>("api/status")).broker.state).toBe("connecting");
    await expect(app.send("POST", "api/test-face", {})).rejects.toThrow(/503 .*BROKER_UNREACHABLE/);
  }, 30_000);
});
