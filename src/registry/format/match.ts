import { nameKey } from "../../domain/text/names.ts";
import type { RegistryPerson } from "../../store/port.ts";
import type { FilePerson } from "./format.ts";

interface Numbers {
  readonly encoding: Float32Array;
  /** null: not said, so that it may be any. */
  readonly model: string | null;
}

interface Entry extends Numbers {
  readonly id: number | null;
}

/** Which entries of two lists are the same encoding, each used at most once. */
export interface Pairing<A, B> {
  readonly pairs: readonly (readonly [A, B])[];
  readonly onlyA: readonly A[];
  readonly onlyB: readonly B[];
}

/**
 * How far a number may be off and still be the same one: programs print floats with fewer digits than they read. Two
 * different photos of a face are a thousand times further apart.
 */
const SAME_WITHIN = 1e-5;

/**
 * Pairs equal encodings: bit by bit first (by id where several are equal), then within {@link SAME_WITHIN} a number.
 * An id alone pairs nothing: programs copy it along with whatever they copy. Encodings that are said to be of different models
 * are different.
 */
export function pairEncodings<A extends Entry, B extends Entry>(a: readonly A[], b: readonly B[]): Pairing<A, B> {
  const pairs: (readonly [A, B])[] = [];
  const used = new Set<B>();
  const pair = (one: A, other: B | undefined): boolean => {
    if (!other) return false;
    pairs.push([one, other]);
    used.add(other);
    return true;
  };

  const equal = new Map<string, B[]>();
  for (const one of b) {
    const key = toKey(one.encoding);
    equal.set(key, [...(equal.get(key) ?? []), one]);
  }
  const isFree = (one: A, other: B): boolean => !used.has(other) && haveOneModel(one, other);
  const bitEqual = (one: A) => (equal.get(toKey(one.encoding)) ?? []).filter((other) => isFree(one, other));
  const unpaired = a
    .filter((one) => !pair(one, one.id === null ? undefined : bitEqual(one).find((other) => other.id === one.id)))
    .filter((one) => !pair(one, bitEqual(one)[0]));
  const onlyA = unpaired.filter(
    (one) =>
      !pair(
        one,
        b.find((other) => !used.has(other) && isSameEncoding(one, other)),
      ),
  );
  return { pairs, onlyA, onlyB: b.filter((one) => !used.has(one)) };
}

/** Whether two encodings are the same one, perhaps printed with fewer digits. */
export function isSameEncoding(one: Numbers, other: Numbers): boolean {
  const [a, b] = [one.encoding, other.encoding];
  return (
    haveOneModel(one, other) &&
    a.length === b.length &&
    a.every((value, i) => Math.abs(value - (b[i] as number)) <= SAME_WITHIN)
  );
}

function haveOneModel(one: Numbers, other: Numbers): boolean {
  return one.model === null || other.model === null || one.model === other.model;
}

/**
 * Which person of the database each person of a file is: by name; else, where the name is no longer in the database
 * (renamed here since), one who has one of the encodings and whose name is not in the file.
 */
export function matchPeople(
  people: readonly FilePerson[],
  current: readonly RegistryPerson[],
): ReadonlyMap<FilePerson, RegistryPerson> {
  const byName = new Map(current.map((person) => [nameKey(person.name), person]));
  const names = new Set(people.map((person) => nameKey(person.name)));
  const owner = new Map<string, RegistryPerson>();
  for (const person of current) {
    if (names.has(nameKey(person.name))) continue;
    for (const { encoding } of person.encodings) owner.set(toKey(encoding), person);
  }
  const matches = new Map<FilePerson, RegistryPerson>();
  const claimed = new Set<RegistryPerson>();
  for (const person of people) {
    const match =
      byName.get(nameKey(person.name)) ??
      person.encodings.map(({ encoding }) => owner.get(toKey(encoding))).find((one) => one && !claimed.has(one));
    if (!match) continue;
    matches.set(person, match);
    claimed.add(match);
  }
  return matches;
}

function toKey({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}
