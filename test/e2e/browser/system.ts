import { connectAsync, type MqttClient } from "mqtt";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import type { Embedder } from "../../../src/domain/pictures/snapshot.ts";
import type { StatusJson } from "../../../src/wire/out/schemas.ts";
import { startTestApp, type TestApp, type TestConfig } from "../../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";

/** A face as a camera publishes it. */
export interface PublishedFace {
  readonly id: string;
  readonly camera: string;
  readonly timestamp?: string;
  readonly box?: object;
  readonly source?: string;
  readonly encoding: readonly number[];
  readonly thumbnail?: string;
}

/** A daemon with its panel, and the client that stands for all cameras. */
export interface System extends TestApp {
  /** Resolves when all of them are stored. */
  publish(faces: readonly PublishedFace[]): Promise<void>;
  discover(): Promise<void>;
  readonly client: MqttClient;
}

/** Started without Home Assistant and cooldown, unless `config` says otherwise; stopped when the test is over. */
export async function startSystem(
  config: TestConfig = {},
  environment: Readonly<Record<string, string>> = {},
  embedder?: Embedder,
): Promise<System> {
  const app = await startTestApp({
    environment,
    ...(embedder ? { embedder } : {}),
    config: {
      homeassistant: { enabled: false },
      ...config,
      recognition: { cooldown_seconds: 0, ...config.recognition },
    },
  });
  const client = await connectAsync(app.mqttUrl);
  onTestFinished(() => client.endAsync(true));
  const stored = async () => (await app.get<Pick<StatusJson, "stats">>("api/status")).stats.faces;

  return {
    ...app,
    client,
    async publish(faces) {
      const before = await stored();
      await Promise.all(
        faces.map((face) =>
          client.publishAsync(`faces2mqtt/embedding/${face.camera}`, JSON.stringify(face), { qos: 1 }),
        ),
      );
      for (let tries = 0; tries < 200 && (await stored()) < before + faces.length; tries++) {
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    async discover() {
      await app.send("POST", "api/faces/discover", {});
    },
  };
}

const CAMERAS = ["front_door", "driveway", "garden"];
const pictures = new Map<number, Promise<string>>();

/** A head and shoulders in a colour of its own, as base64 JPEG. Drawn by pixel: the daemon's process reads no SVG. */
function makePicture(seed: number): Promise<string> {
  const known = pictures.get(seed);
  if (known) return known;
  const light = [0, 1, 2].map((channel) => 110 + ((seed * 47 + channel * 85) % 120));
  const size = 128;
  const pixels = Buffer.alloc(size * size * 3);
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    const isBody = Math.hypot(x - 64, y - 52) < 28 || Math.hypot(x - 64, y - 132) < 48;
    for (const [channel, value] of light.entries()) pixels[at * 3 + channel] = isBody ? value / 2 : value;
  }
  const made = sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .jpeg()
    .toBuffer()
    .then((jpeg) => jpeg.toString("base64"));
  pictures.set(seed, made);
  return made;
}

/** Faces of people who do not exist: `sizes[n]` faces of the n-th, near each other and far from everybody else's. */
export async function makeFaces(sizes: readonly number[], firstPerson = 1): Promise<PublishedFace[]> {
  const faces: PublishedFace[] = [];
  for (const [at, size] of sizes.entries()) {
    const person = firstPerson + at;
    const middle = makeEncoding(person);
    const thumbnail = await makePicture(person);
    for (let shot = 0; shot < size; shot++) {
      faces.push({
        id: `p${person}-${shot}`,
        camera: CAMERAS[(person + shot) % CAMERAS.length] as string,
        timestamp: new Date(Date.now() - (shot * 37 + person) * 60_000).toISOString(),
        box: { x: 10, y: 10, width: 80, height: 80 },
        encoding: [...makeNear(middle, 0.15, person * 1_000 + shot)],
        thumbnail,
      });
    }
  }
  return faces;
}
