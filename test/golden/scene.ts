import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StatusJson } from "../../src/wire/out/schemas.ts";
import { type Daemon, startDaemon } from "../helpers/daemon.ts";
import { connectClient, type TestClient } from "../helpers/mqtt-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { readRetained, toEvents } from "./listener.ts";
import { listenToEvents } from "./live-events.ts";
import { createNormalize, type Normalize } from "./normalize.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { badFaces, firstFaces, LOOKS, laterFaces, type SceneMessage } from "./scene-faces.ts";
import { claimFaces, discover, ignoreClusters, nameClusters } from "./story-clusters.ts";
import { askAboutFaces, askAboutLikeness, askAboutTheSystem, askEmptySystem } from "./story-faces.ts";
import { changePeople } from "./story-people.ts";
import { askAboutVisits, askForAdvice } from "./story-visits.ts";

const DAY_MS = 86_400_000;
const PICTURE = join(import.meta.dirname, "../helpers/grey.jpg");
const PACKAGE = join(import.meta.dirname, "../../package.json");
const REFUSED = "faces2mqtt/bridge/rejected";

const FIRST_THUMBNAILS = 14;
const LATER_THUMBNAILS = 6;

/** What a scene showed, as the golden files have it. */
export interface Seen {
  readonly answers: Recorder["answers"];
  readonly asked: Recorder["asked"];
  readonly topics: ReadonlyMap<string, unknown>;
  readonly openapi: { readonly paths: Readonly<Record<string, object>> };
}

/** A few days in a house, asked for all that can be asked. Nothing expires while it runs. */
export async function playScene(): Promise<Seen> {
  const folder = tempFolder();
  const frames = join(folder, "frames");
  mkdirSync(join(frames, "front_door"), { recursive: true });
  copyFileSync(PICTURE, join(frames, "front_door/1.jpg"));
  const env = {
    DISCOVERY_CANNOT_LINK: "true",
    HOMEASSISTANT_DOUBLE_TAKE_TOPICS: "true",
    HTTP_PUBLIC_URL: "http://panel.example",
    RECOGNITION_COOLDOWN_SECONDS: "0",
    RECOGNITION_MAX_AGE_SECONDS: String((7 * DAY_MS) / 1000),
    RECOGNITION_PRESENCE_SECONDS: "86400",
    // No visit ends while it runs.
    RECOGNITION_VISIT_SECONDS: "3600",
    STORAGE_FRAMES_DIR: frames,
  };
  const startedAt = new Date();
  const sceneStart = toSceneStart(startedAt);
  const daemon = await startDaemon({ folder: join(folder, "data"), env });
  const client = await connectClient(daemon.mqttUrl);
  await client.subscribe("faces2mqtt/#", "double-take/#");
  const normalize = await createNormalizeFor(daemon, sceneStart, startedAt);
  const recorder = createRecorder(daemon, client, normalize);
  const live = await listenToEvents(daemon.url);

  await askEmptySystem(recorder);
  await publish(client, firstFaces(sceneStart));
  await refuse(client, badFaces());
  await untilThumbnails(daemon, FIRST_THUMBNAILS);
  await askAboutFaces(recorder, sceneStart);
  const found = await discover(recorder, daemon);
  await nameClusters(recorder, found);
  await claimFaces(recorder);
  await ignoreClusters(recorder, found);
  await askAboutTheSystem(recorder);
  await publish(client, laterFaces(sceneStart));
  await untilThumbnails(daemon, FIRST_THUMBNAILS + LATER_THUMBNAILS);
  await askAboutLikeness(recorder);
  await askAboutVisits(recorder);
  await askForAdvice(recorder);
  const retained = await readRetained(daemon.mqttUrl);
  await changePeople(recorder);
  const left = await readRetained(daemon.mqttUrl);
  const { discovery, stats, visit: _, stranger: __, ...told } = live.read();
  const openapi = normalize(await daemon.get("api/openapi.json")) as Seen["openapi"];
  await daemon.stop();
  const { mqttPort, httpPort } = daemon;
  const again = await startDaemon({ folder: join(folder, "data"), env, mqttPort, httpPort });
  const kept = await readRetained(again.mqttUrl);

  return {
    answers: recorder.answers,
    asked: recorder.asked,
    topics: new Map([
      ["events", normalize(toEvents(client.seen))],
      ["retained", normalize(retained)],
      ["retained-after-erasing", normalize(left)],
      ["retained-after-restart", normalize(kept)],
      // How often these two come, and visits and strangers, is a matter of time.
      ["live-events", normalize({ ...told, discovery: discovery?.slice(0, 2), stats: stats?.slice(0, 1) })],
    ]),
    openapi,
  };
}

/** The configurations of Home Assistant's MQTT discovery in their other form: one message per component. */
export async function playComponentForm(): Promise<unknown> {
  const startedAt = new Date();
  const env = { HOMEASSISTANT_DISCOVERY_MODE: "component" };
  const daemon = await startDaemon({ folder: tempFolder(), env });
  const client = await connectClient(daemon.mqttUrl);
  const normalize = await createNormalizeFor(daemon, toSceneStart(startedAt), startedAt);
  await publish(client, [{ topic: "faces2mqtt/embedding/hall", payload: { id: "one", encoding: LOOKS.stranger() } }]);
  const { data } = await client.request<{ clusters: { id: string }[] }>("discover", { wait: true });
  await client.request("assign", { cluster: data.clusters[0]?.id, name: "Zoë" });
  const retained = Object.entries(await readRetained(daemon.mqttUrl));
  return normalize(Object.fromEntries(retained.filter(([topic]) => topic.startsWith("homeassistant/"))));
}

/** Three days ago at ten, so that nothing of it is of today, whenever it is. */
function toSceneStart(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - 3 * DAY_MS + (10 / 24) * DAY_MS);
}

async function createNormalizeFor(daemon: Daemon, sceneStart: Date, startedAt: Date): Promise<Normalize> {
  const { instance } = await daemon.get<StatusJson>("api/status");
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string };
  return createNormalize({ sceneStart, startedAt, instance, version, ports: [daemon.httpPort, daemon.mqttPort] });
}

async function publish(client: TestClient, messages: readonly SceneMessage[]): Promise<void> {
  for (const { topic, payload } of messages) await client.publish(topic, payload);
}

/** One after another: each is told before the next one comes. */
async function refuse(client: TestClient, messages: readonly SceneMessage[]): Promise<void> {
  for (const [i, message] of messages.entries()) {
    await publish(client, [message]);
    await client.waitFor((one) => one === client.seen.filter(({ topic }) => topic === REFUSED)[i], `refusal ${i}`);
  }
}

async function untilThumbnails(daemon: Daemon, count: number): Promise<void> {
  let made = -1;
  for (let tries = 0; tries < 600; tries++) {
    made = (await daemon.get<StatusJson>("api/status")).faces.thumbnails;
    if (made === count) return;
    await sleep(50);
  }
  throw new Error(`${made} thumbnails were made, not ${count}`);
}
