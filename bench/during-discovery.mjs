// What a discovery costs the rest: publish-to-event and API times while nothing else happens and while it runs, the
// longest stall of the event loop, and how long a cancellation takes.
//
//   npm run build && node bench/during-discovery.mjs [FACES]

import mqtt from "mqtt";
import { makeFaces } from "../dist/demo/made-faces.js";
import { startDaemon } from "./daemon/start-daemon.mjs";

const FACES = Number(process.argv[2] ?? 20_000);
const { data } = makeFaces(FACES + 4_000, Math.round(FACES / 40));
const encoding = (i) => Array.from(data.subarray(i * 128, (i + 1) * 128), (value) => Number(value.toFixed(6)));
let next = 0;

const daemon = await startDaemon();
const { api } = daemon;

const publish = (client, more = {}) =>
  client.publishAsync("faces2mqtt/embedding/door", JSON.stringify({ encoding: encoding(next++), ...more }), { qos: 1 });

/** Milliseconds from publication to event, and of an API call, at 20 a second, until `isOver`. */
async function measure(client, isOver) {
  const sent = new Map();
  const [events, calls] = [[], []];
  const onMessage = (_, payload) => {
    const { source_event_id: id } = JSON.parse(payload.toString());
    if (sent.has(id)) events.push(performance.now() - sent.get(id));
  };
  client.on("message", onMessage);
  await fetch(`${api}/metrics`).then((answer) => answer.text());
  for (let i = 0; !isOver(i); i++) {
    const id = `m-${next}`;
    sent.set(id, performance.now());
    void publish(client, { event_id: id });
    const start = performance.now();
    void fetch(`${api}/api/faces/registry`).then(() => calls.push(performance.now() - start));
    await new Promise((done) => setTimeout(done, 50));
  }
  const metrics = await fetch(`${api}/metrics`).then((answer) => answer.text());
  const stall = Number(/^nodejs_eventloop_lag_max_seconds ([\d.e-]+)/m.exec(metrics)?.[1]) * 1000;
  await new Promise((done) => setTimeout(done, 300));
  client.off("message", onMessage);
  const at = (list, part) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
  const quantiles = (list) => `${at(list, 0.5).toFixed(1)} / ${at(list, 0.99).toFixed(1)} ms`;
  return `event ${quantiles(events)}, API ${quantiles(calls)} (median / 99th percentile), longest stall ${stall.toFixed(0)} ms`;
}

try {
  const client = await mqtt.connectAsync(daemon.mqttUrl);
  await client.subscribeAsync("faces2mqtt/event", { qos: 1 });
  await Promise.all(
    Array.from({ length: 100 }, async () => {
      while (next < FACES) await publish(client);
    }),
  );
  console.log(`${FACES} unassigned faces`);
  console.log(`idle:        ${await measure(client, (i) => i >= 200)}`);
  const discovery = () => fetch(`${api}/api/faces/discover`).then((answer) => answer.json());
  const start = () =>
    fetch(`${api}/api/faces/discover`, { method: "POST", headers: { prefer: "respond-async" } }).then((answer) =>
      answer.text(),
    );
  let running = true;
  await start();
  const startMs = performance.now();
  let tookMs = 0;
  void (async () => {
    while ((await discovery()).state === "running") await new Promise((done) => setTimeout(done, 50));
    tookMs = performance.now() - startMs;
    running = false;
  })();
  console.log(`discovering: ${await measure(client, () => !running)}`);
  console.log(`it took ${(tookMs / 1000).toFixed(1)} s`);
  await start();
  await new Promise((done) => setTimeout(done, Math.min(500, tookMs / 3)));
  const cancelMs = performance.now();
  const { state } = await fetch(`${api}/api/faces/discover`, { method: "DELETE" }).then((answer) => answer.json());
  console.log(`cancelled (${state}) in ${(performance.now() - cancelMs).toFixed(0)} ms`);
  await client.endAsync();
} finally {
  await daemon.stop();
}
