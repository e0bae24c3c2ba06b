import { expect, it } from "vitest";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const TOPIC = "faces2mqtt/embedding/door";

it("faces of the past are stored and matched, change no state and cause no event, and become visits", {
  timeout: 60_000,
}, async () => {
  const app = await startTestApp();
  const camera = await connectClient(app.mqttUrl);
  await camera.subscribe("faces2mqtt/event", "faces2mqtt/person/+/state", "faces2mqtt/camera/+/state");
  const anna = makeEncoding(1);
  await camera.publish(TOPIC, { id: "live", encoding: [...anna], timestamp: new Date().toISOString() });
  const { clusters } = await app.send<{ clusters: { id: string }[] }>("POST", "api/faces/discover");
  await app.send("POST", `api/faces/clusters/${clusters[0]?.id}/assign`, { name: "Anna" });
  const stateOf = async () => {
    const { people } = await app.get<{ people: { last_seen: string; recognized: number }[] }>("api/faces/registry");
    return { people: people.map(({ last_seen }) => last_seen), cameras: await app.get("api/cameras") };
  };
  await camera.waitFor(({ topic }) => topic.endsWith("/person/anna/state"), "Anna's state");
  const before = await stateOf();
  const events = camera.seen.filter(({ topic }) => topic.endsWith("/event")).length;

  const day = new Date(Date.now() - 86_400_000);
  const at = (seconds: number) => new Date(day.getTime() + seconds * 1_000).toISOString();
  for (const [i, who] of [anna, anna, makeEncoding(9)].entries()) {
    const encoding = [...makeNear(who, 0.2, i)];
    await camera.publish(TOPIC, { id: `past-${i}`, encoding, timestamp: at(i), history: true });
  }
  await camera.publish("faces2mqtt/embedding/garden", {
    id: "past-3",
    encoding: [...anna],
    timestamp: at(3),
    history: true,
  });
  await expect.poll(async () => (await app.get<{ faces: object[] }>("api/faces")).faces.length).toBe(5);
  const { faces } = await app.get<{ faces: { uid: string; matched: { person: string } | null }[] }>("api/faces");
  const matched = faces.flatMap(({ uid, matched }) => (matched ? [`${uid} ${matched.person}`] : []));
  expect(matched.toSorted()).toEqual(["past-0 Anna", "past-1 Anna", "past-3 Anna"]);

  const visits = async () => (await app.get<{ visits: Visit[] }>("api/visits")).visits;
  await expect.poll(async () => (await visits()).length, { timeout: 20_000 }).toBe(4);
  const found = (await visits()).map(({ camera, faces, state, person }) => [camera, faces, state, person]);
  expect(found).toContainEqual(["door", 2, "recognized", expect.anything()]);
  expect(found).toContainEqual(["door", 1, "unknown", null]);
  expect(found).toContainEqual(["garden", 1, "recognized", expect.anything()]);
  const after = await stateOf();
  expect(after.people).toEqual(before.people);
  expect(camera.seen.filter(({ topic }) => topic.endsWith("/event"))).toHaveLength(events);
  const states = camera.seen.filter(({ topic }) => topic.endsWith("/state")).map(({ text }) => JSON.parse(text));
  expect(states.every(({ presence = "OFF" }) => presence === "OFF")).toBe(true);
  expect((await app.get<{ problems: string[] }>("api/status")).problems).toEqual([]);
});

interface Visit {
  camera: string;
  faces: number;
  state: string;
  person: unknown;
}
