/** Why an incoming message was refused; told on `<base>/bridge/rejected`, never with the payload. */
export const REFUSAL_CODES = [
  "MALFORMED_JSON",
  "MALFORMED_UTF8",
  "NO_ENCODING",
  "WRONG_DIMENSION",
  "NOT_A_NUMBER",
  "NOT_FINITE",
  "ZERO_VECTOR",
  "BAD_FIELD",
  "TOO_LARGE",
  "RETAINED",
  "WILL",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refused message: `reason` says what was expected, what came and at which key, for a person to read. */
export interface Refusal {
  readonly topic: string;
  readonly code: RefusalCode;
  readonly reason: string;
  readonly at: Date;
}
