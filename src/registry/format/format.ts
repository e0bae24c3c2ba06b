import { DLIB } from "../../domain/model.ts";
import type { EnrolledEncoding } from "../../domain/person.ts";
import { DIMENSION } from "../../domain/vectors/encoding.ts";
import type { RegistryPerson } from "../../store/port.ts";
import { printEncoding, toDecimals } from "./print-encoding.ts";

/** Keys of an object in the file that are not ours, with their JSON values, in the order they came. */
export type Extras = readonly (readonly [key: string, value: unknown])[];

export interface FileEncoding extends Omit<EnrolledEncoding, "model" | "sources" | "count"> {
  /** null: the entry says none, as of another program: dlib's, unless it is one that we know. So with sources and count. */
  readonly model: string | null;
  readonly sources: readonly string[] | null;
  readonly count: number | null;
  /** Our id, where the file still has it; never trusted alone. */
  readonly id: number | null;
  readonly extras: Extras;
}

export interface FilePerson {
  /** A valid name (NFC, trimmed). */
  readonly name: string;
  readonly encodings: readonly FileEncoding[];
  /** It has a list of those with another length; other programs may drop it, which removes none. */
  readonly hasOthers: boolean;
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

/** Beside `embeddings`, which other programs read: encodings of any other length than theirs. */
export const OTHERS = "other_embeddings";

/** Whether it stands in `embeddings`. */
export function isCommon({ encoding }: { readonly encoding: Float32Array }): boolean {
  return encoding.length === DIMENSION;
}

export const OUR_TOP_KEYS: ReadonlySet<string> = new Set(["people"]);
export const OUR_PERSON_KEYS: ReadonlySet<string> = new Set(["embeddings", OTHERS]);
export const OUR_ENCODING_KEYS: ReadonlySet<string> = new Set([
  "source",
  "encoding",
  "id",
  "sources",
  "count",
  "model",
]);

/**
 * The registry file's text: JSON, one encoding a line, ordered by name and encoding id, so that the same people give the
 * same bytes. Encodings are printed with as few digits as give the same float32 again.
 */
export function toRegistryText(people: readonly RegistryPerson[], extras: RegistryExtras): string {
  const ordered = people.toSorted((a, b) => compare(a.name, b.name) || compare(a.personId, b.personId));
  const printed = ordered.map((person) => {
    const encodings = person.encodings.toSorted((a, b) => a.id - b.id);
    const listOf = (some: typeof encodings): string => {
      const lines = some.map((one) => printEncodingEntry(one, extras.encodings.get(one.id) ?? []));
      return lines.length === 0 ? "[]" : `[\n${lines.map((line) => `        ${line}`).join(",\n")}\n      ]`;
    };
    const others = encodings.filter((one) => !isCommon(one));
    const entries = [
      `"embeddings": ${listOf(encodings.filter(isCommon))}`,
      ...(others.length > 0 ? [`"${OTHERS}": ${listOf(others)}`] : []),
      ...printExtras(extras.people.get(person.personId) ?? []),
    ];
    return `${JSON.stringify(person.name)}: {\n${entries.map((entry) => `      ${entry}`).join(",\n")}\n    }`;
  });
  const list = printed.length === 0 ? "{}" : `{\n${printed.map((one) => `    ${one}`).join(",\n")}\n  }`;
  return `{\n${[`"people": ${list}`, ...printExtras(extras.top)].map((entry) => `  ${entry}`).join(",\n")}\n}\n`;
}

/** The same people as the JSON that {@link toRegistryText} prints, without keys of others. */
export function toRegistryJson(people: readonly RegistryPerson[]): { people: Record<string, unknown> } {
  const entries = people.map(({ name, encodings }) => {
    const toEntry = ({ source, encoding, id, sources, count, model }: (typeof encodings)[number]) => ({
      source,
      encoding: toDecimals(encoding),
      id,
      sources,
      count,
      ...(model !== DLIB && { model }),
    });
    const others = encodings.filter((one) => !isCommon(one));
    const embeddings = encodings.filter(isCommon).map(toEntry);
    return [name, others.length > 0 ? { embeddings, [OTHERS]: others.map(toEntry) } : { embeddings }] as const;
  });
  return { people: Object.fromEntries(entries) };
}

/** The same people as if they had been read from a file without keys of others. */
export function toRegistryData(people: readonly RegistryPerson[]): RegistryData {
  return {
    people: people.map(({ name, encodings }) => ({
      name,
      encodings: encodings.map((one) => ({ ...one, extras: [] })),
      hasOthers: true,
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
    ...(one.model === DLIB ? [] : [`"model": ${JSON.stringify(one.model)}`]),
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
