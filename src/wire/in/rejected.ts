import type { RejectionCode } from "../../domain/rejection.ts";

/** Thrown by the readers of fields, caught by `readMessage`: the message is rejected, and why. */
export class Rejected extends Error {
  readonly code: RejectionCode;

  constructor(code: RejectionCode, reason: string) {
    super(reason);
    this.name = "Rejected";
    this.code = code;
  }
}

/** A value in words short enough for a reason; never the payload itself. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === undefined ? "nothing" : "an object";
}
