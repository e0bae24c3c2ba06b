// All measurements, or those that are named, one after another. Nothing else should run meanwhile.
//
//   npm run bench                  npm run bench -- ingest recognize                  npm run bench -- --list

import { spawnSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";

const BENCHES = {
  recognize: "time to compare one face with 100 to 100,000 enrolled encodings",
  ingest: "faces per second and time to the event, both brokers, beside nothing but a durable insert (mosquitto)",
  "ingest-profile": "processor time of a face, by step, both brokers (mosquitto)",
  discovery: "1,000 to 50,000 faces in four shapes, beside scikit-learn and fastcluster (python3 with them)",
  "during-discovery": "what a running discovery costs events and the API",
  "frigate-pictures": "what whole frames, snapshots and cut-out faces of Frigate give (real faces, models)",
  pictures:
    "pictures to encodings: exactness, time, memory (models, a folder of real frames), beside OpenCV (PYTHON with it)",
  workers:
    "pictures a second by 1, 2 and 4 workers, and what one that never returns keeps (mosquitto, weights, real faces)",
  "during-pictures": "time from a picture to its event, what encodings wait meanwhile, and memory (models, real faces)",
  panel: "how soon the panel can be used: a slow phone, and 6,000 groups (Chromium)",
  quality: "grouping, suggestions, people recognized and strangers named, with intervals (a folder of real faces)",
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.log("What is in brackets is left out where it is missing:\n");
  for (const [name, gives] of Object.entries(BENCHES)) console.log(`  ${name.padEnd(18)}${gives}`);
  process.exit(unknown.every((name) => name === "--list") ? 0 : 2);
}
console.log(`${cpus()[0]?.model}, ${availableParallelism()} processors, Node ${process.version}`);
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  console.log(`\n${name}: ${BENCHES[name]}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.mjs`)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
