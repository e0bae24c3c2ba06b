import type { Person } from "../domain/person.ts";
import type { Level, Suggestion } from "../domain/recognition.ts";
import { round4 } from "../domain/vectors/encoding.ts";
import { isPossible, toCandidate } from "./decide.ts";
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
}

/** The person whom a group fits best, and the next best. */
export interface BestFit {
  readonly best: Fit;
  readonly second: Fit | null;
}

/** Who a group may be by its mean alone, for {@link suggest} to look closer; null: no person is near enough. */
export function bestFit({ mean, size, notPeople }: Group, gallery: Gallery, threshold: number): BestFit | null {
  const [best, second = null] = gallery
    .fitting(mean, size, 2 + gallery.doubted + notPeople.length)
    .filter((one) => isPossible(one) && !notPeople.includes(one.person.personId));
  return best && best.asSingle < threshold * (size === 1 ? ONE_FACE : 1) ? { best, second } : null;
}

/**
 * Who a group is, and how sure that is: by what its mean is compared with, and by how many of its faces agree. Null when too
 * few do.
 * @param faces Encodings of its faces, or of {@link SAMPLE} of them.
 */
export function suggest(
  group: Group,
  { best, second }: BestFit,
  faces: readonly Float32Array[],
  gallery: Gallery,
  threshold: number,
): Suggestion | null {
  const agreeing = faces.filter((face) => {
    const [nearest] = gallery.fitting(face, 1, 1);
    return nearest?.person.personId === best.person.personId && nearest.asSingle < threshold;
  });
  const share = group.size === 1 || faces.length === 0 ? 1 : agreeing.length / faces.length;
  if (share < SHARE.perhaps) return null;
  const sure = isSure(best, second, threshold) && share >= SHARE.sure;
  const level: Level = sure ? "sure" : "perhaps";
  return { ...toCandidate(best), threshold: round4(threshold * best.factor), level };
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
  const [best, second = null] = gallery.fitting(face, 1, 2 + gallery.doubted).filter(isPossible);
  if (!best || best.asSingle >= threshold) return null;
  const ignored = gallery.nearestIgnored(face, 1);
  if (ignored && ignored.distance < best.asSingle) return null;
  return best.person.personId === group || isSure(best, second, threshold) ? best : null;
}

/** Whether a person fits so well, and so much better than the next, that it may be taken as said. */
function isSure(best: Fit, second: Fit | null, threshold: number): boolean {
  const lead = second ? second.asSingle - best.asSingle : Number.POSITIVE_INFINITY;
  return best.asSingle < threshold * SURE && lead >= threshold * SURE_LEAD;
}
