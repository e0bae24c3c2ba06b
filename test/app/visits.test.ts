import { describe, expect, it } from "vitest";
import type { ClustersAnswer, RecognitionEventJson } from "../../src/wire/out/schemas.ts";
import { connectClient, type TestClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const SECONDS = 1;
let looks = 0;
const look = (seed: number): number[] => [...makeNear(makeEncoding(seed * 1_000), 0.2, looks++)];

async function open(profile: "classic" | "careful", folder = tempFolder()) {
  const recognition = { profile, visit_seconds: SECONDS, cooldown_seconds: 0 };
  const daemon = await startTestApp({ folder, config: { recognition } });
  const client = await connectClient(daemon.mqttUrl);
  await client.subscribe("faces2mqtt/event");
  const events = () =>
    client.seen
      .filter(({ topic }) => topic === "faces2mqtt/event")
      .map(({ text }) => JSON.parse(text) as RecognitionEventJson);
  return { daemon, client, events, folder };
}

const send = (client: TestClient, camera: string, faces: readonly number[][]): Promise<void> =>
  client.publish(`faces2mqtt/embedding/${camera}`, { faces: faces.map((encoding) => ({ encoding })) });

async function name(daemon: TestApp, who: string): Promise<void> {
  const { clusters } = await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {});
  const [largest] = clusters;
  await daemon.send("POST", `api/faces/clusters/${largest?.id}/assign`, { name: who, version: largest?.version });
}

const until = (events: () => readonly object[], count: number): Promise<void> =>
  expect.poll(events, { timeout: 10_000 }).toHaveLength(count);

describe("a day of visits", () => {
  it("careful: one event a visit, two people in one frame are two, and a restart ends a visit silently", {
    timeout: 60_000,
  }, async () => {
    const { daemon, client, events, folder } = await open("careful");
    for (let i = 0; i < 3; i++) await send(client, "door", [look(1)]);
    await until(events, 1);
    expect(events()[0]).toMatchObject({ event_type: "unknown", person: null, visit_faces: 3, stranger_id: null });
    await name(daemon, "Anna");

    for (let i = 0; i < 4; i++) await send(client, "door", [look(1), look(2)]);
    await until(events, 3);
    const [, anna, unknown] = events();
    expect(anna).toMatchObject({ event_type: "recognized", person: "Anna", visit_faces: 2, camera: "door" });
    expect(anna?.threshold).toBeLessThan(0.6);
    expect(anna?.score).toBeCloseTo(1 - (anna?.distance ?? 0), 4);
    expect(unknown).toMatchObject({ event_type: "unknown", person: null, visit_faces: 4 });
    expect(new Set(events().map((event) => event.visit_id)).size).toBe(3);

    await send(client, "garden", [look(3)]);
    await daemon.stop();
    const again = await open("careful", folder);
    await new Promise((done) => setTimeout(done, SECONDS * 1_500));
    expect(again.events()).toEqual([]);
    await send(again.client, "garden", [look(1)]);
    await send(again.client, "garden", [look(1)]);
    await until(again.events, 1);
    expect(again.events()[0]).toMatchObject({ event_type: "recognized", person: "Anna" });
  });

  it("classic: one event a face, each with its visit", { timeout: 60_000 }, async () => {
    const { daemon, client, events } = await open("classic");
    for (let i = 0; i < 3; i++) await send(client, "door", [look(1)]);
    await name(daemon, "Anna");
    for (let i = 0; i < 2; i++) await send(client, "door", [look(1), look(2)]);
    await until(events, 7);
    await new Promise((done) => setTimeout(done, SECONDS * 1_500));
    expect(events().map((event) => [event.person, event.visit_faces])).toEqual([
      [null, 1],
      [null, 2],
      [null, 3],
      ["Anna", 4],
      [null, 1],
      ["Anna", 5],
      [null, 2],
    ]);
    expect(new Set(events().map((event) => event.visit_id)).size).toBe(2);
  });
});
