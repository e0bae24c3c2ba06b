import { expect, it } from "vitest";
import type { ClustersAnswer } from "../../src/wire/out/clusters/clusters.ts";
import type { StrangersAnswer } from "../../src/wire/out/strangers.ts";
import type { VisitsAnswer } from "../../src/wire/out/visits.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const HOUR_MS = 3_600_000;

it("somebody unknown at two cameras on two days is one stranger, in event and list, and a person's history when named", {
  timeout: 60_000,
}, async () => {
  const daemon = await startTestApp({ config: { recognition: { cooldown_seconds: 0, visit_seconds: 1 } } });
  const client = await connectClient(daemon.mqttUrl);
  const events: Record<string, unknown>[] = [];
  client.client.on("message", (topic, payload) => {
    if (topic === "faces2mqtt/event") events.push(JSON.parse(payload.toString()));
  });
  await client.client.subscribeAsync("faces2mqtt/event", { qos: 1 });

  async function visit(camera: string, hoursAgo: number): Promise<void> {
    for (const i of [1, 2, 3]) {
      const encoding = [...makeNear(makeEncoding(1_000), 0.15, hoursAgo * 10 + i)];
      const timestamp = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
      await client.publish(`faces2mqtt/embedding/${camera}`, { id: `${camera}-${hoursAgo}-${i}`, encoding, timestamp });
    }
  }
  const strangers = async () => (await daemon.get<StrangersAnswer>("api/strangers")).strangers;
  const visits = async () => (await daemon.get<VisitsAnswer>("api/visits")).visits;

  await visit("door", 24);
  await expect.poll(async () => (await visits()).map(({ state }) => state), { timeout: 8_000 }).toEqual(["unknown"]);
  expect(await strangers()).toEqual([]);
  await visit("garden", 0);
  await expect
    .poll(async () => (await visits()).map(({ state }) => state), { timeout: 8_000 })
    .toEqual(["unknown", "unknown"]);
  await expect.poll(() => events.length).toBe(6);
  expect(events.map(({ stranger_id, stranger_visits }) => [stranger_id, stranger_visits])).toEqual([
    ...Array(3).fill([null, null]),
    ...Array(3).fill(["s_1", 2]),
  ]);
  expect(await strangers()).toMatchObject([{ stranger_id: "s_1", number: 1, visits: 2, cameras: ["door", "garden"] }]);

  const { clusters } = await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {});
  expect(clusters.map((one) => [one.size, one.stranger_id])).toEqual([[6, "s_1"]]);
  expect(await strangers()).toHaveLength(1);
  expect(await daemon.send("POST", "api/strangers/s_1/assign", { name: "Anna" })).toMatchObject({
    person: "Anna",
    assigned: 6,
    encoding_count: 1,
  });
  expect(await strangers()).toEqual([]);
  expect((await visits()).map(({ person, state }) => [person, state])).toEqual([
    ["Anna", "corrected"],
    ["Anna", "corrected"],
  ]);
  await daemon.send("POST", "api/undo", {});
  expect(await strangers()).toMatchObject([{ stranger_id: "s_1", visits: 2 }]);
});
