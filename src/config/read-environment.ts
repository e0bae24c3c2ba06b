import { readFileSync } from "node:fs";
import type { TSchema } from "typebox";
import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { allowsNull, schemaAt, wantsText } from "./describe.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Given, Reading } from "./given.ts";
import { CONFIG_KEYS, type ConfigKey } from "./keys.ts";

const PREFIX = "FACES2MQTT_";
/** The tests' folder of real faces; not a key of the configuration. */
const NO_KEYS = new Set(["FACES2MQTT_TEST_DATA"]);

/** Reads the variables `FACES2MQTT_<KEY>` and `FACES2MQTT_<KEY>_FILE`. Others with that prefix are problems. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Reading {
  const given = new Map<string, Given>();
  const problems: string[] = [];
  const known = new Map(CONFIG_KEYS.flatMap((key) => [[key.variable, key] as const, [`${key.variable}_FILE`, key]]));

  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || !variable.startsWith(PREFIX) || NO_KEYS.has(variable)) continue;
    const key = known.get(variable);
    if (!key) problems.push(`${variable}: no key of the configuration${didYouMean(variable, known.keys())}`);
    else if (variable === key.variable) take(key, variable, value);
    else if (environment[key.variable] !== undefined) {
      problems.push(`${variable}: ${key.name}: ${key.variable} is set too; only one of them can count`);
    } else takeFile(key, variable, value);
  }
  return { given, problems };

  function takeFile(key: ConfigKey, variable: string, file: string): void {
    try {
      take(key, variable, new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)));
    } catch (error) {
      problems.push(`${variable}: ${key.name}: cannot read ${JSON.stringify(file)}: ${(error as Error).message}`);
    }
  }

  function take(key: ConfigKey, variable: string, text: string): void {
    const read = toValue(text, key.schema);
    if ("problem" in read) problems.push(`${variable}: ${key.name}: not valid YAML: ${read.problem}`);
    else given.set(key.name, { value: read.value, source: "env", at: () => variable });
  }
}

/**
 * A variable's value as its schema requires. Text is taken literally (a password may look like a number, a comment or a
 * map), unless it is quoted as YAML; surrounding space is not part of it.
 */
function toValue(text: string, schema: TSchema): { value: unknown } | { problem: string } {
  const trimmed = text.trim();
  if (wantsText(schema)) {
    if (allowsNull(schema) && /^(|null|~)$/.test(trimmed)) return { value: null };
    const quoted = /^(["']).*\1$/s.test(trimmed) ? parseDocument(trimmed, { prettyErrors: false }) : null;
    const value: unknown = quoted?.errors.length === 0 ? quoted.toJS() : trimmed;
    return { value: typeof value === "string" ? value : trimmed };
  }
  const document = parseDocument(trimmed, { prettyErrors: false });
  const error = document.errors[0];
  if (error) return { problem: error.message };
  keepText(document.contents, schema);
  try {
    return { value: document.toJS() };
  } catch (cause) {
    return { problem: (cause as Error).message };
  }
}

/** Inside lists and maps: what looks like a number stays text where the schema requires text. */
function keepText(node: Node | null, schema: TSchema): void {
  if (isScalar(node)) {
    if (node.source !== undefined && node.value !== null && wantsText(schema)) node.value = node.source;
  } else if (isSeq(node)) {
    node.items.forEach((item, at) => {
      keepText(item as Node, schemaAt(schema, [at]));
    });
  } else if (isMap(node)) {
    for (const pair of node.items) {
      if (isScalar(pair.key)) keepText(pair.value as Node | null, schemaAt(schema, [String(pair.key.value)]));
    }
  }
}
