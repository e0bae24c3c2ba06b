import { describe, expect, it } from "vitest";
import type { ClustersAnswer, FacesAnswer, RecognitionEventJson } from "../../src/wire/out/schemas.ts";
import { type FakeFrigate, type FakeFrigateOptions, startFrigate } from "../helpers/frigate/fake-frigate.ts";
import { type FakeGo2rtc, startGo2rtc } from "../helpers/frigate/fake-go2rtc.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestApp, type TestConfig } from "../helpers/start-test-app.ts";
import { makeEmbedder, makePicture } from "../make/picture.ts";

const [ANNA, BEN, STRANGER] = [101, 102, 103];

interface Home {
  readonly app: TestApp;
  readonly frigate: FakeFrigate;
  readonly go2rtc: FakeGo2rtc;
  readonly events: () => readonly RecognitionEventJson[];
  /** As many faces are stored. */
  readonly untilFaces: (count: number) => Promise<void>;
  /** Someone walks by: in the frame, then in Frigate's best picture. */
  readonly visit: (camera: string, who: number, zones?: readonly string[]) => Promise<string>;
}

interface HomeOptions {
  readonly brokerUrl?: string;
  readonly frigate?: FakeFrigateOptions;
  readonly config?: TestConfig;
  readonly mqttPort?: number;
}

async function openHome({ brokerUrl, frigate: options = {}, config = {} }: HomeOptions = {}): Promise<Home> {
  const go2rtc = await startGo2rtc();
  const frigate = await startFrigate({ cameras: ["front", "back"], ...options });
  const app = await startTestApp({
    embedder: makeEmbedder(),
    ...(brokerUrl === undefined ? {} : { brokerUrl }),
    config: {
      recognition: { cooldown_seconds: 0, visit_seconds: 1 },
      ...config,
      snapshots: { enabled: true, frigate: { url: frigate.url, go2rtc_url: go2rtc.url, sub_labels: true } },
    },
  });
  await frigate.connect(app.mqttUrl);
  const watcher = await connectClient(app.mqttUrl);
  await watcher.subscribe("faces2mqtt/event");
  const faces = async () => (await app.get<FacesAnswer>("api/faces?limit=1000")).faces;
  return {
    app,
    frigate,
    go2rtc,
    events: () => watcher.seen.map(({ text }) => JSON.parse(text) as RecognitionEventJson),
    untilFaces: (count) => expect.poll(faces, { timeout: 10_000 }).toHaveLength(count),
    async visit(camera, who, zones = []) {
      const before = (await faces()).length;
      go2rtc.streams.set(camera, makePicture([{ who }]));
      const person = await frigate.appear({ camera, zones });
      await expect.poll(faces, { timeout: 10_000 }).toHaveLength(before + 1);
      const takenAt = Date.now() / 1000;
      Object.assign(person, { best: { picture: makePicture([{ who }]), takenAt, area: 20_000, score: 0.9 } });
      await frigate.leave(person);
      await expect.poll(faces, { timeout: 10_000 }).toHaveLength(before + 2);
      return person.id;
    },
  };
}

/** The largest group gets a name. */
async function nameLargest(app: TestApp, name: string): Promise<number> {
  const { clusters } = await app.send<ClustersAnswer>("POST", "api/faces/discover", {});
  const [largest] = clusters;
  await app.send("POST", `api/faces/clusters/${largest?.id}/assign`, { name, version: largest?.version });
  return largest?.size ?? 0;
}

const brokers = [
  ["the embedded broker", async () => undefined],
  ["Mosquitto", hasMosquitto ? async () => (await startMosquitto()).url : null],
] as const;

describe.each(["classic", "careful"] as const)("a day with Frigate, %s", (profile) => {
  describe.each(brokers)("over %s", (_, open) => {
    it.skipIf(open === null)(
      "is discovered, named, and the next visitor's name goes out and back",
      { timeout: 60_000 },
      async () => {
        const brokerUrl = await open?.();
        const config = { recognition: { profile, cooldown_seconds: 0, visit_seconds: 1 } };
        const { app, frigate, go2rtc, events, visit } = await openHome({ ...(brokerUrl ? { brokerUrl } : {}), config });
        for (const camera of ["front", "back", "front"]) await visit(camera, ANNA);
        await visit("front", BEN);
        await visit("back", BEN);
        await visit("front", STRANGER);
        // The last visit ends.
        await new Promise((done) => setTimeout(done, 1_500));
        expect(events().length).toBeGreaterThanOrEqual(2);
        expect(events().every((event) => event.person === null)).toBe(true);
        expect(await nameLargest(app, "Anna")).toBe(6);
        expect(await nameLargest(app, "Ben")).toBe(4);

        const before = events().length;
        const id = await visit("front", BEN, ["porch", "yard"]);
        const named = () => events().slice(before);
        await expect.poll(() => named().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
        expect(named()[0]).toMatchObject({
          event_type: "recognized",
          person: "Ben",
          camera: "front",
          source_event_id: id,
          zones: ["porch", "yard"],
          model: "sface",
        });
        await expect.poll(() => frigate.people.get(id)?.subLabel?.[0], { timeout: 10_000 }).toBe("Ben");
        // Our own name comes back from Frigate, and is no news of Frigate's.
        expect(named().every((event) => event.sub_label === undefined)).toBe(true);

        // Two people in one frame: each is in its own event.
        const pair = makePicture([{ who: ANNA }, { who: STRANGER }]);
        go2rtc.streams.set("front", pair);
        const start = events().length;
        const stranger = await frigate.appear({
          camera: "front",
          box: [200, 0, 320, 720],
          isStationary: true,
          subLabel: ["Postman", 0.9],
        });
        const anna = await frigate.appear({ camera: "front", box: [0, 0, 120, 720] });
        const both = () => events().slice(start);
        await expect
          .poll(() => both().length, { timeout: 10_000 })
          .toBeGreaterThanOrEqual(profile === "classic" ? 2 : 1);
        if (profile === "classic") {
          expect(both()).toEqual(
            expect.arrayContaining([
              expect.objectContaining({ person: "Anna", source_event_id: anna.id }),
              expect.objectContaining({ person: null, source_event_id: stranger.id, sub_label: "Postman" }),
            ]),
          );
          await expect.poll(() => anna.subLabel?.[0], { timeout: 10_000 }).toBe("Anna");
        }
        expect(stranger.subLabel).toEqual(["Postman", 0.9]);
        const { problems } = await app.get<{ problems: unknown[] }>("api/status");
        expect(problems).toEqual([]);
      },
    );
  });
});

it("nothing is lost by garbage on Frigate's topics, nor by a Frigate that goes and comes back", {
  timeout: 60_000,
}, async () => {
  const { app, frigate, visit, untilFaces } = await openHome();
  await visit("front", ANNA);
  const client = await connectClient(app.mqttUrl);
  for (const topic of ["events", "tracked_object_update", "available", "stats"]) {
    await client.publish(`frigate/${topic}`, "{garbage", { retain: true });
    await client.publish(`frigate/${topic}`, Buffer.from([0xff, 0x00, 0xfe]));
  }
  await frigate.stop();
  const person = await frigate.appear({
    camera: "back",
    best: { picture: makePicture([{ who: BEN }]), takenAt: Date.now() / 1000, area: 1, score: 1 },
  });
  const problems = async () => JSON.stringify((await app.get<{ problems: unknown[] }>("api/status")).problems);
  await expect.poll(problems, { timeout: 10_000 }).toContain("No pictures come from Frigate");
  await frigate.start();
  await client.publish("frigate/available", "online");
  await expect.poll(problems, { timeout: 10_000 }).toBe("[]");
  await frigate.leave(person);
  await untilFaces(3);
});

it("the past of Frigate gives groups on day one", { timeout: 60_000 }, async () => {
  const go2rtc = await startGo2rtc();
  const frigate = await startFrigate();
  for (const [n, who] of [ANNA, ANNA, ANNA, BEN, BEN].entries()) {
    const startTime = Date.now() / 1000 - (n + 1) * 3_600;
    const best = { picture: makePicture([{ who }]), takenAt: startTime + 1, area: 1, score: 1 };
    await frigate.appear({ camera: "front", startTime, endTime: startTime + 9, isStored: true, best });
  }
  const app = await startTestApp({
    embedder: makeEmbedder(),
    config: {
      snapshots: { enabled: true, frigate: { url: frigate.url, go2rtc_url: go2rtc.url } },
    },
  });
  const faces = async () => (await app.get<FacesAnswer>("api/faces")).faces;
  await expect.poll(faces, { timeout: 20_000 }).toHaveLength(5);
  expect((await faces()).every(({ timestamp }) => Date.now() - Date.parse(timestamp) > 3_500_000)).toBe(true);
  expect(await nameLargest(app, "Anna")).toBe(3);
});
