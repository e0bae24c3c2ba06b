import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";
import mqtt from "mqtt";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

/** The built daemon on a folder, and what one does with it: faces over MQTT, all else over HTTP. */
export async function openSystem(folder) {
  /** What is stored now, by uid, as it was sent. */
  const sent = new Map();
  const [mqttPort, httpPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${httpPort}`;
  const others = Object.entries(process.env).filter(([key]) => !key.startsWith("FACES2MQTT_"));
  const daemon = spawn(process.execPath, [MAIN], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...Object.fromEntries(others),
      FACES2MQTT_DATA_DIR: folder,
      FACES2MQTT_HTTP_PORT: String(httpPort),
      FACES2MQTT_MQTT_EMBEDDED_PORT: String(mqttPort),
    },
  });
  process.on("exit", () => daemon.kill("SIGKILL"));

  async function ask(method, path, body) {
    const json = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/${path}`, { method, ...(body === undefined ? {} : json) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  await until("the daemon", async () => (await ask("GET", "healthz")).healthy);
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`);
  const status = () => ask("GET", "api/status");
  const faces = async () => (await ask("GET", "api/faces?limit=1000")).faces;

  return {
    sent,
    ask,
    status,
    faces,
    people: async () => (await ask("GET", "api/faces/registry?limit=1000")).people,
    /** @param state "waiting" or "ignored" */
    groups: async (state) => (await ask("GET", `api/faces/clusters?limit=1000&state=${state}`)).clusters,
    face: async (uid) => (await faces()).find((face) => face.uid === uid),
    async picture(path) {
      return new Uint8Array(await (await fetch(`${url}/${path}`)).arrayBuffer());
    },
    /** Resolves when all are stored with their thumbnails. */
    async publish(...lists) {
      for (const message of lists.flat()) {
        await client.publishAsync("faces2mqtt/embedding/front_door", JSON.stringify(message), { qos: 1 });
        const { faces: several = [message], ...frame } = message;
        for (const [i, face] of several.entries()) sent.set(face.id ?? `${message.id}-${i}`, { ...frame, ...face });
      }
      await until("the faces", async () => (await status()).stats.faces === sent.size);
      const pictures = [...sent.values()].filter((face) => face.thumbnail).length;
      await until("their thumbnails", async () => (await status()).faces.thumbnails === pictures);
    },
    async stop() {
      await client.endAsync();
      daemon.kill("SIGTERM");
      const [code] = await once(daemon, "exit");
      if (code !== 0) throw new Error(`the daemon ended with ${code}`);
    },
  };
}

/** Waits at most 20 seconds. */
export async function until(what, holds) {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
