import type { PersonJson } from "../../../../src/wire/out/schemas.ts";

const HERE_MS = 60_000;

/** Whether a person was seen recently enough to count as present. */
export function isHere(person: Pick<PersonJson, "last_seen">, now: Date): boolean {
  return person.last_seen !== null && now.getTime() - Date.parse(person.last_seen) < HERE_MS;
}

/** Sort orders for people. */
export type PeopleOrder = "seen" | "name" | "faces";

/** Sorts people; those never seen come last. */
export function inOrder(people: readonly PersonJson[], order: PeopleOrder, locale: string): PersonJson[] {
  const collator = new Intl.Collator(locale, { sensitivity: "base" });
  const byName = (a: PersonJson, b: PersonJson) => collator.compare(a.name, b.name);
  const compare = {
    name: byName,
    faces: (a: PersonJson, b: PersonJson) => b.faces - a.faces || byName(a, b),
    seen: (a: PersonJson, b: PersonJson) => (b.last_seen ?? "").localeCompare(a.last_seen ?? "") || byName(a, b),
  }[order];
  return [...people].sort(compare);
}
