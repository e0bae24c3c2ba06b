import { connectAsync, type MqttClient } from "mqtt";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { type Daemon, startDaemon } from "../../helpers/daemon.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
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

/** A daemon in a folder of its own, and cameras. */
export interface House extends Daemon {
  /** Resolves when all of them are stored. */
  publish(faces: readonly PublishedFace[]): Promise<void>;
  discover(): Promise<void>;
  readonly client: MqttClient;
  readonly folder: string;
}

interface Stats {
  readonly stats: { readonly faces: number };
}

/** Starts a house; gone when the test is over. `env` as `startDaemon` has it. */
export async function startHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  const folder = tempFolder();
  const daemon = await startDaemon({
    folder,
    env: { HOMEASSISTANT_ENABLED: "false", LOG_LEVEL: "warn", RECOGNITION_COOLDOWN_SECONDS: "0", ...env },
  });
  const client = await connectAsync(daemon.mqttUrl);
  onTestFinished(() => client.endAsync(true));
  const token = env.HTTP_TOKEN;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };

  async function stored(): Promise<number> {
    const answer = await fetch(`${daemon.url}/api/status`, { headers });
    return ((await answer.json()) as Stats).stats.faces;
  }

  return {
    ...daemon,
    client,
    folder,
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
      const answer = await fetch(`${daemon.url}/api/faces/discover`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: "{}",
      });
      if (!answer.ok) throw new Error(`discover: ${answer.status} ${await answer.text()}`);
    },
  };
}

const CAMERAS = ["front_door", "driveway", "garden"];
const pictures = new Map<number, Promise<string>>();

/** A picture that can be told from others: stripes of a colour. Never a photo. */
function makePicture(seed: number): Promise<string> {
  const known = pictures.get(seed);
  if (known) return known;
  const hue = (seed * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="hsl(${hue} 40% 60%)"/><circle cx="64" cy="52" r="28" fill="hsl(${hue} 40% 30%)"/><path d="M16 132c4-34 22-46 48-46s44 12 48 46z" fill="hsl(${hue} 40% 30%)"/></svg>`;
  const made = sharp(Buffer.from(svg))
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
