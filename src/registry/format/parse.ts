import { DLIB, type EncodingModel, type Models } from "../../domain/model.ts";
import { nameKey, toName } from "../../domain/text/names.ts";
import { toModelLength } from "../../domain/vectors/mean.ts";
import {
  type Extras,
  type FileEncoding,
  type FilePerson,
  OTHERS,
  OUR_ENCODING_KEYS,
  OUR_PERSON_KEYS,
  OUR_TOP_KEYS,
  type RegistryData,
} from "./format.ts";
import { findJsonProblem } from "./json-problems.ts";

/** Longest text that is read, in UTF-16 units: about 25,000 encodings with all digits of a double. */
export const MAX_REGISTRY_LENGTH = 64 * 1024 * 1024;

const MAX_PROBLEMS = 10;

/** Either what the text says, or what is wrong with it: sentences that begin behind the file's name, the first few. */
export type ParsedRegistry =
  | { readonly data: RegistryData; readonly problems: null }
  | { readonly data: null; readonly problems: readonly string[] };

/**
 * Reads the text of a registry file, all or nothing. A byte order mark is skipped, unknown keys are kept; `source`,
 * `sources`, `count` and `model` may be missing. Every encoding has as many numbers as its model, which are finite as float32
 * and not all zero; names are valid, and no two are equal ignoring case and Unicode form. A model that is not known is kept
 * as it is, if all of its encodings have one length.
 */
export function parseRegistry(text: string, models: Models): ParsedRegistry {
  if (text.length > MAX_REGISTRY_LENGTH) return reject([`is too large: over ${MAX_REGISTRY_LENGTH} characters`]);
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (plain.trim() === "") return reject(["is empty"]);
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch (error) {
    // V8 puts a piece of the text into its message, which may be a person's encoding: only the position is reported.
    const position = /at position \d+|end of JSON input/.exec(error instanceof Error ? error.message : "")?.[0];
    return reject([`is not JSON${position ? ` (${position})` : ""}`]);
  }
  const hidden = findJsonProblem(plain);
  if (hidden) return reject([hidden]);
  const problems: string[] = [];
  const data = toData(json, models, problems);
  return problems.length > 0 ? reject(problems) : { data, problems: null };
}

function reject(problems: readonly string[]): ParsedRegistry {
  const more = problems.length - MAX_PROBLEMS;
  const first = problems.slice(0, MAX_PROBLEMS);
  return { data: null, problems: more > 0 ? [...first, `and ${more} more problems`] : first };
}

function toData(json: unknown, known: Models, problems: string[]): RegistryData {
  const models = new Map(known);
  const people: FilePerson[] = [];
  const seen = new Map<string, string>();
  if (!isObject(json)) {
    problems.push("must be a JSON object");
  } else if (!Object.hasOwn(json, "people") || !isObject(json.people)) {
    problems.push('must have an object "people"');
  } else {
    for (const [key, value] of Object.entries(json.people)) {
      const name = toValidName(key, problems);
      if (name === null) continue;
      const same = seen.get(nameKey(name));
      if (same !== undefined) problems.push(`has ${quote(same)} and ${quote(key)}, which are the same name`);
      seen.set(nameKey(name), key);
      people.push(toPerson(name, value, models, problems));
    }
  }
  return { people, extras: isObject(json) ? toExtras(json, OUR_TOP_KEYS) : [] };
}

function toValidName(key: string, problems: string[]): string | null {
  try {
    return toName(key);
  } catch (error) {
    problems.push(`has the name ${quote(key)}: ${error instanceof Error ? error.message : "not a name"}`);
    return null;
  }
}

/** @param models gets those that were not known */
function toPerson(name: string, value: unknown, models: Map<string, EncodingModel>, problems: string[]): FilePerson {
  if (!isObject(value) || !Object.hasOwn(value, "embeddings") || !Array.isArray(value.embeddings)) {
    problems.push(`is wrong at people[${quote(name)}]: it must be an object with a list "embeddings"`);
    return { name, encodings: [], hasOthers: false, extras: [] };
  }
  const others = Object.hasOwn(value, OTHERS) ? (value[OTHERS] ?? null) : null;
  if (others !== null && !Array.isArray(others))
    problems.push(`is wrong at people[${quote(name)}]: "${OTHERS}" must be a list`);
  const encodings = [
    { key: "embeddings", list: value.embeddings as readonly unknown[] },
    { key: OTHERS, list: Array.isArray(others) ? (others as readonly unknown[]) : [] },
  ].flatMap(({ key, list }) =>
    list.flatMap((one, index) => {
      const read = toFileEncoding(one, models);
      if (typeof read !== "string") return [read];
      problems.push(`is wrong at people[${quote(name)}].${key}[${index}]: it ${read}`);
      return [];
    }),
  );
  return { name, encodings, hasOthers: others !== null, extras: toExtras(value, OUR_PERSON_KEYS) };
}

/** The encoding, or what is wrong with it. */
function toFileEncoding(value: unknown, models: Map<string, EncodingModel>): FileEncoding | string {
  if (!isObject(value)) return "must be an object";
  const { encoding: numbers, source: givenSource, sources, count, id } = value;
  const named = value.model ?? null;
  if (!Array.isArray(numbers)) return 'must have a list "encoding"';
  if (named !== null && (typeof named !== "string" || named === "")) return 'must have a text as "model"';
  const name = named ?? DLIB;
  const model = models.get(name) ?? { name, dimension: numbers.length, length: null };
  if (numbers.length !== model.dimension) {
    const whose = name === DLIB ? "" : ` of the model ${name}`;
    return `must have ${model.dimension} numbers${whose}, has ${numbers.length}`;
  }
  if (!numbers.every((one) => typeof one === "number")) return "must have only numbers in its encoding";
  const plain = Float32Array.from(numbers);
  if (!plain.every(Number.isFinite)) return "has a number that is not finite as float32";
  if (plain.every((one) => one === 0)) return "is all zeros";
  const source = givenSource ?? "";
  if (typeof source !== "string") return 'must have a text as "source"';
  const listed = sources ?? null;
  if (listed !== null && !(Array.isArray(listed) && listed.every((one) => typeof one === "string"))) {
    return 'must have texts as "sources"';
  }
  const counted = count ?? null;
  if (counted !== null && !isPositiveInteger(counted)) return 'must have a whole number from 1 as "count"';
  models.set(name, model);
  return {
    encoding: toModelLength(plain, model),
    source,
    sources: listed,
    count: counted,
    model: named,
    id: isPositiveInteger(id) ? id : null,
    extras: toExtras(value, OUR_ENCODING_KEYS),
  };
}

function toExtras(object: Record<string, unknown>, ours: ReadonlySet<string>): Extras {
  return Object.entries(object).filter(([key]) => !ours.has(key));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function quote(key: string): string {
  return JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
}
