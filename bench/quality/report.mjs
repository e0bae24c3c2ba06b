// The figures as tables of Markdown and as charts.

import { toSvg } from "./charts.mjs";
import { pool, wilsonInterval } from "./interval.mjs";

/** @typedef {import("./types.ts").Quality} Quality */
/** @typedef {import("./types.ts").Tally} Tally */

/** A share with its interval: `98.2 % (97.7–98.6)`; of no trials a dash. @param {Tally} tally */
export function toShare({ part, whole }) {
  if (whole === 0) return "–";
  const { low, high } = wilsonInterval(part, whole);
  const share = (100 * part) / whole;
  // Near 0 and 100, one place would hide what matters.
  const places = Math.min(share, 100 - share) < 1 ? 2 : 1;
  return `${share.toFixed(places)} % (${(100 * low).toFixed(places)}–${(100 * high).toFixed(places)})`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function toTable(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const PROFILES = /** @type {const} */ ({
  classic: "classic, each face by itself",
  careful: "careful",
  byDefault: "careful",
});

/**
 * The tables, by the name of the block that they stand in: `quality`, `quality-recognition`…; of another model than dlib
 * `quality-<model>`, `quality-<model>-recognition`…
 * @param {Quality} quality
 * @returns {Record<string, string>}
 */
export function toTables(quality) {
  const { model } = quality.data;
  const block = model === undefined ? "quality" : `quality-${model}`;
  const { recognition, discoverAt } = quality;
  const sizes = [...new Set(recognition.map((row) => row.people))];
  const thresholds = [...new Set(recognition.map((row) => row.discoverAt))];
  return {
    [block]: recognitionTable(quality, { people: 20, discoverAt }, ["classic", "careful"]),
    [`${block}-recognition`]: sizes
      .flatMap((people) => thresholds.map((at) => ({ people, discoverAt: at })))
      .map((of) => {
        const table = recognitionTable(quality, of, ["classic", "careful", "byDefault"]);
        return `${of.people} people, enrolled from groups made at ${of.discoverAt.toFixed(2)}:\n\n${table}`;
      })
      .join("\n\n"),
    [`${block}-suggestions`]: suggestionTable(quality),
    [`${block}-grouping`]: groupingTable(quality),
  };
}

/** @param {Quality} quality @param {{ people: number, discoverAt: number }} of @param {readonly (keyof typeof PROFILES)[]} profiles */
function recognitionTable({ recognition, threshold }, { people, discoverAt }, profiles) {
  const rows = recognition.filter(
    (row) => row.people === people && row.discoverAt === discoverAt && row.threshold === threshold,
  );
  return toTable(
    ["profile", "faces in the visit", "`min_faces`", "known people recognized", "strangers who get a name"],
    profiles.flatMap((profile) =>
      rows
        .filter(({ length }) => profile !== "byDefault" || length > 2)
        .map(({ length, [profile]: { known, strangers } }) => [
          PROFILES[profile],
          String(length),
          profile === "classic" ? "" : String(Math.min(length, profile === "careful" ? 3 : 2)),
          toShare(known),
          toShare(strangers),
        ]),
    ),
  );
}

/** @param {Quality} quality */
function suggestionTable({ help }) {
  return toTable(
    [
      "people named",
      "groups made at",
      "splits",
      "*sure* right",
      "*sure* and *perhaps* right",
      "offered faces right",
    ].concat("their groups suggested", "later faces recognized or offered"),
    help.map(({ people, discoverAt, splits, sure, perhaps, claims, groups, later }) => [
      String(people),
      discoverAt.toFixed(2),
      splits ? "accepted" : "not looked at",
      toShare(sure),
      toShare(pool([sure, perhaps])),
      ...[claims, groups, later].map(toShare),
    ]),
  );
}

/** @param {Quality} quality */
function groupingTable({ grouping }) {
  return toTable(
    ["threshold", "precision", "recall", "F1", "purity", "F1 with splits", "purity with splits", "splits"],
    grouping
      .filter(({ threshold }) => Math.round(threshold * 100) % 5 === 0)
      .map(({ threshold, plain, split }) => [
        threshold.toFixed(2),
        ...[plain.precision, plain.recall, plain.f1, plain.purity, split.f1, split.purity].map((one) => one.toFixed(3)),
        String(split.splits),
      ]),
  );
}

/**
 * The text with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced by the table of that name.
 * @param {string} text
 * @param {Record<string, string>} tables
 */
export function fillBlocks(text, tables) {
  return text.replace(/(<!-- (quality[\w-]*) -->\n)[\s\S]*?(<!-- \/\2 -->)/g, (block, start, name, end) =>
    Object.hasOwn(tables, name) ? `${start}${tables[name]}\n${end}` : block,
  );
}

/** The charts, by file name. @param {Quality} quality @returns {Record<string, string>} */
export function toCharts({ recognition, grouping, data, discoverAt }) {
  const people = 20;
  const rows = recognition.filter((row) => row.people === people && row.discoverAt === discoverAt);
  const lengths = [...new Set(rows.map((row) => row.length))];
  const percent = ({ part, whole }) => (whole === 0 ? 0 : (100 * part) / whole);
  const x = {
    label: "strangers' visits that get a name (%)",
    from: 0.01,
    to: 100,
    log: true,
    ticks: ["≤ 0.01", "0.1", "1", "10", "100"].map((text, i) => ({ at: 10 ** (i - 2), text })),
  };
  const y = {
    label: "known visits recognized (%)",
    from: 80,
    to: 100,
    ticks: [80, 85, 90, 95, 99, 100].map((at) => ({ at, text: String(at) })),
  };
  const curve = (profile) =>
    lengths.map((length) => ({
      name: length === 1 ? "one look" : `visits of ${length}`,
      points: rows
        .filter((row) => row.length === length)
        .map(({ threshold, [profile]: { known, strangers } }) => ({
          x: percent(strangers),
          y: percent(known),
          ...(threshold === 0.6 && { text: "0.6" }),
        })),
    }));
  const about = `${people} of ${data.people} people enrolled`;
  const steps = [0.45, 0.5, 0.55, 0.6, 0.65].map((at) => ({ at, text: at.toFixed(2) }));
  const share = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1].map((at) => ({ at, text: String(at) }));
  return {
    "quality-recognition.svg": toSvg(
      `Known people recognized against strangers named, ${about}; the dots: threshold 0.6`,
      [
        { title: "Classic: each face by itself", x, y, lines: curve("classic") },
        { title: "Careful: the visit's mean", x, y, lines: curve("careful") },
      ],
    ),
    "quality-grouping.svg": toSvg("How well discovery groups faces, by threshold", [
      {
        title: "Grouping of pairs of faces",
        x: { label: "discovery.threshold", from: 0.45, to: 0.65, ticks: steps },
        y: { label: "F1", from: 0.5, to: 1, ticks: share },
        lines: [
          { name: "as discovered", points: grouping.map(({ threshold, plain }) => ({ x: threshold, y: plain.f1 })) },
          { name: "with splits", points: grouping.map(({ threshold, split }) => ({ x: threshold, y: split.f1 })) },
        ],
      },
    ]),
  };
}
