import { toScored } from "../domain/encoding.ts";
import type { Person } from "../domain/person.ts";
import type { Candidate, RecognitionType } from "../domain/recognition.ts";
import type { Gallery, Neighbour } from "./gallery.ts";

/** How many of the nearest people an event tells. */
const CANDIDATES = 3;

export interface DecisionRules {
  /** Accepted when `distance < threshold`, strictly. */
  readonly threshold: number;
  /** Wanted gap between the best and the second-best person; 0: none. */
  readonly margin: number;
}

/** What recognition says about one face. */
export interface Decision {
  /** `ignored`: it joins an ignored group, silently. */
  readonly type: RecognitionType | "ignored";
  /** Only for `recognized`; `rawDistance` is not rounded. */
  readonly who: (Candidate & { readonly rawDistance: number }) | null;
  readonly candidates: readonly Candidate[];
  readonly ignoredCluster: string | null;
}

/**
 * One face against everybody enrolled. Pure: the same face, gallery and rules give the same decision.
 * A person of whom a nearer face is known not to be them is out. An ignored group that is nearer than anybody
 * who is left, and within the threshold, takes the face.
 */
export function decide(encoding: Float32Array, gallery: Gallery, rules: DecisionRules): Decision {
  // Those whom a "not this person" may rule out must not hide somebody behind them.
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

/** The nearest person that a group of faces looks like, unless one of them was said to be somebody else. */
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
