// What the threshold costs and saves on photos of real people: how many of those of 20 people, each enrolled by the mean of
// 5 photos, are recognized, and how many strangers' photos get a person's name. Over 40 draws of 20 people.
//
//   npm run build && node bench/threshold.mjs [FOLDER]
// FOLDER: with lfw/faces.jsonl.gz, one payload a line, and lfw/faces.labels.csv, whose first columns are its id and who it
// really is. Default: FACES2MQTT_TEST_DATA, else ../shared/data. Without one, says so.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { createRandom } from "../dist/demo/random.js";
import { decide } from "../dist/recognize/decide.js";
import { buildGallery } from "../dist/recognize/gallery.js";

const ENROLLED = 20;
const PHOTOS = 5;
const DRAWS = 40;
const THRESHOLDS = [0.4, 0.45, 0.5, 0.55, 0.6];

const folder = process.argv[2] ?? process.env.FACES2MQTT_TEST_DATA ?? resolve(import.meta.dirname, "../../shared/data");
const file = join(folder, "lfw/faces.jsonl.gz");
if (!existsSync(file)) {
  console.log(`left out: there are no real faces in ${folder}`);
  process.exit(0);
}

/** Encodings of each person. @returns {Float32Array[][]} */
function readPeople() {
  const rows = readFileSync(join(folder, "lfw/faces.labels.csv"), "utf8").trim().split("\n").slice(1);
  const whoIs = new Map(rows.map((row) => row.split(",").slice(0, 2)));
  const people = new Map();
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n")) {
    const { id, encoding } = JSON.parse(line);
    const person = whoIs.get(id);
    people.set(person, [...(people.get(person) ?? []), Float32Array.from(encoding)]);
  }
  return [...people.values()];
}

const random = createRandom(1);
/** @template T @param {readonly T[]} list @returns {T[]} */
const shuffled = (list) =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
const mean = (encodings) =>
  Float32Array.from(encodings[0], (_, i) => encodings.reduce((sum, one) => sum + one[i], 0) / encodings.length);

const people = readPeople();
const counts = new Map(THRESHOLDS.map((threshold) => [threshold, { known: 0, right: 0, strangers: 0, named: 0 }]));
for (let draw = 0; draw < DRAWS; draw++) {
  const enrolled = shuffled(people.filter((photos) => photos.length > PHOTOS))
    .slice(0, ENROLLED)
    .map((photos, i) => ({ personId: `person_${i}`, name: `Person ${i}`, photos: shuffled(photos), all: photos }));
  const gallery = buildGallery(
    enrolled.map(({ personId, name, photos }) => ({
      personId,
      name,
      encodings: [{ encoding: mean(photos.slice(0, PHOTOS)), count: PHOTOS, model: "dlib" }],
      notEncodings: [],
    })),
    [],
  );
  const strangers = people.filter((photos) => !enrolled.some(({ all }) => all === photos)).flat();
  for (const [threshold, count] of counts) {
    const who = (face) => decide(face, gallery, { threshold, margin: 0 }).who;
    for (const { personId, photos } of enrolled) {
      for (const face of photos.slice(PHOTOS)) {
        count.known++;
        if (who(face)?.personId === personId) count.right++;
      }
    }
    for (const face of strangers) {
      count.strangers++;
      if (who(face)) count.named++;
    }
  }
}

const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
console.log(`${ENROLLED} of ${people.length} people enrolled by the mean of ${PHOTOS} photos, ${DRAWS} draws`);
console.log("| threshold | their other photos recognized | strangers' photos that get a name |\n|---|---|---|");
for (const [threshold, { known, right, strangers, named }] of counts) {
  console.log(`| ${threshold.toFixed(2)} | ${percent(right, known)} | ${percent(named, strangers)} |`);
}
