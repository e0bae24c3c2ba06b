import type { Candidate, RecognitionType } from "../domain/recognition.ts";
import { round4, toScored, varianceOf } from "../domain/vectors/encoding.ts";
import { meanOf } from "../domain/vectors/mean.ts";
import { fitFactor, independentFaces } from "./fit.ts";
import type { Fit, Gallery, Near } from "./gallery.ts";

/** Number of nearest people in an event. */
const CANDIDATES = 3;
/**
 * Of the threshold: what is nearer than the threshold to one encoding of a person must be nearer than this to all of them
 * together. A lone blurred or averted face lies near many people, and was behind two thirds of the strangers who got a
 * name; a true other look of the person (glasses, infrared) passes.
 */
const WHOLE = 1.25;

/** The settings that decide. */
export interface DecisionRules {
  /** Accepted when `distance < threshold`, strictly. */
  readonly threshold: number;
  /** Least gap between the best and the second-best person; a smaller one is `ambiguous`. 0: none is needed. */
  readonly margin: number;
}

/** The result of comparing one face with the gallery. */
export interface Decision {
  /** `ignored`: the face joins an ignored group, without an event. */
  readonly type: RecognitionType | "ignored";
  /** Only for `recognized`; `rawDistance` is not rounded. */
  readonly who: (Candidate & { readonly rawDistance: number }) | null;
  readonly candidates: readonly Candidate[];
  readonly ignoredCluster: string | null;
}

/**
 * Compares one face with all enrolled people. Pure: the same face, gallery and rules give the same decision.
 * A person is ruled out by a nearer face that is known not to be them. An ignored group within the threshold that is
 * nearer than every remaining person takes the face.
 */
export function decide(encoding: Float32Array, gallery: Gallery, rules: DecisionRules): Decision {
  // So many more, because each doubted person may be ruled out and must not hide the one behind.
  const nearest = gallery.nearest(encoding, CANDIDATES + gallery.doubted);
  const candidates = nearest.slice(0, CANDIDATES).map(toCandidate);
  const possible = nearest.filter((one) => one.distance < one.notDistance);
  const [best, second] = possible;
  const accepted = best !== undefined && best.distance < rules.threshold;

  const ignored = gallery.nearestIgnored(encoding);
  if (ignored && ignored.distance < rules.threshold && !(best && best.distance <= ignored.distance)) {
    return { type: "ignored", who: null, candidates, ignoredCluster: ignored.cluster };
  }
  if (!accepted) return { type: "unknown", who: null, candidates, ignoredCluster: null };
  if (second && second.distance - best.distance < rules.margin) {
    return { type: "ambiguous", who: null, candidates, ignoredCluster: null };
  }
  return {
    type: "recognized",
    who: { ...toCandidate(best), rawDistance: best.distance },
    candidates,
    ignoredCluster: null,
  };
}

/** A decision on a visit, and the threshold that was applied: the one that fits what was compared; rounded to 4 places. */
export interface VisitDecision extends Decision {
  readonly threshold: number;
}

/** A visit as it is compared. */
export interface VisitMean {
  /** What stands for its faces' encodings, see `meanOf`. */
  readonly mean: Float32Array;
  readonly faces: number;
  /** Of its faces' encodings, summed over all axes; null: not known. */
  readonly variance: number | null;
}

/** Faces of one model that belong together, as a visit is compared. @throws {RangeError} for none. */
export function toVisitMean(encodings: readonly Float32Array[], model: string): VisitMean {
  return { mean: meanOf(encodings, model), faces: encodings.length, variance: varianceOf(encodings) };
}

/**
 * Compares a visit, by its mean, with all enrolled people of its model, as {@link decide} does with a face,
 * but with the threshold that fits the number of faces on both sides, as far as they are independent: `rules.threshold` is
 * for two single faces. The
 * encoding that fits best counts, and the margin is a gap between distances: the nearest other person must be so much
 * further away. Of `ignored`, `unknown` and `ambiguous` the threshold is that of the person who fits best; without people,
 * that of a single face.
 */
export function decideVisit(visit: VisitMean, gallery: Gallery, rules: DecisionRules): VisitDecision {
  const { mean } = visit;
  const faces = independentFaces(visit.faces, visit.variance, gallery.spread);
  const fits = gallery.fitting(mean, faces, CANDIDATES + gallery.doubted);
  const candidates = fits
    .slice(0, CANDIDATES)
    .sort((a, b) => a.distance - b.distance)
    .map(toCandidate);
  const possible = fits.filter((one) => isPossible(one, rules.threshold));
  const [best, ...others] = possible;
  const factor = (best ?? fits[0])?.factor ?? fitFactor(faces, 1, gallery.spread);
  const threshold = round4(rules.threshold * factor);
  const no = { who: null, candidates, ignoredCluster: null, threshold };

  const ignored = gallery.nearestIgnored(mean, faces);
  if (ignored && ignored.distance < rules.threshold && !(best && best.asSingle <= ignored.distance)) {
    return { ...no, type: "ignored", ignoredCluster: ignored.cluster };
  }
  if (!best || best.distance >= threshold) return { ...no, type: "unknown" };
  if (others.some((other) => other.distance - best.distance < rules.margin)) return { ...no, type: "ambiguous" };
  return { ...no, type: "recognized", who: { ...toCandidate(best), rawDistance: best.distance } };
}

/** The rest of the person does not speak against it, and no face that is known not to be the person is nearer. */
export function isPossible({ asSingle, asWhole, notAsSingle }: Fit, threshold: number): boolean {
  return asSingle < notAsSingle && asWhole < threshold * WHOLE;
}

/** As published: rounded to 4 places. */
export function toCandidate({ person, distance }: Near): Candidate {
  return { person: person.name, personId: person.personId, ...toScored(distance) };
}
