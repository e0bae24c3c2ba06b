// Where the processor time of a face goes: a profile of the daemon's main thread while faces stream in, by step.
//
//   npm run build && node bench/ingest-profile.mjs [FACES] [--functions]      (Mosquitto's part needs `mosquitto`)

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanUp, hasMosquitto, makeFolder, measure, startDaemon, startMosquitto } from "./ingest/system.mjs";

const FACES = Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 20_000);
const WARM_UP = 3_000;
const SHOWN = 40;

/** By the innermost frame that one of them knows: step, part of the file's path, and of the function's name. */
const STEPS = [
  ["garbage collection", /^\(garbage collector\)$/, /^$/],
  ["idle", /^\(idle\)$/, /^$/],
  ["SQLite: begin, commit and sync", /^sqliteTransaction$/, /better-sqlite3/],
  ["reading JSON, checking", /./, /\/wire\/in\//],
  ["comparison with people", /./, /\/recognize\/(gallery|decide|kernel|fit|galleries)/],
  [
    "visits",
    /./,
    /\/(flow\/visits|recognize\/visits|recognize\/open-visit|flow\/strangers|recognize\/strangers|domain\/vectors)/,
  ],
  ["SQLite: faces", /./, /\/store\/faces\/(save-faces|face-rows)/],
  ["SQLite: visits", /./, /\/store\/visits\//],
  ["SQLite: cameras and people", /./, /\/store\/faces\/last-seen/],
  ["SQLite: the rest", /./, /\/store\//],
  ["states", /./, /\/mqtt\/(states|presence|publication|retained-topics)/],
  ["events as JSON, their topics", /./, /\/(mqtt\/bridge-publisher|mqtt\/topics|wire\/out)/],
  ["Home Assistant", /./, /\/homeassistant\//],
  ["metrics", /./, /\/(prom-client|dist\/metrics)\//],
  ["log", /./, /\/(pino|flow\/log)/],
  ["event stream, statistics", /./, /\/(dist\/http|flow\/watch)/],
  ["batches", /./, /\/(flow\/|mqtt\/handlers|domain\/)/],
  [
    "broker and TCP",
    /./,
    /\/(aedes|mqemitter|mqtt|mqtt-packet|mqtt-connection|bl|readable-stream|retimer|fastparallel|fastseries|reusify)|dist\/mqtt\/link|node:(net|internal\/stream|stream|internal\/stream_base|events|buffer|dgram)/,
  ],
  ["other", /./, /./],
];

function toStep(nodes) {
  for (const { functionName, url } of nodes) {
    const found = STEPS.find(([, name, path]) => name.test(functionName) && path.test(url));
    if (found && found[0] !== "other") return found[0];
  }
  return "other";
}

/** Microseconds by step, and by function. */
function sum(profile) {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const stackOf = (id) => {
    const stack = [];
    for (let at = id; at !== undefined; at = parents.get(at)) stack.push(byId.get(at).callFrame);
    return stack;
  };
  const steps = new Map();
  const functions = new Map();
  const stepOf = new Map();
  // Without the daemon's start and end.
  const isIngest = (id) => stackOf(id).some(({ functionName }) => functionName === "storeBatch");
  const [first, last] = [profile.samples.findIndex(isIngest), profile.samples.findLastIndex(isIngest)];
  for (const [i, id] of profile.samples.entries()) {
    if (i < first || i > last) continue;
    if (!stepOf.has(id)) stepOf.set(id, toStep(stackOf(id)));
    const [step, micros] = [stepOf.get(id), profile.timeDeltas[i]];
    steps.set(step, (steps.get(step) ?? 0) + micros);
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const key = `${step}: ${functionName || "(anonymous)"} ${url.split("/").slice(-3).join("/")}:${lineNumber + 1}`;
    functions.set(key, (functions.get(key) ?? 0) + micros);
  }
  return { steps, functions };
}

async function profile(name, mosquitto) {
  const folder = makeFolder(`profile-${name}`);
  const daemon = await startDaemon(mosquitto, ["--cpu-prof", "--cpu-prof-dir", folder, "--cpu-prof-interval", "500"]);
  await measure(daemon, WARM_UP, "faces2mqtt/event");
  const { perSecond, micros } = await measure(daemon, FACES, "faces2mqtt/event");
  await daemon.stop();
  const files = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
  // Worker threads write profiles of their own: the main thread's is the one that read faces.
  const main = files.find(({ nodes }) => nodes.some(({ callFrame }) => callFrame.functionName === "storeBatch"));
  const { steps, functions } = sum(main);
  steps.delete("idle");
  const faces = FACES + WARM_UP;
  const line = (key, value) => console.log(`  ${(value / faces).toFixed(1).padStart(7)} µs  ${key}`);
  console.log(
    `${name}: ${Math.round(perSecond)} faces/s while profiled, ${Math.round(micros)} µs of processor time a face (all threads)`,
  );
  const sorted = [...steps].sort((a, b) => b[1] - a[1]);
  for (const [step, value] of sorted) line(step, value);
  line(
    "all on the main thread",
    sorted.reduce((total, [, value]) => total + value, 0),
  );
  if (!process.argv.includes("--functions")) return;
  for (const [key, value] of [...functions]
    .filter(([key]) => !key.startsWith("idle"))
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN))
    line(key, value);
}

try {
  await profile("embedded", null);
  if (hasMosquitto()) {
    const mosquitto = await startMosquitto();
    await profile("mosquitto", mosquitto.port);
    await mosquitto.stop();
  }
} finally {
  cleanUp();
}
