import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { silentLog } from "../../src/domain/log.ts";
import type { Embedder } from "../../src/domain/pictures/snapshot.ts";
import { createEmbedder } from "../../src/embed/embedder.ts";
import type { ClustersAnswer, FacesAnswer, RecognitionEventJson } from "../../src/wire/out/schemas.ts";
import { startFrigate } from "../helpers/frigate/fake-frigate.ts";
import { startGo2rtc } from "../helpers/frigate/fake-go2rtc.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { testModels } from "../helpers/test-models.ts";

const data = sharedData();
const models = testModels();

/** Frames of people who have several, by person. */
function framesOf(folder: string, people: number, each: number): readonly (readonly Buffer[])[] {
  const files = new Map<string, string[]>();
  const labels = realLabels(folder);
  for (const [row, { source }] of realFaces(folder).entries()) {
    const { person } = labels[row] ?? { person: "" };
    files.set(person, [...(files.get(person) ?? []), join(folder, "lfw/frames", source)]);
  }
  return [...files.values()]
    .flatMap((of) => {
      try {
        return of.length < each ? [] : [of.slice(0, each).map((file) => readFileSync(file))];
      } catch {
        return [];
      }
    })
    .slice(0, people);
}

function openRealEmbedder(modelsDir: string): Embedder {
  const embedder = createEmbedder({ modelsDir, workers: 1, log: silentLog });
  return { embed: embedder.embed, workers: 1, runtime: null, stop: embedder.stop };
}

it.skipIf(data === null || models === null)(
  "real faces of whole frames, cut-out faces and clean snapshots become groups, and the next visit has the name",
  { timeout: 120_000 },
  async () => {
    const [first = [], second = [], third = []] = framesOf(data ?? "", 3, 5);
    const go2rtc = await startGo2rtc();
    const frigate = await startFrigate();
    const app = await startTestApp({
      embedder: openRealEmbedder(models ?? ""),
      config: {
        recognition: { cooldown_seconds: 0 },
        snapshots: { enabled: true, frigate: { url: frigate.url, go2rtc_url: go2rtc.url } },
      },
    });
    await frigate.connect(app.mqttUrl);
    const watcher = await connectClient(app.mqttUrl);
    await watcher.subscribe("faces2mqtt/event");
    const events = () => watcher.seen.map(({ text }) => JSON.parse(text) as RecognitionEventJson);
    const untilFaces = (count: number) =>
      expect.poll(async () => (await app.get<FacesAnswer>("api/faces")).faces, { timeout: 20_000 }).toHaveLength(count);

    let stored = 0;
    for (const frames of [first, second, third]) {
      for (const frame of frames.slice(0, 3)) {
        go2rtc.streams.set("front", frame);
        const person = await frigate.appear({ camera: "front" });
        await untilFaces(++stored);
        // What Frigate keeps is smaller and WebP.
        const kept = await sharp(frame).resize(180).webp({ quality: 60 }).toBuffer();
        Object.assign(person, { best: { picture: kept, takenAt: Date.now() / 1000, area: 20_000, score: 0.9 } });
        await frigate.leave(person);
        await untilFaces(++stored);
      }
    }
    const { clusters } = await app.send<ClustersAnswer>("POST", "api/faces/discover", {});
    expect(clusters.map(({ size }) => size)).toEqual([6, 6, 6]);
    const ofSecond = clusters.find(({ representatives }) =>
      representatives.some(({ face_id: id }) => id > 6 && id <= 12),
    );
    await app.send("POST", `api/faces/clusters/${ofSecond?.id}/assign`, { name: "Anna", version: ofSecond?.version });

    // go2rtc has gone, Frigate cuts out the face.
    await go2rtc.stop();
    const before = events().length;
    const person = await frigate.appear({ camera: "front", zones: ["porch"] });
    await new Promise((done) => setTimeout(done, 1_100));
    const [frame = Buffer.alloc(0)] = second.slice(3);
    const box = realBox(data ?? "", frame);
    await frigate.face(person, await sharp(frame).extract(box).webp({ lossless: true }).toBuffer());
    await expect.poll(() => events().slice(before), { timeout: 20_000 }).toHaveLength(1);
    expect(events().at(-1)).toMatchObject({
      event_type: "recognized",
      person: "Anna",
      source_event_id: person.id,
      zones: ["porch"],
      model: "sface",
    });
  },
);

/** Where the face is in a frame. */
function realBox(folder: string, frame: Buffer) {
  const face = realFaces(folder).find(({ source }) => {
    try {
      return readFileSync(join(folder, "lfw/frames", source)).equals(frame);
    } catch {
      return false;
    }
  });
  const { x, y, width, height } = face?.box ?? { x: 0, y: 0, width: 1, height: 1 };
  return { left: x, top: y, width, height };
}
