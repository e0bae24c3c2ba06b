import { join } from "node:path";
import mqtt from "mqtt";
import { describe, expect, it } from "vitest";
import { openFile } from "../../src/store/file/open-file.ts";
import { startDaemon } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding } from "../make/encoding.ts";

const KILLS = 30;

/** Publishes faces without end from a client that comes back; remembers which the broker acknowledged. */
function startCamera(url: string): { acknowledged: Set<string>; stop(): Promise<void> } {
  const acknowledged = new Set<string>();
  let running = true;
  let sent = 0;
  const client = mqtt.connect(url, { reconnectPeriod: 50, clientId: "camera", clean: false });
  client.on("error", () => undefined);
  const encoding = [...makeEncoding(1)];
  async function one(): Promise<void> {
    while (running) {
      const id = `face-${sent++}`;
      const payload = JSON.stringify({ id, encoding });
      try {
        await client.publishAsync("faces2mqtt/embedding/door", payload, { qos: 1 });
        acknowledged.add(id);
        await new Promise((done) => setTimeout(done, 5));
      } catch {
        await new Promise((done) => setTimeout(done, 10));
      }
    }
  }
  for (let i = 0; i < 16; i++) void one();
  return {
    acknowledged,
    async stop() {
      running = false;
      await client.endAsync(true);
    },
  };
}

function storedUids(folder: string): string[] {
  const database = openFile(join(folder, "faces2mqtt.db"), { readonly: true });
  const rows = database.prepare("SELECT uid FROM face_embeddings").all() as { uid: string }[];
  database.close();
  return rows.map((row) => row.uid);
}

describe("a daemon that is killed while faces stream in", () => {
  it(`has every face that it acknowledged, none twice (embedded broker, ${KILLS} kills)`, {
    timeout: 240_000,
  }, async () => {
    const folder = tempFolder();
    const mqttPort = await freePort();
    const camera = startCamera(`mqtt://127.0.0.1:${mqttPort}`);
    for (let kill = 0; kill < KILLS; kill++) {
      const daemon = await startDaemon({ folder, mqttPort, env: { LOG_LEVEL: "error" } });
      await new Promise((done) => setTimeout(done, 60 + (kill % 7) * 30));
      await daemon.kill();
    }
    await camera.stop();
    const daemon = await startDaemon({ folder });
    await daemon.stop();
    const stored = storedUids(folder);
    const kept = new Set(stored);
    expect(camera.acknowledged.size).toBeGreaterThan(KILLS);
    expect([...camera.acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    expect(kept.size).toBe(stored.length);
  });

  it.skipIf(!hasMosquitto)(
    "gets every face that its external broker accepted, none twice",
    { timeout: 240_000 },
    async () => {
      const folder = tempFolder();
      const mosquitto = await startMosquitto();
      const first = await startDaemon({ folder, brokerUrl: mosquitto.url });
      const camera = startCamera(mosquitto.url);
      await new Promise((done) => setTimeout(done, 200));
      await first.kill();
      for (let kill = 0; kill < 8; kill++) {
        const daemon = await startDaemon({ folder, brokerUrl: mosquitto.url, env: { LOG_LEVEL: "error" } });
        await new Promise((done) => setTimeout(done, 80 + (kill % 4) * 40));
        await daemon.kill();
      }
      await camera.stop();
      const last = await startDaemon({ folder, brokerUrl: mosquitto.url });
      const isThere = () => {
        const kept = new Set(storedUids(folder));
        return [...camera.acknowledged].every((id) => kept.has(id));
      };
      for (let tries = 0; tries < 200 && !isThere(); tries++) await new Promise((done) => setTimeout(done, 50));
      await last.stop();
      const stored = storedUids(folder);
      const kept = new Set(stored);
      expect(camera.acknowledged.size).toBeGreaterThan(20);
      expect([...camera.acknowledged].filter((id) => !kept.has(id))).toEqual([]);
      expect(kept.size).toBe(stored.length);
    },
  );
});
