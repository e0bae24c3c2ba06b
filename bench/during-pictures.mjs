// The daemon with pictures: time from a picture to its event, what ready-made encodings wait while pictures are worked on, and
// the daemon's memory.
//
//   npm run build && node bench/during-pictures.mjs [--soak 1000]
//
// The models' folder is FACES2MQTT_TEST_MODELS, else .cache/models; the frames are those of FACES2MQTT_TEST_DATA, else of
// ../shared/data.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import mqtt from "mqtt";
import { makeFaces } from "../dist/demo/made-faces.js";
import { inspectModels } from "../dist/embed/models/inspect.js";
import { startDaemon } from "./daemon/start-daemon.mjs";
import { dataFolder, readFrames } from "./pictures/frames.mjs";

const { values: options } = parseArgs({ options: { soak: { type: "string", default: "1000" } } });
const SOAK = Number(options.soak);
const modelsDir = resolve(process.env.FACES2MQTT_TEST_MODELS ?? join(import.meta.dirname, "../.cache/models"));
const data = dataFolder();
// They are ours: the daemon refuses variables that are no keys of its configuration.
delete process.env.FACES2MQTT_TEST_MODELS;
delete process.env.FACES2MQTT_TEST_DATA;
if (data === null || !(await inspectModels(modelsDir, { hashes: false })).ready) {
  console.log(
    "left out: it needs a folder of real frames (FACES2MQTT_TEST_DATA), and what `faces2mqtt models` fetches",
  );
  process.exit();
}
const frames = readFrames(data).map(({ file }) => readFileSync(file));
const made = makeFaces(4_000, 200).data;
let sentPictures = 0;
let sentFaces = 0;

/** A frame that was not there before: what stands behind a JPEG's end is not looked at. */
const nextPicture = () => Buffer.concat([frames[sentPictures % frames.length], Buffer.from(`#${sentPictures++}`)]);
const nextEncoding = () => Array.from(made.subarray((sentFaces % 4_000) * 128, ((sentFaces % 4_000) + 1) * 128));

const daemon = await startDaemon({
  FACES2MQTT_SNAPSHOTS_ENABLED: "true",
  FACES2MQTT_SNAPSHOTS_MODELS_DIR: modelsDir,
});
const { api } = daemon;

const at = (list, part) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const quantiles = (list, parts) => parts.map((part) => `${at(list, part).toFixed(0)} ms`).join(" / ");
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, "utf8"))?.[1]) / 1_000;
/** Milliseconds from a picture to its event, one picture at a time. */
async function measurePictures(client, count) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const event = once(client, "event").then(() => times.push(performance.now() - start));
    await client.publishAsync("faces2mqtt/snapshot/door", nextPicture(), { qos: 1 });
    await Promise.race([event, sleep(2_000)]);
    await sleep(200);
  }
  return times;
}

/** Milliseconds from a ready-made encoding to its event, twenty a second. */
async function measureEncodings(client, count) {
  const sent = new Map();
  const times = [];
  const note = ({ source_event_id: id }) => sent.has(id) && times.push(performance.now() - sent.get(id));
  client.on("event", note);
  for (let i = 0; i < count; i++) {
    const id = `e-${sentFaces++}`;
    sent.set(id, performance.now());
    void client.publishAsync("faces2mqtt/embedding/gate", JSON.stringify({ encoding: nextEncoding(), event_id: id }), {
      qos: 1,
    });
    await sleep(50);
  }
  await sleep(500);
  client.off("event", note);
  return times;
}

/** As many pictures as the daemon takes, of two cameras, until `isOver` says so. */
async function keepBusy(isOver) {
  const one = async (camera) => {
    while (!isOver()) {
      const answer = await fetch(`${api}/api/snapshots?camera=${camera}`, {
        method: "POST",
        headers: { "content-type": "image/jpeg" },
        body: nextPicture(),
      });
      if (answer.status === 429) await sleep(50);
      else if (!answer.ok) throw new Error(await answer.text());
    }
  };
  await Promise.all(["front", "back"].map(one));
}

try {
  const client = await mqtt.connectAsync(daemon.mqttUrl);
  // Else what it publishes waits until its acknowledgement of the event before is acknowledged in turn: up to 40 ms.
  client.stream.setNoDelay?.(true);
  client.on("message", (_, payload) => client.emit("event", JSON.parse(payload.toString())));
  await client.subscribeAsync("faces2mqtt/event", { qos: 1 });
  await measurePictures(client, 5);
  console.log(`picture to event, idle: ${quantiles(await measurePictures(client, 100), [0.5, 0.9])} (median / 90 %)`);
  const idle = await measureEncodings(client, 300);
  console.log(`encoding to event, idle: ${quantiles(idle, [0.5, 0.99])} (median / 99 %)`);
  let over = false;
  const busy = keepBusy(() => over);
  const meanwhile = await measureEncodings(client, 300);
  over = true;
  await busy;
  const ratio = (at(meanwhile, 0.99) / at(idle, 0.99)).toFixed(1);
  console.log(
    `while pictures are worked on: ${quantiles(meanwhile, [0.5, 0.99])}; the 99 % is ${ratio} times the idle one`,
  );
  console.log(`memory of the daemon: ${memory().toFixed(0)} MB after ${sentPictures} pictures`);
  for (let goal = Math.ceil((sentPictures + 1) / 1_000) * 1_000; goal <= SOAK; goal += 1_000) {
    await keepBusy(() => sentPictures >= goal);
    console.log(`memory of the daemon: ${memory().toFixed(0)} MB after ${sentPictures} pictures`);
  }
  await client.endAsync();
} finally {
  await daemon.stop();
}
