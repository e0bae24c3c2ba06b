import type { SplitSides } from "../domain/cluster.ts";
import type { Person } from "../domain/person.ts";
import type { Level, Suggestion } from "../domain/recognition.ts";
import { round4, varianceOf } from "../domain/vectors/encoding.ts";
import { isPossible, toCandidate } from "./decide.ts";
import { independentFaces } from "./fit.ts";
import type { Fit, Gallery } from "./gallery.ts";

/** Of the threshold: under it, a person is sure. */
const SURE = 5 / 6;
/** Of the threshold: so much nearer than any other person is who is sure; as for two single faces. */
const SURE_LEAD = 0.1;
/** Of the group's faces: so many must be nearest to the person themselves. Groups that discovery makes are not pure. */
const SHARE = { sure: 0.8, perhaps: 0.5 } as const;
/** Of the threshold: under it, one face is perhaps a person's. It must be nearer than a group: there is no second face that agrees. */
const ONE_FACE = 0.95;

/** Most faces of a group that are compared one by one. */
export const SAMPLE = 20;

/** A group of faces, as suggestions are made for it. */
export interface Group {
  readonly mean: Float32Array;
  readonly size: number;
  /** person_ids of people that a user said it is not. */
  readonly notPeople: readonly Person["personId"][];
  /** A proposed split: the group seems to show two people, so that it is surely no one. */
  readonly split?: SplitSides | null;
}

/** Whether any person is near enough to a group's mean, if its faces are as alike as frames of one visit; else no suggestion is. */
export function mayFit(group: Group, gallery: Gallery, threshold: number): boolean {
  const [best] = fitsOf(group, 1, gallery, threshold);
  return best !== undefined && best.asSingle < threshold;
}

/**
 * Who a group is, and how sure that is: by what its mean is compared with, and by how many of its faces agree. Null: no
 * person is near enough, or too few faces agree.
 * @param faces Encodings of its faces, or of {@link SAMPLE} of them.
 */
export function suggest(
  group: Group,
  faces: readonly Float32Array[],
  gallery: Gallery,
  threshold: number,
): Suggestion | null {
  const variance = faces.length < 2 ? null : varianceOf(faces);
  const worth = independentFaces(group.size, variance, gallery.spread);
  const [best, second = null] = fitsOf(group, worth, gallery, threshold);
  if (!best || best.asSingle >= threshold * (group.size === 1 ? ONE_FACE : 1)) return null;
  const share =
    faces.length === 0 ? 1 : faces.filter((face) => agrees(face, best, gallery, threshold)).length / faces.length;
  if (share < SHARE.perhaps) return null;
  const sure = !group.split && share >= SHARE.sure && isSure(best, second, threshold);
  const level: Level = sure ? "sure" : "perhaps";
  return { ...toCandidate(best), threshold: round4(threshold * best.factor), level };
}

/** The people whom a group fits, best first, without those whom it is known not to be. */
function fitsOf({ mean, notPeople }: Group, faces: number, gallery: Gallery, threshold: number): Fit[] {
  return gallery
    .fitting(mean, faces, 2 + gallery.doubted + notPeople.length)
    .filter((one) => isPossible(one, threshold) && !notPeople.includes(one.person.personId));
}

function agrees(face: Float32Array, best: Fit, gallery: Gallery, threshold: number): boolean {
  const [nearest] = gallery.fitting(face, 1, 1);
  return nearest?.person.personId === best.person.personId && nearest.asSingle < threshold;
}

/**
 * The person whose an unassigned face may be called without a look at it, with its distance; null: no one's. One face
 * alone must be sure; in a group whose suggestion is sure, it is enough that the face agrees.
 * @param group The person_id that its group is surely suggested for; null if none.
 */
export function claim(
  face: Float32Array,
  group: Person["personId"] | null,
  gallery: Gallery,
  threshold: number,
): Fit | null {
  const [best, second = null] = gallery
    .fitting(face, 1, 2 + gallery.doubted)
    .filter((one) => isPossible(one, threshold));
  if (!best || best.asSingle >= threshold) return null;
  const ignored = gallery.nearestIgnored(face, 1);
  if (ignored && ignored.distance < best.asSingle) return null;
  return best.person.personId === group || isSure(best, second, threshold) ? best : null;
}

/** Whether a person fits so well, and so much better than the next, that it may be taken as said. */
export function isSure(best: Fit, second: Fit | null, threshold: number): boolean {
  const lead = second ? second.asSingle - best.asSingle : Number.POSITIVE_INFINITY;
  return best.asSingle < threshold * SURE && lead >= threshold * SURE_LEAD;
}
