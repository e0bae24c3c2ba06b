import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";

/** A line of the list under a name field. */
export type Suggestion =
  | { readonly kind: "person"; readonly person: PersonJson; readonly candidate: ClusterCandidate | null }
  | { readonly kind: "new"; readonly name: string };

/** Folds text for comparison: no case, accents or surrounding spaces. */
const fold = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase().trim();

/** Names are equal if they differ only in case (the daemon's own rule). */
export const sameName = (one: string, other: string): boolean =>
  one.normalize("NFC").trim().toLowerCase() === other.normalize("NFC").trim().toLowerCase();

/** Where in `name` the typed text begins, as a word's beginning (preferred) or anywhere; -1: nowhere. */
export function matchAt(name: string, typed: string): number {
  const text = fold(name);
  const wish = fold(typed);
  if (wish === "") return 0;
  if (text.startsWith(wish)) return 0;
  const word = text.search(new RegExp(`[\\s'’-]${wish.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  return word >= 0 ? word + 1 : text.indexOf(wish);
}

/**
 * Suggestions for a group: known people, nearest first (then those without a distance, in the given order), then "new
 * person" unless the name exists. At most `limit` people.
 */
export function suggest(
  typed: string,
  people: readonly PersonJson[],
  candidates: readonly ClusterCandidate[],
  limit = 6,
): Suggestion[] {
  const near = new Map(candidates.map((candidate, at) => [candidate.person_id, { candidate, at }]));
  const name = typed.trim();
  const lines: Suggestion[] = people
    .filter((person) => matchAt(person.name, name) >= 0)
    .sort((a, b) => (near.get(a.person_id)?.at ?? Infinity) - (near.get(b.person_id)?.at ?? Infinity) || 0)
    .slice(0, limit)
    .map((person) => ({ kind: "person", person, candidate: near.get(person.person_id)?.candidate ?? null }));
  if (name !== "" && !people.some((person) => sameName(person.name, name))) lines.push({ kind: "new", name });
  return lines;
}
