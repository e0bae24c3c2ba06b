import type { VisitState } from "../../domain/visits/visit.ts";
import type { Decision } from "../../recognize/decide.ts";

/** A person, at a distance that is not rounded. */
export type Recognized = NonNullable<Decision["who"]>;

/** How often each answer was given in a visit. Immutable. */
export interface Tally {
  /** By `person_id`: how many faces, and the nearest of them. */
  readonly people: ReadonlyMap<string, { readonly faces: number; readonly nearest: Recognized }>;
  readonly ambiguous: number;
  readonly ignored: number;
  readonly unknown: number;
}

export const NO_ANSWERS: Tally = { people: new Map(), ambiguous: 0, ignored: 0, unknown: 0 };

/** With one answer more. */
export function count(tally: Tally, { type, who }: Pick<Decision, "type" | "who">): Tally {
  if (type !== "recognized") return { ...tally, [type]: tally[type] + 1 };
  if (!who) return tally;
  const before = tally.people.get(who.personId);
  const nearest = before && before.nearest.rawDistance <= who.rawDistance ? before.nearest : who;
  const entry = { faces: (before?.faces ?? 0) + 1, nearest: { ...nearest, person: who.person } };
  return { ...tally, people: new Map(tally.people).set(who.personId, entry) };
}

/** Whom most faces were recognized as, of several the nearest; null: no person. */
export function mostSeen({ people }: Tally): Recognized | null {
  const [most] = [...people.values()].sort(
    (a, b) => b.faces - a.faces || a.nearest.rawDistance - b.nearest.rawDistance,
  );
  return most?.nearest ?? null;
}

/** What a visit of such answers is when it has ended. A person who was recognized counts for more than any other answer. */
export function toState(tally: Tally): Exclude<VisitState, "open" | "corrected"> {
  if (tally.people.size > 0) return "recognized";
  if (tally.ignored > 0 && tally.ignored >= tally.unknown + tally.ambiguous) return "ignored";
  return tally.ambiguous > 0 ? "ambiguous" : "unknown";
}
