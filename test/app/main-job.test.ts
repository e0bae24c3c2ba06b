import { readFileSync } from "node:fs";
import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AssignAnswer, ClusterAnswer, ClustersAnswer, RecognitionEventJson } from "../../src/wire/out/schemas.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { type RealFace, realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { startTestApp, type TestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const data = sharedData();
const CLUSTERS = { "0.50": 171, "0.55": 100, "0.60": 83 } as const;

async function connect(daemon: TestApp): Promise<MqttClient> {
  const client = await mqtt.connectAsync(daemon.mqttUrl, { reconnectPeriod: 0 });
  onTestFinished(() => {
    client.end(true);
  });
  return client;
}

async function collectEvents(daemon: TestApp): Promise<RecognitionEventJson[]> {
  const events: RecognitionEventJson[] = [];
  const client = await connect(daemon);
  client.on("message", (_, payload) => events.push(JSON.parse(payload.toString()) as RecognitionEventJson));
  await client.subscribeAsync("faces2mqtt/event", { qos: 1 });
  return events;
}

/** Resolves when every face is acknowledged. */
async function publishFaces(daemon: TestApp, faces: readonly object[]): Promise<void> {
  const client = await connect(daemon);
  for (let i = 0; i < faces.length; i += 50) {
    const some = faces.slice(i, i + 50);
    await Promise.all(
      some.map((face) => client.publishAsync("faces2mqtt/embedding/replay", JSON.stringify(face), { qos: 1 })),
    );
  }
  await client.endAsync();
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** All pages of a cluster's faces: their uids. */
async function facesOf(daemon: TestApp, id: string): Promise<string[]> {
  const uids: string[] = [];
  let cursor: string | null = null;
  do {
    const path: string = `api/faces/clusters/${id}?limit=1000${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
    const page: ClusterAnswer = await daemon.get(path);
    uids.push(...page.faces.map((face) => face.uid));
    cursor = page.next_cursor;
  } while (cursor);
  return uids;
}

/** A partition as a set of sets, written so that two equal ones are equal texts. */
const toPartition = (groups: readonly (readonly string[])[]): string[] =>
  groups.map((group) => [...group].sort().join(" ")).sort();

function expectedPartition(folder: string, at: keyof typeof CLUSTERS): string[] {
  const groups = new Map<number, string[]>();
  for (const { id, labels } of realLabels(folder)) {
    groups.set(labels[at], [...(groups.get(labels[at]) ?? []), id]);
  }
  return toPartition([...groups.values()]);
}

async function discoverAt(daemon: TestApp, threshold: number): Promise<ClustersAnswer["clusters"]> {
  await daemon.send("PATCH", "api/settings", { "discovery.threshold": threshold });
  await daemon.send("POST", "api/faces/discover", {});
  const { clusters } = await daemon.get<ClustersAnswer>("api/faces/clusters?limit=1000");
  return clusters;
}

const moved = (face: RealFace, id: string): object => ({
  ...face,
  id,
  timestamp: new Date().toISOString(),
  encoding: face.encoding.map((value, i) => value + (i % 2 === 0 ? 0.002 : -0.002)),
});

describe.skipIf(data === null).each(["the embedded broker", "Mosquitto"])(
  "the main job with %s (real faces)",
  (broker) => {
    it("stores, discovers, names and recognizes", { timeout: 240_000 }, async (context) => {
      context.skip(broker === "Mosquitto" && !hasMosquitto, "no mosquitto is installed");
      const folder = tempFolder();
      const faces = realFaces(data as string);
      const mosquitto = broker === "Mosquitto" ? await startMosquitto() : null;
      const daemon = await startTestApp({ folder, ...(mosquitto ? { brokerUrl: mosquitto.url } : {}) });
      const events = await collectEvents(daemon);

      await publishFaces(daemon, faces);
      const stored = async () => (await daemon.get<{ stats: { faces: number } }>("api/status")).stats.faces;
      await until(async () => (await stored()) === faces.length, "all faces");
      const before = events.length;
      await publishFaces(daemon, faces);
      expect(await stored()).toBe(faces.length);
      expect(new Set(events.map((event) => event.face_id)).size).toBe(events.length);
      expect(events.length).toBe(before);
      expect(events.every((event) => event.event_type === "unknown" && event.delayed === true)).toBe(true);

      for (const at of ["0.50", "0.60", "0.55"] as const) {
        const clusters = await discoverAt(daemon, Number(at));
        expect(clusters).toHaveLength(CLUSTERS[at]);
        const groups = await Promise.all(clusters.map((cluster) => facesOf(daemon, cluster.id)));
        expect(toPartition(groups)).toEqual(expectedPartition(data as string, at));
      }

      const { clusters } = await daemon.get<ClustersAnswer>("api/faces/clusters?limit=10");
      const named = new Map<string, string[]>();
      for (const [i, cluster] of clusters.entries()) {
        const members = await facesOf(daemon, cluster.id);
        const name = `Łukasz ${i}`;
        const answer: AssignAnswer = await daemon.send("POST", `api/faces/clusters/${cluster.id}/assign`, { name });
        expect(answer).toMatchObject({ person: name, assigned: members.length, encoding_count: 1 });
        named.set(name, members);
      }
      const { people } = JSON.parse(readFileSync(join(folder, "face_registry.json"), "utf8")) as {
        people: Record<string, { embeddings: { source: string; encoding: number[] }[] }>;
      };
      expect(Object.keys(people)).toEqual([...named.keys()]);
      for (const person of Object.values(people)) {
        expect(person.embeddings).toHaveLength(1);
        expect(person.embeddings[0]?.encoding).toHaveLength(128);
        expect(typeof person.embeddings[0]?.source).toBe("string");
      }

      const again = await discoverAt(daemon, 0.55);
      const left = (await Promise.all(again.map((cluster) => facesOf(daemon, cluster.id)))).flat();
      const assigned = new Set([...named.values()].flat());
      expect(left).toHaveLength(faces.length - assigned.size);
      expect(left.some((uid) => assigned.has(uid))).toBe(false);

      const byUid = new Map(faces.map((face) => [face.id, face]));
      events.length = 0;
      const further = [...named.values()].map((uids, i) => moved(byUid.get(uids[0] as string) as RealFace, `new-${i}`));
      await publishFaces(daemon, further);
      const ofPeople = () => events.filter((event) => event.event_type === "recognized");
      await until(() => ofPeople().length === named.size, "an event of everybody");
      expect(ofPeople().map((event) => event.person)).toEqual([...named.keys()]);
      for (const event of ofPeople()) {
        expect(event.distance).toBeLessThan(0.6);
        expect(event.score).toBe(Number((1 - (event.distance as number)).toFixed(4)));
        expect(event.delayed).toBeUndefined();
      }
    });
  },
);
