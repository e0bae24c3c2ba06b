import { DLIB } from "../../domain/model.ts";
import type { EnrolledEncoding } from "../../domain/person.ts";
import { nameKey } from "../../domain/text/names.ts";
import type { RegistryEdit, RegistryPerson } from "../../store/port.ts";
import { type FileEncoding, type FilePerson, isCommon, type RegistryData } from "./format.ts";
import { isSameEncoding, matchPeople, pairEncodings } from "./match.ts";

/** What a file says differently from another. Order, formatting, sources, counts and unknown keys are no difference. */
export interface Difference {
  readonly added: readonly FilePerson[];
  readonly removed: readonly FilePerson[];
  /** A person under a new key: as it was, as it is. Other encodings than before are in `changed`. */
  readonly renamed: readonly { readonly from: FilePerson; readonly to: string }[];
  readonly changed: readonly {
    readonly person: FilePerson;
    readonly added: readonly FileEncoding[];
    readonly removed: readonly FileEncoding[];
  }[];
  /** How many people and encodings it touches; 0: none. */
  readonly size: number;
}

/** From `base` to `theirs`. A removed person all of whose encodings stand under an added key was renamed. */
export function toDifference(base: RegistryData, theirs: RegistryData): Difference {
  const before = new Map(base.people.map((person) => [nameKey(person.name), person]));
  const after = new Map(theirs.people.map((person) => [nameKey(person.name), person]));
  const renamed: { from: FilePerson; to: string }[] = [];
  const changed: { person: FilePerson; added: readonly FileEncoding[]; removed: readonly FileEncoding[] }[] = [];
  const added = new Set(theirs.people.filter((person) => !before.has(nameKey(person.name))));
  const removed = new Set<FilePerson>();

  function compare(from: FilePerson, to: FilePerson): void {
    const { onlyA: missing, onlyB } = pairEncodings(from.encodings, to.encodings);
    const onlyA = missing.filter((one) => to.hasOthers || isCommon(one));
    if (from.name !== to.name) renamed.push({ from, to: to.name });
    if (onlyA.length + onlyB.length > 0) changed.push({ person: from, added: onlyB, removed: onlyA });
  }

  for (const person of base.people) {
    const same = after.get(nameKey(person.name));
    const other = same ?? [...added].find((one) => holdsAll(one, person));
    if (!other) {
      removed.add(person);
      continue;
    }
    added.delete(other);
    compare(person, other);
  }
  const size =
    sum([...added, ...removed], (person) => 1 + person.encodings.length) +
    sum(changed, (one) => one.added.length + one.removed.length) +
    renamed.length;
  return { added: [...added], removed: [...removed], renamed, changed, size };
}

/**
 * The difference, in the words of the database as it is now, which may have changed on its own since: what is so already
 * is left out, and nothing that the other program had not seen is lost. So a person removed there who has got another
 * encoding here stays with that one; an encoding added there to a person deleted here makes the person again.
 */
export function toEdit(difference: Difference, current: readonly RegistryPerson[]): RegistryEdit {
  const { added, removed, renamed, changed } = difference;
  const known = [...removed, ...renamed.map((one) => one.from), ...changed.map((one) => one.person)];
  const here = matchPeople([...new Set(known)], current);
  const byName = new Map(current.map((person) => [nameKey(person.name), person]));
  const all = current.flatMap((person) => person.encodings);
  const edit = {
    addedPeople: [] as { name: string; encodings: readonly EnrolledEncoding[] }[],
    removedPeople: [] as string[],
    renamedPeople: [] as { personId: string; name: string }[],
    addedEncodings: [] as { personId: string; encoding: EnrolledEncoding }[],
    removedEncodings: [] as number[],
  };

  function add(name: string, match: RegistryPerson | undefined, encodings: readonly FileEncoding[]): void {
    const person = match && !edit.removedPeople.includes(match.personId) ? match : undefined;
    const fresh = withoutRepeats(pairEncodings(encodings, person?.encodings ?? []).onlyA).map((one) =>
      toEnrolled(one, all),
    );
    if (person) edit.addedEncodings.push(...fresh.map((encoding) => ({ personId: person.personId, encoding })));
    else edit.addedPeople.push({ name, encodings: fresh });
  }

  for (const person of removed) {
    const match = here.get(person);
    if (!match) continue;
    const { pairs, onlyB } = pairEncodings(person.encodings, match.encodings);
    if (onlyB.length === 0) edit.removedPeople.push(match.personId);
    else edit.removedEncodings.push(...pairs.map(([, one]) => one.id));
  }
  for (const { from, to } of renamed) {
    const match = here.get(from);
    const holder = byName.get(nameKey(to));
    // Another person got that name here meanwhile: both stay under the names they have here.
    if (match && match.name !== to && (!holder || holder === match)) {
      edit.renamedPeople.push({ personId: match.personId, name: to });
    }
  }
  for (const one of changed) {
    const match = here.get(one.person);
    if (match) {
      edit.removedEncodings.push(...pairEncodings(one.removed, match.encodings).pairs.map(([, { id }]) => id));
    }
    if (one.added.length > 0) add(one.person.name, match, one.added);
  }
  for (const person of added) add(person.name, byName.get(nameKey(person.name)), person.encodings);
  return edit;
}

/** Whether nothing is left to do. */
export function isEmpty(edit: RegistryEdit): boolean {
  return Object.values(edit).every((list: readonly unknown[]) => list.length === 0);
}

function holdsAll(person: FilePerson, of: FilePerson): boolean {
  const wanted = person.hasOthers ? of.encodings : of.encodings.filter(isCommon);
  return wanted.length > 0 && pairEncodings(wanted, person.encodings).onlyA.length === 0;
}

function withoutRepeats(encodings: readonly FileEncoding[]): readonly FileEncoding[] {
  const kept: FileEncoding[] = [];
  for (const one of encodings) if (!kept.some((other) => isSameEncoding(one, other))) kept.push(one);
  return kept;
}

/** What the entry does not say is that of one that we know, such as one that was copied to another person. */
function toEnrolled(entry: FileEncoding, all: readonly EnrolledEncoding[]): EnrolledEncoding {
  const { encoding, source, sources, count, model } = entry;
  const isSilent = sources === null || count === null || model === null;
  const known = isSilent ? all.find((one) => isSameEncoding(entry, one)) : undefined;
  return {
    encoding,
    source,
    sources: sources ?? known?.sources ?? (source === "" ? [] : [source]),
    count: count ?? known?.count ?? 1,
    model: model ?? known?.model ?? DLIB,
  };
}

function sum<T>(list: readonly T[], size: (one: T) => number): number {
  return list.reduce((total, one) => total + size(one), 0);
}
