import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { testModels } from "../helpers/test-models.ts";

const data = sharedData();
const models = testModels();
const PEOPLE = 3;
const LOOKS = 5;

/** The pictures of those people who have the most. */
function readPictures(folder: string): Buffer[][] {
  const labels = realLabels(folder);
  const sources = new Map<string, string[]>();
  for (const [row, { source }] of realFaces(folder).entries()) {
    const person = labels[row]?.person as string;
    sources.set(person, [...(sources.get(person) ?? []), source]);
  }
  const most = [...sources.values()].sort((one, other) => other.length - one.length).slice(0, PEOPLE);
  return most.map((some) => some.slice(0, LOOKS + 1).map((source) => readFileSync(join(folder, "lfw/frames", source))));
}

interface Clusters {
  clusters: { id: string; size: number; representatives: { source: string }[] }[];
}

const brokers = [
  ["the embedded broker", true, async () => ({})],
  ["Mosquitto", hasMosquitto, async () => ({ brokerUrl: (await startMosquitto()).url })],
] as const;

describe.skipIf(data === null || models === null)("real pictures", () => {
  it.for(brokers)(
    "over %s are discovered, named, and the next visitor's name is published",
    { timeout: 180_000 },
    async ([, isThere, start], { skip }) => {
      skip(!isThere, "mosquitto is not on this machine");
      const snapshots = { enabled: true, models_dir: models as string };
      const app = await startTestApp({ ...(await start()), config: { snapshots } });
      const camera = await connectClient(app.mqttUrl);
      await camera.subscribe("faces2mqtt/event");
      const people = readPictures(data as string);
      const looked = async () => {
        const { snapshots } = await app.get<{ snapshots: { cameras: { faces: number; pictures: number }[] } }>(
          "api/status",
        );
        return snapshots.cameras.reduce((sum, { faces }) => sum + faces, 0);
      };
      let published = 0;
      for (const [who, pictures] of people.entries()) {
        for (const picture of pictures.slice(0, LOOKS)) {
          published++;
          // Each in its turn, so that none is given up; sent again it counts once.
          const send = async () => {
            await camera.publish(`faces2mqtt/snapshot/camera_${who}`, picture);
            return await looked();
          };
          await expect.poll(send, { timeout: 30_000, interval: 300 }).toBeGreaterThanOrEqual(published);
        }
      }
      const { clusters } = await app.send<Clusters>("POST", "api/faces/discover");
      const groups = clusters.filter(({ size }) => size >= LOOKS - 1);
      expect(groups).toHaveLength(PEOPLE);
      for (const { id, representatives } of groups) {
        const who = /camera_(\d)/.exec(representatives[0]?.source ?? "")?.[1];
        await app.send("POST", `api/faces/clusters/${id}/assign`, { name: `Person ${who}` });
      }
      for (const [who, pictures] of people.entries()) {
        await camera.publish("faces2mqtt/snapshot/door", pictures[LOOKS] as Buffer);
        const event = await camera.waitFor(
          ({ text }) => text.includes(`"person":"Person ${who}"`),
          `Person ${who}`,
          30_000,
        );
        expect(JSON.parse(event.text)).toMatchObject({ event_type: "recognized", camera: "door", model: "sface" });
      }
    },
  );
});
