import type { VisitDetailAnswer, VisitJson, VisitsAnswer } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** All conditions must hold. `person` is a `person_id`. */
export interface VisitFilter {
  readonly person?: string | undefined;
  readonly camera?: string | undefined;
  readonly kind?: "recognized" | "unknown" | "ambiguous" | undefined;
}

/** What a user says of a visit: who it is, who it is not, or that it is of no interest. */
export type Correction = { readonly person: string } | { readonly not: string } | { readonly ignore: true };

/** Visits at the cameras. Everything rejects with `RequestFailed`. */
export interface VisitsApi {
  /** Newest first. */
  list(
    filter: VisitFilter,
    page: { readonly limit: number; readonly cursor?: string | undefined; readonly signal?: AbortSignal },
  ): Promise<VisitsAnswer>;
  /** One visit with its faces, and whom it is like. */
  show(visit: string): Promise<VisitDetailAnswer>;
  correct(visit: string, correction: Correction): Promise<VisitJson>;
}

export function createVisitsApi(http: Http): VisitsApi {
  return {
    list: ({ person, camera, kind }, { limit, cursor, signal }) =>
      http.get("api/visits", { query: { person, camera, state: kind, limit, cursor }, ...(signal ? { signal } : {}) }),
    show: (visit) => http.get(`api/visits/${encodeURIComponent(visit)}`),
    correct: (visit, correction) =>
      http.send("POST", `api/visits/${encodeURIComponent(visit)}/correct`, { body: { ...correction } }),
  };
}
