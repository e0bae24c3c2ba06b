// Faces per second: published, acknowledged, stored, compared with 1,000 encodings and announced; and how long one face
// takes from its publication to its event at 50 faces a second. Beside it, in the same run and one after the other, the
// limit: the same broker in a process that does nothing but insert a row durably before each acknowledgement.
//
//   npm run build && node bench/ingest.mjs [FACES] [ROUNDS]      (Mosquitto's part needs `mosquitto` on the PATH)

import { openClient } from "./ingest/mqtt-client.mjs";
import {
  cleanUp,
  ENCODINGS_EACH,
  hasMosquitto,
  look,
  measure,
  PEOPLE,
  PUBLISHERS,
  startDaemon,
  startLimit,
  startMosquitto,
} from "./ingest/system.mjs";

const FACES = Number(process.argv[2] ?? 10_000);
const ROUNDS = Number(process.argv[3] ?? 5);
/** Faces to warm up with before those that are measured, as in a daemon that has been running for a while. */
const WARM_UP = 3_000;
const RATE = 50;
const LATENCY_FACES = 500;

/** Milliseconds from publication to event, sorted. */
async function latencies(port) {
  const sent = new Map();
  const took = [];
  let onAll;
  const all = new Promise((done) => (onAll = done));
  const client = await openClient(port, (payload) => {
    const { source_event_id: id } = JSON.parse(payload.toString());
    if (!sent.has(id)) return;
    took.push(performance.now() - sent.get(id));
    if (took.length === LATENCY_FACES) onAll();
  });
  await client.subscribe("faces2mqtt/event");
  for (let i = 0; i < LATENCY_FACES; i++) {
    const id = `latency-${i}`;
    const payload = JSON.stringify({ id: `${id}-${Math.random()}`, event_id: id, encoding: look(i % PEOPLE) });
    sent.set(id, performance.now());
    void client.publishAll("faces2mqtt/embedding/door", [Buffer.from(payload)], 1);
    await new Promise((next) => setTimeout(next, 1000 / RATE));
  }
  await all;
  client.close();
  return took.sort((a, b) => a - b);
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const median = (values) =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

async function report(name, mosquitto) {
  // At the same Mosquitto each would get the other's faces.
  const limitBroker = mosquitto && (await startMosquitto());
  const limit = await startLimit(limitBroker?.port ?? null);
  const ours = await startDaemon(mosquitto?.port ?? null);
  const rounds = [];
  await measure(ours, WARM_UP, "faces2mqtt/event");
  await measure(limit, WARM_UP);
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ ours: await measure(ours, FACES, "faces2mqtt/event"), limit: await measure(limit, FACES) });
  }
  const took = await latencies(ours.port);
  await Promise.all([ours.stop(), limit.stop(), limitBroker?.stop()]);
  const of = (pick) => Math.round(median(rounds.map(pick)));
  const percent = of((one) => (100 * one.ours.perSecond) / one.limit.perSecond);
  const percentOfTime = of((one) => (100 * one.limit.micros) / one.ours.micros);
  console.log(
    `${name.padEnd(10)} ${of((one) => one.ours.perSecond)} faces/s, limit ${of((one) => one.limit.perSecond)}/s: ${percent} % of it; ` +
      `processor time ${of((one) => one.ours.micros)} µs a face, limit ${of((one) => one.limit.micros)} µs: ${percentOfTime} %; ` +
      `at ${RATE} faces/s publish to event ${at(took, 0.5).toFixed(1)} ms median, ${at(took, 0.99).toFixed(1)} ms 99th percentile`,
  );
}

try {
  console.log(
    `${ROUNDS} rounds of ${FACES} faces, ${PUBLISHERS} publishers, ${PEOPLE * ENCODINGS_EACH} encodings enrolled`,
  );
  await report("embedded", null);
  if (hasMosquitto()) {
    const mosquitto = await startMosquitto();
    await report("mosquitto", mosquitto);
    await mosquitto.stop();
  } else console.log("mosquitto   not installed: left out");
} finally {
  cleanUp();
}
