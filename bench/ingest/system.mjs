// What bench/ingest and bench/ingest-profile run: brokers, the daemon with people enrolled, the limit, and faces to publish.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createMadePeople } from "../../dist/demo/made-people.js";
import { freePort } from "../daemon/free-port.mjs";
import { openClient } from "./mqtt-client.mjs";

export const PEOPLE = 100;
export const ENCODINGS_EACH = 10;
export const PUBLISHERS = 4;
const IN_FLIGHT = 50;
const MS_PER_TICK = 10;
const main = resolve(import.meta.dirname, "../../dist/main.js");
const children = new Set();
const folder = mkdtempSync(join(tmpdir(), "faces2mqtt-bench-"));

const people = createMadePeople("bench");
let photos = 0;
/** Another photo of a person. */
export const look = (person) =>
  Array.from(people.look(`person ${person}`, `photo ${photos++}`), (value) => Number(value.toFixed(6)));

let faces = 0;
/** Messages of one face each, of all people one after another. */
const makePayloads = (count) =>
  Array.from({ length: count }, (_, i) =>
    Buffer.from(JSON.stringify({ id: `face-${faces++}`, encoding: look(i % PEOPLE) })),
  );

export const hasMosquitto = () => !spawnSync("mosquitto", ["-h"]).error;

function start(command, args, env = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } });
  children.add(child);
  return {
    pid: child.pid,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      children.delete(child);
    },
  };
}

/** @param isUp asked until it is true */
async function until(isUp) {
  for (let tries = 0; tries < 300; tries++) {
    if (await isUp().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("it did not start");
}

const listens = (port) => async () => {
  const socket = createConnection({ port, host: "127.0.0.1" });
  await once(socket, "connect");
  socket.destroy();
  return true;
};

export async function startMosquitto() {
  const port = await freePort();
  const file = join(folder, `mosquitto-${port}.conf`);
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nset_tcp_nodelay true\nlog_dest none\n`,
  );
  const broker = start("mosquitto", ["-c", file]);
  await until(listens(port));
  return { ...broker, port };
}

/**
 * The daemon, with everybody enrolled and no cooldown.
 * @param mosquitto the port of its broker; null: the embedded one
 * @param nodeOptions of its process
 */
export async function startDaemon(mosquitto, nodeOptions = []) {
  const [mqttPort, httpPort] = [mosquitto ?? (await freePort()), await freePort()];
  const data = join(folder, `daemon-${httpPort}`);
  mkdirSync(data);
  const registry = Array.from({ length: PEOPLE }, (_, i) => [
    `Person ${i}`,
    { embeddings: Array.from({ length: ENCODINGS_EACH }, () => ({ source: "", encoding: look(i) })) },
  ]);
  writeFileSync(join(data, "face_registry.json"), JSON.stringify({ people: Object.fromEntries(registry) }));
  const daemon = start(process.execPath, [...nodeOptions, main], {
    FACES2MQTT_DATA_DIR: data,
    FACES2MQTT_HTTP_PORT: String(httpPort),
    FACES2MQTT_RECOGNITION_COOLDOWN_SECONDS: "0",
    FACES2MQTT_LOG_LEVEL: "error",
    ...(mosquitto === null
      ? { FACES2MQTT_MQTT_EMBEDDED_PORT: String(mqttPort) }
      : { FACES2MQTT_MQTT_URL: `mqtt://127.0.0.1:${mosquitto}` }),
  });
  await until(async () => {
    const status = await (await fetch(`http://127.0.0.1:${httpPort}/api/status`)).json();
    return status.stats.people === PEOPLE;
  });
  return { ...daemon, port: mqttPort };
}

/** @see limit.mjs */
export async function startLimit(mosquitto) {
  const port = await freePort();
  const args = [resolve(import.meta.dirname, "limit.mjs"), join(folder, `limit-${port}.db`), String(port)];
  const limit = start(process.execPath, mosquitto === null ? args : [...args, `mqtt://127.0.0.1:${mosquitto}`]);
  await until(listens(port));
  return { ...limit, port: mosquitto ?? port };
}

/** Seconds of processor time that a process has taken so far. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * MS_PER_TICK) / 1000;
}

/**
 * Publishes so many faces; answers faces per second until all are acknowledged, and have come out at `topic` where one is
 * given, and microseconds of processor time of the process per face.
 */
export async function measure({ port, pid }, count, topic = null) {
  const payloads = makePayloads(count);
  let seen = 0;
  let onAll;
  const all = topic === null ? null : new Promise((done) => (onAll = done));
  const watcher =
    topic &&
    (await openClient(port, () => {
      if (++seen === count) onAll();
    }));
  await watcher?.subscribe(topic);
  const publishers = [];
  for (let i = 0; i < PUBLISHERS; i++) publishers.push(await openClient(port));
  const share = Math.ceil(count / PUBLISHERS);
  const [startMs, usedBefore] = [performance.now(), processorSeconds(pid)];
  await Promise.all([
    all,
    ...publishers.map((publisher, i) =>
      publisher.publishAll(`faces2mqtt/embedding/camera_${i}`, payloads.slice(i * share, (i + 1) * share), IN_FLIGHT),
    ),
  ]);
  const seconds = (performance.now() - startMs) / 1000;
  const used = processorSeconds(pid) - usedBefore;
  for (const client of [watcher, ...publishers]) client?.close();
  return { perSecond: count / seconds, micros: (used / count) * 1e6 };
}

/** A folder that goes at the end. */
export function makeFolder(name) {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}

export function cleanUp() {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
