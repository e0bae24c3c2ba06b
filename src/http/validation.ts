import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { FacesError } from "../domain/errors.ts";
import { toInputError } from "../wire/in/input-error.ts";

const PART_NAMES: Readonly<Record<string, string>> = { querystring: "query", params: "path" };

/**
 * Validates with typebox. Bodies are taken as they are: `"5"` is no number. In paths and queries everything is text, so
 * numbers are read where the schema wants them.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  const part = PART_NAMES[httpPart ?? ""] ?? httpPart ?? "input";
  return (input: unknown) => {
    // No body is an empty object: what is missing is then named.
    const value = part === "body" ? (input ?? {}) : readNumbers(schema, input);
    if (check.Check(value)) return { value };
    const { message, details } = toInputError(schema, value, check.Errors(value));
    return { error: new FacesError("INVALID_INPUT", `${part}: ${message}`, { details }) };
  };
};

function readNumbers(schema: TSchema, input: unknown): unknown {
  const { properties } = schema as { properties?: Record<string, { type?: string }> };
  if (!properties || typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => {
      const type = properties[key]?.type;
      const isNumber = (type === "integer" || type === "number") && typeof value === "string";
      return [key, isNumber && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
    }),
  );
}
