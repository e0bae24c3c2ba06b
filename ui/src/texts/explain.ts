import type { RequestFailed } from "../api/problem.ts";
import type { Texts } from "./load.ts";

/** A failure as a sentence: what happened, what did not, and what to do. */
export function toSentence(t: Texts, error: RequestFailed): string {
  const known = t.common.failed[error.code as keyof Texts["common"]["failed"]];
  return typeof known === "string" && error.code === error.code.toUpperCase()
    ? known
    : t.common.failed.other({ detail: error.message });
}
