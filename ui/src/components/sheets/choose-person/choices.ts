import type { PersonJson } from "../../../../../src/wire/out/schemas.ts";
import { inOrder } from "../../../state/people/presence.ts";
import { matchAt, sameName } from "../../naming/suggest.ts";

/** A person whom what is asked about is like. */
export interface NearPerson {
  readonly person_id: string;
  /** Of a group's candidates; null: it is not said to be this person. */
  readonly level?: string | null;
  /** Too far apart for the name to be used. */
  readonly unlikely?: boolean;
}

/** Whether the first choice may be proposed, so that Enter takes it: a name that is probably wrong is just listed. */
export function isLikely(near: readonly NearPerson[], except: string | undefined): boolean {
  const first = near.find(({ person_id }) => person_id !== except);
  return first !== undefined && first.level !== null && first.unlikely !== true;
}

/** What can be chosen: a person, or a new one; of a new one the name may be missing still. */
export type Choice =
  | { readonly kind: "person"; readonly person: PersonJson }
  | { readonly kind: "new"; readonly name: string };

/**
 * Whom to choose from: those whose name matches what is typed, nearest first (`near` in this order), then as last seen.
 * The new person is last, unless a listed person has the typed name or `allowNew` is false.
 */
export function toChoices(
  people: readonly PersonJson[],
  typed: string,
  options: { readonly near: readonly NearPerson[]; readonly allowNew: boolean; readonly locale: string },
): Choice[] {
  const name = typed.trim();
  const order = new Map(options.near.map(({ person_id }, at) => [person_id, at]));
  const rank = ({ person_id }: PersonJson): number => order.get(person_id) ?? order.size;
  const choices: Choice[] = inOrder(people, "seen", options.locale)
    .filter((person) => matchAt(person.name, name) >= 0)
    .sort((a, b) => rank(a) - rank(b))
    .map((person) => ({ kind: "person", person }));
  if (options.allowNew && !people.some((person) => sameName(person.name, name))) choices.push({ kind: "new", name });
  return choices;
}

/**
 * Which choice an arrow key leads to, in a grid of `columns` with the new person on a line of its own below; -1: none is
 * chosen, so the first one is.
 */
export function moveChoice(key: string, at: number, choices: readonly Choice[], columns: number): number {
  const last = choices.length - 1;
  const lastPerson = choices[last]?.kind === "new" ? last - 1 : last;
  if (at < 0) return key === "ArrowUp" ? last : 0;
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  if (key === "ArrowRight") return Math.min(last, at + 1);
  if (key === "ArrowUp") return at > lastPerson ? Math.max(0, lastPerson) : Math.max(0, at - columns);
  if (at + columns <= lastPerson) return at + columns;
  // Below the last full row lie a shorter row and the line of the new person.
  const row = Math.floor(at / columns);
  return row < Math.floor(lastPerson / columns) ? lastPerson : last;
}
