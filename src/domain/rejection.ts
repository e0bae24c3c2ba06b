/** Why an incoming message was rejected; published on `<base>/bridge/rejected`, never with the payload. */
export const REJECTION_CODES = [
  "MALFORMED_JSON",
  "MALFORMED_UTF8",
  "NO_ENCODING",
  "UNKNOWN_MODEL",
  "WRONG_DIMENSION",
  "NOT_A_NUMBER",
  "NOT_FINITE",
  "ZERO_VECTOR",
  "BAD_FIELD",
  "TOO_LARGE",
  "RETAINED",
  "WILL",
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

/** A rejected message: `reason` is for people and names what was expected, what came, and at which key. */
export interface Rejection {
  readonly topic: string;
  readonly code: RejectionCode;
  readonly reason: string;
  readonly at: Date;
}
