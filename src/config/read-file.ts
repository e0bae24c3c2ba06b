import type { TObject } from "typebox";
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLError,
} from "yaml";
import { didYouMean } from "./did-you-mean.ts";
import type { Given, Reading } from "./given.ts";
import { CONFIG_KEYS, isSection } from "./keys.ts";
import { configSchema } from "./schema.ts";

/** Reads YAML text; `file` is its name in messages. Validates keys, but not values. */
export function readFile(text: string, file: string): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const given = new Map<string, Given>();
  const problems: string[] = [];
  const lineAt = (offset: number | undefined) => `${file}:${offset === undefined ? 1 : lines.linePos(offset).line}`;

  for (const error of [...document.errors, ...document.warnings]) {
    problems.push(`${lineAt(error.pos[0])}: ${describeYamlError(error, text)}`);
  }
  const broken = document.errors.some((error) => error.code !== "DUPLICATE_KEY");
  if (!broken) readSection(document.contents, configSchema, []);
  return { given, problems };

  function readSection(written: ParsedNode | null, section: TObject, path: readonly string[]): void {
    const node = isAlias(written) ? ((written.resolve(document) as ParsedNode | undefined) ?? written) : written;
    if (node === null || (isScalar(node) && node.value === null)) return;
    if (!isMap(node)) {
      const name = path.length === 0 ? "the configuration" : path.join(".");
      const came = isScalar(node) ? "a single value" : "a list";
      problems.push(`${lineAt(node.range?.[0])}: ${name}: expected a map of keys, got ${came}`);
      return;
    }
    for (const pair of node.items) {
      const keyNode = pair.key as Node;
      const key = isScalar(keyNode) ? String(keyNode.value) : String(keyNode);
      const inner = Object.hasOwn(section.properties, key) ? section.properties[key] : undefined;
      const value = pair.value as ParsedNode | null;
      if (!inner) problems.push(`${lineAt(keyNode.range?.[0])}: ${describeUnknownKey(key, section, path)}`);
      else if (isSection(inner)) readSection(value, inner, [...path, key]);
      else readValue(value, [...path, key], keyNode);
    }
  }

  function readValue(node: ParsedNode | null, path: readonly string[], keyNode: Node): void {
    const name = path.join(".");
    const at = (inner: readonly (string | number)[] = []) => lineAt(offsetInside(node, inner) ?? keyNode.range?.[0]);
    try {
      given.set(name, { value: node?.toJS(document) ?? null, source: "file", at });
    } catch (error) {
      problems.push(`${at()}: ${name}: ${(error as Error).message}`);
    }
  }
}

/** Offset of the node at `path`; of its key, if it is a map's value. */
function offsetInside(node: ParsedNode | null, path: readonly (string | number)[]): number | undefined {
  let at: unknown = node;
  let offset = node?.range?.[0];
  for (const step of path) {
    const items: readonly unknown[] = (at as { items?: readonly unknown[] } | null)?.items ?? [];
    const found =
      typeof step === "number"
        ? items[step]
        : items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
    if (found === undefined) break;
    offset = (isPair(found) ? (found.key as Node) : (found as Node)).range?.[0] ?? offset;
    at = isPair(found) ? found.value : found;
  }
  return offset;
}

function describeYamlError(error: YAMLError, text: string): string {
  if (error.code !== "DUPLICATE_KEY") return `not valid YAML: ${error.message}`;
  const key = /^[^:\s]+/.exec(text.slice(error.pos[0]))?.[0] ?? "a key";
  return `${key}: stands here a second time`;
}

function describeUnknownKey(key: string, section: TObject, path: readonly string[]): string {
  const name = [...path, key].join(".");
  const siblings = didYouMean(key, Object.keys(section.properties));
  if (siblings !== "") return `${name}: unknown key${siblings}`;
  const elsewhere = CONFIG_KEYS.find((known) => known.path.at(-1) === key);
  return `${name}: unknown key${elsewhere ? ` (did you mean "${elsewhere.name}"?)` : ""}`;
}
