import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";

/** A line of the list under a name field. */
export type Suggestion =
  | { readonly kind: "person"; readonly person: PersonJson; readonly candidate: ClusterCandidate | null }
  | { readonly kind: "new"; readonly name: string };

/** For comparing what is typed with names: without case, accents and spaces at the ends. */
const fold = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase().trim();

/** Names are the same person's when they are equal but for case (the daemon's own rule). */
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
 * Whom a group may be: known people, nearest first (those of whom no distance is known after them, by last seen as they
 * come), then "new person" where nobody is called exactly that. At most `limit` people.
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
