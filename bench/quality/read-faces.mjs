import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildModels, DLIB } from "../../dist/domain/model.js";
import { readEncoding } from "../../dist/wire/in/fields.js";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */

/**
 * Reads labelled faces: one payload of the topic `embedding/…` a line. Who each one is comes from `labels`, a CSV file with
 * a header whose first two columns are the id and the person; without it, from the keys `person` or `label` of the line.
 * Faces without a label are left out. Encodings are scaled as those that arrive are.
 * @param {string} file JSONL, also gzipped
 * @param {string} [labels]
 * @param {string} [defaultModel] of lines that name none
 * @returns {LabelledFace[]}
 */
export function readFaces(file, labels, defaultModel = DLIB) {
  const models = buildModels();
  const whoIs = labels === undefined ? null : readLabels(labels);
  const faces = textOf(file)
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const { id, person, label, event_id, encoding, embedding, model = defaultModel } = JSON.parse(line);
      const who = whoIs ? whoIs.get(id) : (person ?? label);
      return who === undefined || who === null || who === ""
        ? []
        : [
            {
              id,
              person: String(who),
              visit: event_id ?? null,
              model,
              encoding: readEncoding(encoding ?? embedding, models.get(model)),
            },
          ];
    });
  if (faces.length === 0) throw new Error(`no face in ${file} has a label`);
  return faces;
}

/** @param {string} file @returns {Map<string, string>} person by id */
function readLabels(file) {
  const [, ...rows] = textOf(file).trim().split(/\r?\n/);
  return new Map(rows.map((row) => /** @type {[string, string]} */ (row.split(",").slice(0, 2))));
}

/** @param {string} file */
function textOf(file) {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
