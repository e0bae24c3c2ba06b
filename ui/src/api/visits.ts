import type {
  AssignAnswer,
  CorrectedVisitJson,
  VisitDetailAnswer,
  VisitsAnswer,
} from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** All conditions must hold. `person` is a `person_id`. */
export interface VisitFilter {
  readonly person?: string | undefined;
  readonly camera?: string | undefined;
  readonly kind?: "recognized" | "unknown" | "ambiguous" | undefined;
  /** `YYYY-MM-DD`, local. */
  readonly day?: string | undefined;
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
  correct(visit: string, correction: Correction): Promise<CorrectedVisitJson>;
  /** Gives all visits of a stranger a name. */
  nameStranger(stranger: string, name: string): Promise<AssignAnswer>;
}

export function createVisitsApi(http: Http): VisitsApi {
  return {
    list: ({ person, camera, kind, day }, { limit, cursor, signal }) =>
      http.get("api/visits", {
        query: { person, camera, state: kind, ...(day === undefined ? {} : toTimes(day)), limit, cursor },
        ...(signal ? { signal } : {}),
      }),
    show: (visit) => http.get(`api/visits/${encodeURIComponent(visit)}`),
    correct: (visit, correction) =>
      http.send("POST", `api/visits/${encodeURIComponent(visit)}/correct`, { body: { ...correction } }),
    nameStranger: (stranger, name) =>
      http.send("POST", `api/strangers/${encodeURIComponent(stranger)}/assign`, { body: { name } }),
  };
}

/** A local day, from its midnight to the next: 23 to 25 hours. */
function toTimes(day: string): { from: string; to: string } {
  const from = new Date(`${day}T00:00:00`);
  const next = new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1);
  return { from: from.toISOString(), to: next.toISOString() };
}
