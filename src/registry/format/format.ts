import type { EnrolledEncoding } from "../../domain/person.ts";
import type { RegistryPerson } from "../../store/port.ts";
import { printEncoding, toDecimals } from "./print-encoding.ts";

/** Keys of an object in the file that are not ours, with their JSON values, in the order they came. */
export type Extras = readonly (readonly [key: string, value: unknown])[];

export interface FileEncoding extends EnrolledEncoding {
  /** Our id, where the file still has it; never trusted alone. */
  readonly id: number | null;
  readonly extras: Extras;
}

export interface FilePerson {
  /** A valid name (NFC, trimmed). */
  readonly name: string;
  readonly encodings: readonly FileEncoding[];
  readonly extras: Extras;
}

/** What a registry file says. No two names are equal ignoring case. */
export interface RegistryData {
  readonly people: readonly FilePerson[];
  readonly extras: Extras;
}

/** What other programs wrote beside our keys, by what it stands beside. */
export interface RegistryExtras {
  readonly top: Extras;
  /** by person_id */
  readonly people: ReadonlyMap<string, Extras>;
  /** by the id of the enrolled encoding */
  readonly encodings: ReadonlyMap<number, Extras>;
}

export const NO_EXTRAS: RegistryExtras = { top: [], people: new Map(), encodings: new Map() };

export const OUR_TOP_KEYS: ReadonlySet<string> = new Set(["people"]);
export const OUR_PERSON_KEYS: ReadonlySet<string> = new Set(["embeddings"]);
export const OUR_ENCODING_KEYS: ReadonlySet<string> = new Set(["source", "encoding", "id", "sources", "count"]);

/**
 * The registry file's text: JSON, one encoding a line, ordered by name and encoding id, so that the same people give the
 * same bytes. Encodings are printed with as few digits as give the same float32 again.
 */
export function toRegistryText(people: readonly RegistryPerson[], extras: RegistryExtras): string {
  const ordered = people.toSorted((a, b) => compare(a.name, b.name) || compare(a.personId, b.personId));
  const printed = ordered.map((person) => {
    const encodings = person.encodings.toSorted((a, b) => a.id - b.id);
    const lines = encodings.map((one) => printEncodingEntry(one, extras.encodings.get(one.id) ?? []));
    const list = lines.length === 0 ? "[]" : `[\n${lines.map((line) => `        ${line}`).join(",\n")}\n      ]`;
    const entries = [`"embeddings": ${list}`, ...printExtras(extras.people.get(person.personId) ?? [])];
    return `${JSON.stringify(person.name)}: {\n${entries.map((entry) => `      ${entry}`).join(",\n")}\n    }`;
  });
  const list = printed.length === 0 ? "{}" : `{\n${printed.map((one) => `    ${one}`).join(",\n")}\n  }`;
  return `{\n${[`"people": ${list}`, ...printExtras(extras.top)].map((entry) => `  ${entry}`).join(",\n")}\n}\n`;
}

/** The same people as the JSON that {@link toRegistryText} prints, without keys of others. */
export function toRegistryJson(people: readonly RegistryPerson[]): { people: Record<string, unknown> } {
  const entries = people.map(({ name, encodings }) => {
    const embeddings = encodings.map(({ source, encoding, id, sources, count }) => ({
      source,
      encoding: toDecimals(encoding),
      id,
      sources,
      count,
    }));
    return [name, { embeddings }] as const;
  });
  return { people: Object.fromEntries(entries) };
}

/** The same people as if they had been read from a file without keys of others. */
export function toRegistryData(people: readonly RegistryPerson[]): RegistryData {
  return {
    people: people.map(({ name, encodings }) => ({
      name,
      encodings: encodings.map((one) => ({ ...one, extras: [] })),
      extras: [],
    })),
    extras: [],
  };
}

function printEncodingEntry(one: RegistryPerson["encodings"][number], extras: Extras): string {
  const entries = [
    `"source": ${JSON.stringify(one.source)}`,
    `"encoding": ${printEncoding(one.encoding)}`,
    `"id": ${one.id}`,
    `"sources": ${JSON.stringify(one.sources)}`,
    `"count": ${one.count}`,
    ...printExtras(extras),
  ];
  return `{ ${entries.join(", ")} }`;
}

// Printed one by one, never gathered in an object: a key such as "__proto__" is a key like any other.
function printExtras(extras: Extras): string[] {
  return extras.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
}

// By code unit: the same on every machine, whatever its language.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
