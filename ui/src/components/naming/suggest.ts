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

/** How well a name fits: it is what is typed (0), a word of it begins so (1), it has that somewhere (2), not at all (3). */
function fitOf(name: string, typed: string): 0 | 1 | 2 | 3 {
  if (sameName(name, typed)) return 0;
  const at = matchAt(name, typed);
  if (at < 0) return 3;
  return at === 0 || /[\s'’-]/.test(fold(name)[at - 1] ?? "") ? 1 : 2;
}

/**
 * Suggestions for a group: known people, those first whose name begins as is typed, of them the nearest first (then those
 * without a distance, in the given order), then "new person" unless the name exists. At most `limit` people.
 */
export function suggest(
  typed: string,
  people: readonly PersonJson[],
  candidates: readonly ClusterCandidate[],
  limit = 6,
): Suggestion[] {
  const near = new Map(candidates.map((candidate, at) => [candidate.person_id, { candidate, at }]));
  const name = typed.trim();
  const rank = (person: PersonJson) => near.get(person.person_id)?.at ?? Number.MAX_SAFE_INTEGER;
  const lines: Suggestion[] = people
    .map((person) => ({ person, fit: fitOf(person.name, name) }))
    .filter(({ fit }) => fit < 3)
    .sort((a, b) => a.fit - b.fit || rank(a.person) - rank(b.person))
    .slice(0, limit)
    .map(({ person }) => ({ kind: "person", person, candidate: near.get(person.person_id)?.candidate ?? null }));
  if (name !== "" && !people.some((person) => sameName(person.name, name))) lines.push({ kind: "new", name });
  return lines;
}

/**
 * Which line Enter takes before one is chosen: the first person whose name is what is typed or has a word that begins so,
 * else the new person; -1: nothing is typed. So the beginning of a listed name makes no new person by itself.
 */
export function proposed(lines: readonly Suggestion[], typed: string): number {
  if (typed.trim() === "") return -1;
  const [first] = lines;
  if (first?.kind === "person" && fitOf(first.person.name, typed.trim()) < 2) return 0;
  return lines.findIndex((line) => line.kind === "new");
}
