import { expect, it } from "vitest";
import type { FacesAnswer } from "../../src/wire/out/schemas.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding } from "../make/encoding.ts";

it.skipIf(!hasMosquitto)(
  "a broker that was away costs no face it accepted, and its return repeats no event",
  { timeout: 60_000 },
  async () => {
    const mosquitto = await startMosquitto({ persistence: true });
    const folder = tempFolder();
    const config = { recognition: { cooldown_seconds: 0 } };
    const daemon = await startTestApp({ folder, brokerUrl: mosquitto.url, config });
    const uids = async () =>
      (await daemon.get<FacesAnswer>("api/faces?limit=1000")).faces.map((face) => face.uid).sort();
    const untilThere = async (count: number) => {
      for (let tries = 0; tries < 200 && (await uids()).length < count; tries++) {
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    const face = (id: string, seed: number) => ({ id, encoding: [...makeEncoding(seed)] });

    const camera = await connectClient(mosquitto.url);
    for (let i = 0; i < 20; i++) await camera.publish("faces2mqtt/embedding/door", face(`before-${i}`, i + 1));
    await untilThere(20);
    await mosquitto.stop();
    await daemon.stop();
    await mosquitto.start();

    // The broker keeps what cameras send while the daemon is away, and over its own restart.
    const second = await connectClient(mosquitto.url);
    for (let i = 0; i < 20; i++) await second.publish("faces2mqtt/embedding/door", face(`away-${i}`, i + 101));
    await mosquitto.stop();
    await mosquitto.start();
    const watcher = await connectClient(mosquitto.url);
    await watcher.subscribe("faces2mqtt/event");
    await startTestApp({ folder, brokerUrl: mosquitto.url, config, httpPort: daemon.httpPort });
    const expected = [...Array(20).keys()].flatMap((i) => [`away-${i}`, `before-${i}`]).sort();
    await untilThere(expected.length);
    expect(await uids()).toEqual(expected);
    await new Promise((done) => setTimeout(done, 300));
    const faceIds = watcher.seen.map(({ text }) => JSON.parse(text).face_id as number);
    expect(new Set(faceIds).size).toBe(faceIds.length);
    expect(faceIds).toHaveLength(20);
  },
);
