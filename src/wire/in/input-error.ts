import type { TSchema } from "typebox";
import type { TLocalizedValidationError } from "typebox/error";
import { FacesError } from "../../domain/errors.ts";

/** One thing that is wrong with a request. */
interface InputProblem {
  /** Where: `name`, `faces[2]`; empty for the whole. */
  readonly key: string;
  /** What was expected, or what is wrong. */
  readonly message: string;
}

/**
 * What an input that does not fit its schema is refused with, over HTTP and MQTT alike: all that is wrong, each with its
 * key, and what came instead.
 */
export function toInputError(
  schema: TSchema,
  value: unknown,
  errors: readonly TLocalizedValidationError[],
): FacesError {
  const problems = toInputProblems(schema, value, errors);
  const said = problems.map(({ key, message }) => (key === "" ? message : `"${key}" ${message}`)).join("; ");
  return new FacesError("INVALID_INPUT", said, { details: { problems } });
}

function toInputProblems(
  schema: TSchema,
  value: unknown,
  errors: readonly TLocalizedValidationError[],
): InputProblem[] {
  const known = Object.keys((schema as { properties?: object }).properties ?? {});
  const unions = new Set(errors.filter(({ keyword }) => keyword === "anyOf").map(({ instancePath }) => instancePath));
  const problems = errors.flatMap((error): InputProblem[] => {
    const key = toKey(error.instancePath);
    switch (error.keyword) {
      case "required":
        return error.params.requiredProperties.map((name) => ({
          key: toKey(`${error.instancePath}/${name}`),
          message: "is missing",
        }));
      case "additionalProperties":
        return error.params.additionalProperties.map((name) => ({
          key: toKey(`${error.instancePath}/${name}`),
          message: known.length === 0 ? "is unknown" : `is unknown, there is ${known.join(", ")}`,
        }));
      case "boolean":
        return []; // the additionalProperties error says it better
      case "anyOf": {
        const options = errors.filter((other) => other.instancePath === error.instancePath).flatMap(toOptions);
        return [{ key, message: `must be ${options.join(" or ")}${toGot(value, error.instancePath)}` }];
      }
      case "const":
      case "enum":
        if (unions.has(error.instancePath)) return [];
        return [
          {
            key,
            message: `must be ${toOptions(error).join(", ")}${toGot(value, error.instancePath)}`,
          },
        ];
      default:
        if (unions.has(error.instancePath)) return [];
        return [{ key, message: `${error.message}${toGot(value, error.instancePath)}` }];
    }
  });
  return problems.slice(0, 10);
}

/** What would have fitted instead of what this error is about. */
function toOptions(error: TLocalizedValidationError): string[] {
  if (error.keyword === "type") return [String(error.params.type)];
  if (error.keyword === "const") return [String(error.params.allowedValue)];
  return error.keyword === "enum" ? [`one of ${error.params.allowedValues.join(", ")}`] : [];
}

/** `/faces/2` as people write it: `faces[2]`. */
function toKey(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");
}

/** What came instead, for short values; never whole objects. */
function toGot(root: unknown, pointer: string): string {
  let value = root;
  for (const part of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return "";
    value = (value as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  if (value === null || value === undefined) return ", got nothing";
  if (typeof value === "object") return `, got ${Array.isArray(value) ? "a list" : "an object"}`;
  const text = JSON.stringify(value);
  return `, got ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
