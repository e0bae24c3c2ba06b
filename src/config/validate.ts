import { Value } from "typebox/value";
import { describeSchema, describeValue, schemaAt, wantsText } from "./describe.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Given } from "./given.ts";
import type { ConfigKey } from "./keys.ts";

/** All problems of one key's value, each with its location; empty if it is valid. */
export function validateKey(key: ConfigKey, given: Given): string[] {
  if (Value.Check(key.schema, given.value)) return [];
  const problems = Value.Errors(key.schema, given.value)
    // Every unknown key has an error of its own beside this one.
    .filter((error) => error.keyword !== "additionalProperties")
    .flatMap((error) => {
      const path = toPath(error.instancePath);
      const missing = error.keyword === "required" ? error.params.requiredProperties : [];
      if (missing.length > 0) return missing.map((name) => problem([...path, name], path, "is missing"));
      const last = path.at(-1);
      if (error.keyword === "boolean") {
        const siblings = (schemaAt(key.schema, path.slice(0, -1)) as { properties?: object }).properties ?? {};
        return [problem(path, path, `unknown key${didYouMean(String(last), Object.keys(siblings))}`)];
      }
      return [problem(path, path, describeMismatch(path))];
    });
  return [...new Set(problems)];

  function problem(name: readonly (string | number)[], at: readonly (string | number)[], what: string): string {
    const inner = name.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
    return `${given.at(at)}: ${key.name}${inner}: ${what}`;
  }

  function describeMismatch(path: readonly (string | number)[]): string {
    const schema = schemaAt(key.schema, path);
    const value = valueAt(given.value, path);
    const quotes = wantsText(schema) && /^(number|boolean)$/.test(typeof value) ? "; put it in quotes" : "";
    const came = key.secret && value !== null && value !== "" ? "something else" : describeValue(value);
    return `expected ${describeSchema(schema)}, got ${came}${quotes}`;
  }
}

/** A JSON pointer's steps; digits are indexes of a list. */
function toPath(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null)?.[step], value);
}
