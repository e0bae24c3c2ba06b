import type { AcceptedAnswer, ReviewAnswer } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** "Same person?": questions about the groups that look like somebody known. Everything rejects with `RequestFailed`. */
export interface ReviewApi {
  list(options?: { readonly limit?: number; readonly cursor?: string | undefined }): Promise<ReviewAnswer>;
  /** Answers these questions with yes, in one change; those that are not open or not sure any more are left out. */
  acceptSure(questions: readonly string[]): Promise<AcceptedAnswer>;
}

export function createReviewApi(http: Http): ReviewApi {
  return {
    list: ({ limit, cursor } = {}) => http.get("api/review", { query: { limit, cursor } }),
    acceptSure: (questions) => http.send("POST", "api/review/accept-sure", { body: { questions } }),
  };
}
