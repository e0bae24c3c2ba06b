import type { AcceptedAnswer, Answered, ReviewAnswer } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** Whether the group is the person; `unsure` is not asked again until the group changes. */
export type Answer = "yes" | "no" | "unsure";

/** "Same person?": questions about the groups that look like a known person. Everything rejects with `RequestFailed`. */
export interface ReviewApi {
  list(options?: { readonly limit?: number; readonly cursor?: string | undefined }): Promise<ReviewAnswer>;
  /** Refused with `CLUSTER_CHANGED` if the group is not what was shown. `open` takes back "not sure". */
  answer(question: string, answer: Answer | "open"): Promise<Answered>;
  /** Answers these questions with yes, in one change; those that are not open or not sure any more are left out. */
  acceptSure(questions: readonly string[]): Promise<AcceptedAnswer>;
}

export function createReviewApi(http: Http): ReviewApi {
  return {
    list: ({ limit, cursor } = {}) => http.get("api/review", { query: { limit, cursor } }),
    answer: (question, answer) => http.send("POST", `api/review/${encodeURIComponent(question)}`, { body: { answer } }),
    acceptSure: (questions) => http.send("POST", "api/review/accept-sure", { body: { questions } }),
  };
}
