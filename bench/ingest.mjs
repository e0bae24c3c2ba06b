// Faces per second: published, acknowledged, stored, compared with 1,000 encodings and announced; and how long one face
// takes from its publication to its event at 50 faces a second. Beside it, in the same run, the limit: the same publisher
// and broker with a subscriber that does nothing.
//
//   npm run build && node bench/ingest.mjs [FACES]      (Mosquitto's part needs `mosquitto` on the PATH)

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import mqtt from "mqtt";
import { createMadePeople } from "../dist/demo/made-people.js";
import { freePort } from "./daemon/free-port.mjs";

const FACES = Number(process.argv[2] ?? 10_000);
/** Faces to warm up with before those that are measured, as in a daemon that has been running for a while. */
const WARM_UP = 3_000;
const PEOPLE = 100;
const ENCODINGS_EACH = 10;
const PUBLISHERS = 4;
const IN_FLIGHT = 50;
const RATE = 50;
const LATENCY_FACES = 500;
const main = resolve(import.meta.dirname, "../dist/main.js");
const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));
const children = [];

const people = createMadePeople("bench");
let photos = 0;
/** Another photo of a person. */
const look = (person) =>
  Array.from(people.look(`person ${person}`, `photo ${photos++}`), (value) => Number(value.toFixed(6)));

function registry() {
  const entries = Array.from({ length: PEOPLE }, (_, i) => [
    `Person ${i}`,
    { embeddings: Array.from({ length: ENCODINGS_EACH }, () => ({ source: "", encoding: look(i) })) },
  ]);
  return JSON.stringify({ people: Object.fromEntries(entries) });
}

async function connect(url, options = {}) {
  for (let tries = 0; ; tries++) {
    const client = mqtt.connect(url, { reconnectPeriod: 0, ...options });
    try {
      await Promise.race([
        once(client, "connect"),
        once(client, "close").then(() => Promise.reject(new Error("closed"))),
      ]);
      client.stream.setNoDelay(true);
      return client;
    } catch (error) {
      client.end(true);
      if (tries > 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function start(command, args, env = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } });
  children.push(child);
  return child;
}

async function stop(child) {
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function startDaemon(name, env) {
  const data = join(folder, name);
  const httpPort = await freePort();
  spawnSync("mkdir", ["-p", data]);
  writeFileSync(join(data, "face_registry.json"), registry());
  const child = start(process.execPath, [main], {
    FACES2MQTT_DATA_DIR: data,
    FACES2MQTT_HTTP_PORT: String(httpPort),
    FACES2MQTT_RECOGNITION_COOLDOWN_SECONDS: "0",
    FACES2MQTT_LOG_LEVEL: "error",
    ...env,
  });
  for (let tries = 0; tries < 200; tries++) {
    const { people: count } = await fetch(`http://127.0.0.1:${httpPort}/api/status`)
      .then((answer) => answer.json())
      .then((status) => status.stats)
      .catch(() => ({}));
    if (count === PEOPLE) return child;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the daemon did not start");
}

/** Publishes all, so many in flight; resolves when all are acknowledged. */
async function publishAll(url, payloads) {
  const share = Math.ceil(payloads.length / PUBLISHERS);
  await Promise.all(
    Array.from({ length: PUBLISHERS }, async (_, i) => {
      const client = await connect(url);
      const mine = payloads.slice(i * share, (i + 1) * share);
      await Promise.all(
        Array.from({ length: IN_FLIGHT }, async () => {
          for (let next = mine.pop(); next !== undefined; next = mine.pop()) {
            await client.publishAsync(`faces2mqtt/embedding/camera_${i}`, next, { qos: 1 });
          }
        }),
      );
      await client.endAsync();
    }),
  );
}

/** Faces per second until all are acknowledged and have come out at `topic`. */
async function throughput(url, topic, run, count = FACES) {
  const payloads = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: `${run}-${i}`, encoding: look(i % PEOPLE) }),
  );
  const watcher = await connect(url);
  let seen = 0;
  let done;
  const all = new Promise((resolve_) => {
    done = resolve_;
  });
  watcher.on("message", () => {
    if (++seen === count) done();
  });
  await watcher.subscribeAsync(topic, { qos: 1 });
  const startMs = performance.now();
  await Promise.all([publishAll(url, payloads), all]);
  const seconds = (performance.now() - startMs) / 1000;
  await watcher.endAsync();
  return count / seconds;
}

/** Milliseconds from publication to event, sorted. */
async function latencies(url) {
  const client = await connect(url);
  const sent = new Map();
  const took = [];
  let done;
  const all = new Promise((resolve_) => {
    done = resolve_;
  });
  client.on("message", (_, payload) => {
    const { source_event_id: id } = JSON.parse(payload.toString());
    if (!sent.has(id)) return;
    took.push(performance.now() - sent.get(id));
    if (took.length === LATENCY_FACES) done();
  });
  await client.subscribeAsync("faces2mqtt/event", { qos: 1 });
  for (let i = 0; i < LATENCY_FACES; i++) {
    const id = `latency-${i}`;
    const payload = JSON.stringify({ id: `${id}-${Math.random()}`, event_id: id, encoding: look(i % PEOPLE) });
    sent.set(id, performance.now());
    client.publish("faces2mqtt/embedding/door", payload, { qos: 1 });
    await new Promise((next) => setTimeout(next, 1000 / RATE));
  }
  await all;
  await client.endAsync();
  return took.sort((a, b) => a - b);
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);

async function report(name, limitUrl, startLimit, daemonUrl, startOurs) {
  const limitBroker = await startLimit();
  await throughput(limitUrl, "faces2mqtt/embedding/+", `limit-warm-${name}`, WARM_UP);
  const limit = await throughput(limitUrl, "faces2mqtt/embedding/+", `limit-${name}`);
  if (limitBroker) await stop(limitBroker);
  const daemon = await startOurs();
  await throughput(daemonUrl, "faces2mqtt/event", `ours-warm-${name}`, WARM_UP);
  const ours = await throughput(daemonUrl, "faces2mqtt/event", `ours-${name}`);
  const took = await latencies(daemonUrl);
  await stop(daemon);
  console.log(
    `${name.padEnd(10)} ${Math.round(ours)} faces/s, limit ${Math.round(limit)}/s: ${((100 * ours) / limit).toFixed(0)} % of it; ` +
      `at ${RATE} faces/s publish to event ${at(took, 0.5)} ms median, ${at(took, 0.99)} ms 99th percentile`,
  );
}

try {
  console.log(`${FACES} faces, ${PUBLISHERS} publishers, ${PEOPLE * ENCODINGS_EACH} encodings enrolled`);
  const [limitPort, ourPort] = [await freePort(), await freePort()];
  const bare = `import { Aedes } from "aedes"; import { createServer } from "node:net";
    const broker = await Aedes.createBroker(); createServer(broker.handle).listen(${limitPort}, "127.0.0.1");`;
  await report(
    "embedded",
    `mqtt://127.0.0.1:${limitPort}`,
    async () => start(process.execPath, ["--input-type=module", "-e", bare]),
    `mqtt://127.0.0.1:${ourPort}`,
    () => startDaemon("embedded", { FACES2MQTT_MQTT_EMBEDDED_PORT: String(ourPort) }),
  );
  if (spawnSync("mosquitto", ["-h"]).error) {
    console.log("mosquitto   not installed: left out");
  } else {
    const port = await freePort();
    const conf = join(folder, "mosquitto.conf");
    writeFileSync(conf, `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nlog_dest none\n`);
    const mosquitto = start("mosquitto", ["-c", conf]);
    const url = `mqtt://127.0.0.1:${port}`;
    await report(
      "mosquitto",
      url,
      async () => null,
      url,
      () => startDaemon("mosquitto", { FACES2MQTT_MQTT_URL: url }),
    );
    await stop(mosquitto);
  }
} finally {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
