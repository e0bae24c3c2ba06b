import type { TSchema } from "typebox";

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly expected?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** The values that a schema allows, in words: `a whole number from 0 to 65535`. */
export function describeSchema(schema: TSchema): string {
  return describe(schema as JsonSchema);
}

/** The schema at `path` inside a value's schema, as deep as there is one. */
export function schemaAt(schema: TSchema, path: readonly (string | number)[]): TSchema {
  let at = schema as JsonSchema;
  for (const step of path) {
    const inner = typeof step === "number" ? at.items : (at.properties?.[step] ?? namedByPattern(at, step));
    if (!inner) break;
    at = inner;
  }
  return at as TSchema;
}

/** The schema of a map's entry whose name is the user's own. */
function namedByPattern({ patternProperties = {} }: JsonSchema, name: string): JsonSchema | undefined {
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(name))?.[1];
}

/** Whether the schema allows free text, not just one of a few words. */
export function wantsText(schema: TSchema): boolean {
  const { type, anyOf, const: only } = schema as JsonSchema;
  return (type === "string" && only === undefined) || (anyOf ?? []).some((one) => wantsText(one as TSchema));
}

/** Whether null is allowed. */
export function allowsNull(schema: TSchema): boolean {
  const { type, anyOf } = schema as JsonSchema;
  return type === "null" || (anyOf ?? []).some((one) => allowsNull(one as TSchema));
}

/** A value as messages show it: short, without a URL's user and password; a list or map only as such. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const shown = typeof value === "string" ? JSON.stringify(value.replace(/\/\/.*@/, "//…@")) : String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}

function describe(schema: JsonSchema): string {
  if (schema.expected !== undefined) return schema.expected;
  if (schema.anyOf) return describeUnion(schema.anyOf);
  if (schema.const !== undefined) return String(schema.const);
  switch (schema.type) {
    case "integer":
      return `a whole number${describeRange(schema)}`;
    case "number":
      return `a number${describeRange(schema)}`;
    case "boolean":
      return "true or false";
    case "array":
      return `a list${schema.items ? ` with each entry ${describe(schema.items)}` : ""}`;
    case "string":
      return "text";
    default:
      return schema.type ?? "something else";
  }
}

function describeUnion(options: readonly JsonSchema[]): string {
  const words = options.map((option) => (option.type === "null" ? "null" : describe(option)));
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function describeRange({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (exclusiveMinimum !== undefined && maximum !== undefined) return ` above ${exclusiveMinimum}, up to ${maximum}`;
  return "";
}
