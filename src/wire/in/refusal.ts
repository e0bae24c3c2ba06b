import type { RefusalCode } from "../../domain/refusal.ts";

/** Thrown while a message is read, caught where reading began: why it is refused. */
export class Refused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.name = "Refused";
    this.code = code;
  }
}

/** What came, in words short enough for a reason; never the payload itself. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return String(value);
  return value === undefined ? "nothing" : "an object";
}
