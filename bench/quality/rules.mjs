// What the daemon decides, in the words of these measurements: its own functions, as the flows call them.

import { proposeSplit } from "../../dist/cluster/split/propose-split.js";
import { DLIB } from "../../dist/domain/model.js";
import { marginOf } from "../../dist/domain/settings.js";
import { meanOf } from "../../dist/domain/vectors/mean.js";
import { decide, decideVisit, toVisitMean } from "../../dist/recognize/decide.js";
import { priorOf } from "../../dist/recognize/fit.js";
import { buildGallery } from "../../dist/recognize/gallery.js";
import { claim, mayFit, SAMPLE, suggest } from "../../dist/recognize/suggest.js";

/** @typedef {import("./types.ts").LabelledFace} LabelledFace */
/** @typedef {import("../../dist/recognize/gallery.js").Gallery} Gallery */

/** `recognition.threshold` by default. */
export const DEFAULT_THRESHOLD = 0.6;
/** `recognition.margin` by default, in the careful profile. */
const CAREFUL_MARGIN = marginOf({ "recognition.profile": "careful", "recognition.margin": null });

/**
 * The gallery after these groups were named, each by who most of its faces are: a group's mean becomes an encoding.
 * @param {readonly { person: string, faces: readonly LabelledFace[] }[]} named
 * @returns {Gallery}
 */
export function galleryOf(named) {
  const people = new Map();
  for (const { person, faces } of named) people.set(person, [...(people.get(person) ?? []), toEnrolled(faces)]);
  return buildGallery(
    [...people].map(([person, encodings]) => ({ personId: person, name: person, encodings, notEncodings: [] })),
    [],
    priorOf(modelOf(named[0]?.faces ?? [])),
  );
}

/** @param {readonly LabelledFace[]} faces */
function toEnrolled(faces) {
  const { mean: encoding, faces: count, variance } = toVisitMean(encodingsOf(faces), modelOf(faces));
  return { encoding, count, variance, model: modelOf(faces) };
}

/** @param {readonly LabelledFace[]} faces */
const encodingsOf = (faces) => faces.map((face) => face.encoding);

/** What made the encodings of these faces: one model. @param {readonly LabelledFace[]} faces */
const modelOf = ([first]) => first?.model ?? DLIB;

/** Whom the panel proposes for a waiting group. @returns {{ person: string, level: "sure" | "perhaps" } | null} */
export function suggestFor(faces, gallery, threshold = DEFAULT_THRESHOLD) {
  const group = { mean: meanOf(encodingsOf(faces), modelOf(faces)), size: faces.length, notPeople: [] };
  if (!mayFit(group, gallery, threshold)) return null;
  const sample = faces.length === 1 ? [] : encodingsOf(sampleOf(faces));
  const suggestion = suggest(
    { ...group, split: proposeSplit(encodingsOf(faces), modelOf(faces)) },
    sample,
    gallery,
    threshold,
  );
  return suggestion && { person: suggestion.person, level: suggestion.level };
}

/** Evenly spread, as the store reads them. @param {readonly LabelledFace[]} faces */
function sampleOf(faces) {
  const upTo = (i) => Math.floor((i * SAMPLE) / Math.max(faces.length, SAMPLE));
  return faces.filter((_, i) => upTo(i + 1) > upTo(i));
}

/**
 * Whose an unassigned face is offered to be.
 * @param {LabelledFace} face
 * @param {string | null} sure whom its group surely shows; null if no one
 * @param {Gallery} gallery
 * @returns {string | null}
 */
export function claimantOf(face, sure, gallery, threshold = DEFAULT_THRESHOLD) {
  return claim(face.encoding, sure, gallery, threshold)?.person.name ?? null;
}

/** Who a face is taken for by itself. @returns {string | null} */
export function nameClassic(face, gallery, threshold = DEFAULT_THRESHOLD) {
  return decide(face.encoding, gallery, { threshold, margin: 0 }).who?.person ?? null;
}

/** Who a visit is taken for by the mean of its faces. @returns {string | null} */
export function nameCareful(faces, gallery, threshold = DEFAULT_THRESHOLD) {
  const rules = { threshold, margin: CAREFUL_MARGIN };
  return decideVisit(toVisitMean(encodingsOf(faces), modelOf(faces)), gallery, rules).who?.person ?? null;
}

/** The parts that a proposed split makes of a group; undefined: none is proposed. @returns {LabelledFace[][] | undefined} */
export function splitOf(faces) {
  const sides = proposeSplit(encodingsOf(faces), modelOf(faces));
  return sides?.map((side) => side.map((index) => faces[index]));
}
