// Pictures shared by workers on Mosquitto: how many a second, and how many wait for one that is killed and never returns.
//
//   npm run bench -- workers           Weights in .cache/models or FACES2MQTT_TEST_MODELS, real faces beside the repository

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import mqtt from "mqtt";
import { toSnapshotId } from "../dist/domain/pictures/snapshot.js";

const ROOT = resolve(import.meta.dirname, "..");
const MODELS = resolve(process.env.FACES2MQTT_TEST_MODELS ?? join(ROOT, ".cache/models"));
const DATA = process.env.FACES2MQTT_TEST_DATA ?? resolve(ROOT, "../shared/data");
// They are ours: the daemon refuses variables that are no keys of its configuration.
delete process.env.FACES2MQTT_TEST_MODELS;
delete process.env.FACES2MQTT_TEST_DATA;
const PICTURES = 200;
const PORT = 18_931;
const URL = `mqtt://127.0.0.1:${PORT}`;

const lacking = [
  ["mosquitto", !spawnSync("mosquitto", ["-h"]).error],
  [`weights in ${MODELS}`, existsSync(join(MODELS, "runtime/installed.json"))],
  [`real faces in ${DATA}`, existsSync(join(DATA, "lfw/faces.jsonl.gz"))],
].filter(([, isHere]) => !isHere);
if (lacking.length > 0) {
  console.log(`left out, without ${lacking.map(([name]) => name).join(", ")}`);
  process.exit(0);
}

const lines = gunzipSync(readFileSync(join(DATA, "lfw/faces.jsonl.gz")))
  .toString()
  .trim()
  .split("\n");
const sources = new Map(lines.map((line) => JSON.parse(line)).map(({ source, camera }) => [source, camera]));
const frames = [...sources].slice(0, PICTURES).map(([source, camera]) => {
  const picture = readFileSync(join(DATA, "lfw/frames", source));
  return { camera, picture, id: toSnapshotId(camera, picture) };
});

for (const workers of [1, 2, 4]) {
  const { seconds } = await share({ workers, kill: false });
  console.log(
    `${workers} workers: ${PICTURES} pictures in ${seconds.toFixed(1)} s, ${(PICTURES / seconds).toFixed(1)} a second`,
  );
}
for (const workers of [2, 4]) {
  const { missing, back } = await share({ workers, kill: true });
  console.log(
    `${workers} workers, one killed after a quarter of ${PICTURES} pictures: ${missing} wait for it; ` +
      `${back} of them are missing after another process did \`embed --leave\` under its id`,
  );
}

/** Publishes all at once; with `kill`, one worker is killed after a quarter and comes back only to leave. */
async function share({ workers, kill }) {
  const folder = mkdtempSync(join(tmpdir(), "workers-"));
  const conf = join(folder, "mosquitto.conf");
  writeFileSync(conf, `listener ${PORT} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n`);
  const broker = spawn("mosquitto", ["-c", conf], { stdio: "ignore" });
  const children = [];
  try {
    await sleep(500);
    const done = new Set();
    const daemon = await mqtt.connectAsync(URL);
    daemon.on("message", (_, payload) => done.add(JSON.parse(payload.toString()).id));
    await daemon.subscribeAsync("faces2mqtt/embedding/+", { qos: 1 });
    for (let id = 0; id < workers; id++) children.push(startWorker(folder, id));
    await Promise.all(children.map(connected));
    // Each loads its weights with the first picture.
    for (const { camera, picture } of frames.slice(0, 4 * workers))
      await publish(daemon, camera, [picture, Buffer.of(0)]);
    await until(() => done.size === 4 * workers);
    done.clear();
    const startedAt = performance.now();
    for (const { camera, picture } of frames) void publish(daemon, camera, [picture]);
    let missing = 0;
    let back = 0;
    if (kill) {
      await until(() => done.size >= PICTURES / 4);
      children[0].kill("SIGKILL");
      await untilQuiet(done);
      missing = PICTURES - done.size;
      const leaving = startWorker(folder, 0, "--leave");
      await once(leaving, "exit");
      await untilQuiet(done);
      back = PICTURES - done.size;
    } else await until(() => done.size === PICTURES);
    const seconds = (performance.now() - startedAt) / 1_000;
    await daemon.endAsync(true);
    return { seconds, missing, back };
  } finally {
    for (const child of [...children, broker]) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

function publish(client, camera, parts) {
  return client.publishAsync(`faces2mqtt/snapshot/${camera}`, Buffer.concat(parts), { qos: 1 });
}

function startWorker(folder, id, ...more) {
  const env = { ...process.env, FACES2MQTT_SNAPSHOTS_MODELS_DIR: MODELS, FACES2MQTT_LOG_PRETTY: "false" };
  const args = [join(ROOT, "dist/main.js"), "embed", "--url", URL, "--id", `w${id}`, ...more];
  return spawn(process.execPath, args, { env, cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
}

async function connected(child) {
  for await (const [chunk] of on(child.stdout)) if (chunk.toString().includes("connected to the broker")) break;
  child.stdout.resume();
}

async function* on(stream) {
  while (true) yield await once(stream, "data");
}

async function until(condition) {
  while (!condition()) await sleep(10);
}

async function untilQuiet(done) {
  for (let before = -1; before !== done.size; await sleep(3_000)) before = done.size;
}
