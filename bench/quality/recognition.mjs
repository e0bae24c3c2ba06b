import { discover, majorityOf } from "./discovery.mjs";
import { byPerson, halves, randomOf, shuffled, visitsOf } from "./drawing.mjs";
import { count, newTally } from "./interval.mjs";
import { galleryOf, nameCareful, nameClassic } from "./rules.mjs";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */
/** @typedef {import("./types.ts").Outcome} Outcome */
/** @typedef {import("./types.ts").RecognitionRow} Row */

/** A person needs so many faces to be enrolled, and two visits where the data has visits: half is left to be recognized. */
const FEWEST = 6;
/** `min_faces` is as many faces as the visit has, but no more than this. */
const MOST_MIN_FACES = 3;
/** The default of `min_faces`. */
const DEFAULT_MIN_FACES = 2;

/**
 * Recognition of visits. In each draw `people` people are enrolled from the groups that discovery makes of half of their
 * faces; their other half and everyone else's faces make the visits.
 * @param {readonly LabelledFace[]} faces
 * @param {{ people: number, lengths: readonly number[], thresholds: readonly number[], discoverAt: number, draws: number, seed: number }} options
 * @returns {Row[]} pooled over the draws; none where fewer people have faces enough
 */
export function measureRecognition(faces, { people, lengths, thresholds, discoverAt, draws, seed }) {
  const everyone = [...byPerson(faces).values()];
  const enough = everyone.filter((own) => own.length >= FEWEST && halves(own, randomOf(seed, 0))[1].length > 0);
  if (enough.length < people || everyone.length === people) return [];
  const rows = lengths.flatMap((length) =>
    thresholds.map((threshold) => newRow({ people, discoverAt, length, threshold })),
  );
  for (let draw = 0; draw < draws; draw++) {
    const random = randomOf(seed, draw);
    const enrolled = shuffled(enough, random)
      .slice(0, people)
      .map((own) => halves(own, random));
    const chosen = new Set(enrolled.map(([first]) => first[0].person));
    const groups = discover(
      enrolled.flatMap(([first]) => first),
      discoverAt,
    );
    const gallery = galleryOf(groups.map((group) => ({ person: majorityOf(group).person, faces: group })));
    const probes = [...enrolled.map(([, rest]) => rest), ...everyone.filter((own) => !chosen.has(own[0].person))];
    const visits = new Map(lengths.map((length) => [length, probes.flatMap((own) => visitsOf(own, length, random))]));
    for (const threshold of thresholds) {
      const alone = new Map(probes.flat().map((face) => [face, nameClassic(face, gallery, threshold)]));
      for (const row of rows.filter((one) => one.threshold === threshold)) {
        for (const visit of visits.get(row.length)) {
          const { person } = visit[0];
          judge(row, visit, chosen.has(person) ? person : null, alone, gallery);
        }
      }
    }
  }
  return rows;
}

/** @param {Row} row @param {string | null} who null: a stranger @param {Map<LabelledFace, string | null>} alone */
function judge(row, visit, who, alone, gallery) {
  const first = Math.min(row.length, DEFAULT_MIN_FACES);
  const later = Math.min(row.length, MOST_MIN_FACES);
  /** The answers while the visit goes on, from its `first`-th face. */
  const names = Array.from({ length: row.length - first + 1 }, (_, more) =>
    nameCareful(visit.slice(0, first + more), gallery, row.threshold),
  );
  tally(
    row.classic,
    who,
    visit.map((face) => alone.get(face)),
  );
  tally(row.careful, who, names.slice(later - first));
  tally(row.byDefault, who, names);
}

/** @param {Outcome} outcome @param {string | null} who null: a stranger @param {readonly (string | null)[]} names */
function tally(outcome, who, names) {
  const given = names.filter((name) => name !== null);
  if (who === null) count(outcome.strangers, given.length > 0);
  else {
    const wrong = given.some((name) => name !== who);
    count(outcome.known, given.length > 0 && !wrong);
    count(outcome.wrong, wrong);
  }
}

/** @returns {Outcome} */
const newOutcome = () => ({ known: newTally(), wrong: newTally(), strangers: newTally() });

/** @param {Pick<Row, "people" | "discoverAt" | "length" | "threshold">} of @returns {Row} */
const newRow = (of) => ({ ...of, classic: newOutcome(), careful: newOutcome(), byDefault: newOutcome() });
