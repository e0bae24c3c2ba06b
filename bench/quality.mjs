// How well people are grouped, suggested and recognized, on any labelled faces: by the daemon's own functions, with people
// enrolled as users enrol them, by naming groups that discovery made.
//
//   npm run build && node bench/quality.mjs [--faces FILE.jsonl[.gz] [--labels FILE.csv] [--model NAME]] [--draws 20]
//     [--seed 1] [--half 1|2] [--made-home] [--json FILE] [--write]
//
// --faces: one payload of the topic embedding/… a line; who each one is: --labels, CSV with a header whose first columns are
//   the id and the person, or the keys `person` or `label` of the line. Faces with the same `event_id` are one visit; without
//   it, a visit is any photos of a person: of different days, so less alike than frames of one visit, and harder.
//   Default: lfw/faces.jsonl.gz (dlib), then lfw/sface.jsonl.gz (sface), with lfw/faces.labels.csv, of FACES2MQTT_TEST_DATA, else
//   of ../shared/data; if missing, says so.
// --model: of lines that name none; dlib.
// --made-home: instead, faces of a made home: five residents with many visits of many alike frames, and strangers.
// --half: only every second person, by name: to see whether rules hold for other people.
// --json: the figures. --write: docs/quality.json, docs/quality-sface.json, the charts of dlib beside them, and the tables in
//   README.md and docs/recognition.md.
//
// The same faces, draws and seed give the same figures.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DLIB, SFACE } from "../dist/domain/model.js";
import { measureGrouping } from "./quality/grouping.mjs";
import { makeHome } from "./quality/made-home.mjs";
import { readFaces } from "./quality/read-faces.mjs";
import { measureRecognition } from "./quality/recognition.mjs";
import { fillBlocks, toCharts, toTables } from "./quality/report.mjs";
import { DEFAULT_THRESHOLD } from "./quality/rules.mjs";
import { measureHelp } from "./quality/suggestions.mjs";

const LENGTHS = [1, 2, 3, 5];
const PEOPLE = [5, 20, 40];
/** Where the curves are drawn for. */
const CURVES_OF = 20;
/** A group is named where discovery stands by default, and a little stricter. */
const DISCOVER_AT = [0.55, 0.6];

const { values: options } = parseArgs({
  options: {
    faces: { type: "string" },
    labels: { type: "string" },
    model: { type: "string", default: DLIB },
    draws: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    half: { type: "string" },
    "made-home": { type: "boolean", default: false },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const root = resolve(import.meta.dirname, "..");
const seed = Number(options.seed);
const draws = Number(options.draws);
const thresholds = range(0.4, 0.7, 0.02);
for (const [model, faces] of read()) measure(model, someOf(faces));

/** @param {string} model @param {readonly import("./quality/types.ts").LabelledFace[]} faces */
function measure(model, faces) {
  const people = new Set(faces.map((face) => face.person)).size;
  console.log(`\n${model}: ${faces.length} faces of ${people} people, ${draws} draws, seed ${seed}`);

  const measured = {
    data: {
      faces: faces.length,
      people,
      visits: faces.some((face) => face.visit !== null),
      ...(model !== DLIB && { model }),
    },
    draws,
    seed,
    threshold: DEFAULT_THRESHOLD,
    discoverAt: 0.6,
    grouping: measureGrouping(faces, range(0.45, 0.65, 0.01)),
    help: PEOPLE.flatMap((count) =>
      DISCOVER_AT.flatMap((discoverAt) => measureHelp(faces, { people: count, discoverAt, draws, seed })),
    ),
    recognition: PEOPLE.flatMap((count) =>
      DISCOVER_AT.flatMap((discoverAt) =>
        measureRecognition(faces, {
          people: count,
          lengths: LENGTHS,
          thresholds: count === CURVES_OF && discoverAt === 0.6 ? thresholds : [DEFAULT_THRESHOLD],
          discoverAt,
          draws,
          seed,
        }),
      ),
    ),
  };

  const json = toJson(measured);
  /** @type {import("./quality/types.ts").Quality} */
  const quality = JSON.parse(json);
  const tables = toTables(quality);
  for (const [name, table] of Object.entries(tables)) console.log(`\n${name}\n\n${table}`);
  if (options.json !== undefined) writeFileSync(options.json, json);
  if (options.write) {
    const docs = join(root, "docs");
    writeFileSync(join(docs, model === DLIB ? "quality.json" : `quality-${model}.json`), json);
    if (model === DLIB) {
      for (const [name, svg] of Object.entries(toCharts(quality))) writeFileSync(join(docs, name), svg);
    }
    for (const page of [join(root, "README.md"), join(docs, "recognition.md")]) {
      writeFileSync(page, fillBlocks(readFileSync(page, "utf8"), tables));
    }
  }
}

/** The faces that the options name, by model. @returns {[string, import("./quality/types.ts").LabelledFace[]][]} */
function read() {
  if (options["made-home"]) return [[DLIB, makeHome(Number(options.seed))]];
  if (options.faces !== undefined) return [[options.model, readFaces(options.faces, options.labels, options.model)]];
  const folder = process.env.FACES2MQTT_TEST_DATA ?? join(root, "../shared/data");
  const file = join(folder, "lfw/faces.jsonl.gz");
  if (!existsSync(file)) {
    console.log(`left out: there are no real faces in ${folder}`);
    process.exit(0);
  }
  const labels = join(folder, "lfw/faces.labels.csv");
  const sface = join(folder, "lfw/sface.jsonl.gz");
  return [[DLIB, readFaces(file, labels)], ...(existsSync(sface) ? [[SFACE, readFaces(sface, labels, SFACE)]] : [])];
}

/** All of them, or those of half of the people. @template {{ person: string }} T @param {T[]} all @returns {T[]} */
function someOf(all) {
  if (options.half === undefined) return all;
  const names = [...new Set(all.map((face) => face.person))].sort();
  const kept = new Set(names.filter((_, i) => i % 2 === Number(options.half) - 1));
  return all.filter((face) => kept.has(face.person));
}

/** @param {number} from @param {number} to @param {number} step */
function range(from, to, step) {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(4)));
}

/** One row a line, so that a difference shows which figures changed. @param {Record<string, unknown>} object */
function toJson(object) {
  const short = (value) => JSON.stringify(value, (_, one) => (typeof one === "number" ? Number(one.toFixed(4)) : one));
  const toText = (value) => (Array.isArray(value) ? `[\n  ${value.map(short).join(",\n  ")}\n ]` : short(value));
  return `{\n${Object.entries(object)
    .map(([key, value]) => ` "${key}": ${toText(value)}`)
    .join(",\n")}\n}\n`;
}
