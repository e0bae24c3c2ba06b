import type { Person } from "../domain/person.ts";
import type { Candidate, RecognitionType } from "../domain/recognition.ts";
import { toScored } from "../domain/vectors/encoding.ts";
import type { Gallery, Neighbour } from "./gallery.ts";

/** Number of nearest people in an event. */
const CANDIDATES = 3;

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

/** The nearest person within the threshold that a cluster may be, leaving out `notPeople`; null if there is none. */
export function suggest(
  mean: Float32Array,
  gallery: Gallery,
  threshold: number,
  notPeople: readonly Person["personId"][],
): Candidate | null {
  const best = gallery
    .nearest(mean, 1 + gallery.doubted + notPeople.length)
    .find((one) => !notPeople.includes(one.person.personId) && one.distance < one.notDistance);
  return best && best.distance < threshold ? toCandidate(best) : null;
}

/** As published: rounded to 4 places. */
export function toCandidate(neighbour: Neighbour): Candidate {
  return {
    person: neighbour.person.name,
    personId: neighbour.person.personId,
    ...toScored(neighbour.distance),
  };
}
