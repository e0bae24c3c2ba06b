import type {
  AdviceAnswer,
  ClaimAnswer,
  DeleteAnswer,
  MergeAnswer,
  PeopleAlikeAnswer,
  PeopleAnswer,
  PersonAnswer,
  PersonTimesAnswer,
  RenameAnswer,
} from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** Which faces of a person, and in what order. */
export interface PersonFacesFilter {
  readonly camera?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly state?: "assigned" | "recognized" | undefined;
  readonly sort?: "newest" | "least_alike" | undefined;
}

/** What is advised about people. */
export type Advice = AdviceAnswer["advice"][number];

/** People who have a name; `who` is the name or the `person_id`. Everything rejects with `RequestFailed`. */
export interface PeopleApi {
  list(options?: { readonly limit?: number; readonly cursor?: string | undefined }): Promise<PeopleAnswer>;
  one(
    who: string,
    options?: PersonFacesFilter & {
      readonly limit?: number;
      readonly cursor?: string | undefined;
      readonly signal?: AbortSignal;
    },
  ): Promise<PersonAnswer>;
  /** When and where they were seen, by the clocks of `timezone` (IANA's name). */
  times(
    who: string,
    options?: Pick<PersonFacesFilter, "camera" | "from" | "to"> & {
      readonly timezone?: string;
      readonly signal?: AbortSignal;
    },
  ): Promise<PersonTimesAnswer>;
  /** Other people, most alike first. */
  alike(who: string): Promise<PeopleAlikeAnswer>;
  /** Joins people into one, who keeps the name `to`. */
  merge(from: readonly string[], to: string): Promise<MergeAnswer>;
  /** Refused with `PERSON_EXISTS` if the name is another person's, unless `merge` is true. */
  rename(who: string, name: string, merge?: boolean): Promise<RenameAnswer>;
  /** Chooses the face that shows them; null: the most central one. */
  setPortrait(who: string, face: number | null): Promise<RenameAnswer>;
  remove(who: string, faces: "unassign" | "erase"): Promise<DeleteAnswer>;
  claim(who: string, dryRun: boolean): Promise<ClaimAnswer>;
  /** What would make recognition better, of all people; the most urgent first. */
  advice(): Promise<AdviceAnswer>;
  /** Does what is advised; `change` is its entry in the history. */
  follow(advice: Advice): Promise<{ readonly change: number | null }>;
  /** Download path of the person in the registry's format. */
  exportPath(who: string): string;
}

const at = (who: string, rest = ""): string => `api/faces/registry/${encodeURIComponent(who)}${rest}`;

export function createPeopleApi(http: Http): PeopleApi {
  return {
    list: ({ limit, cursor } = {}) => http.get("api/faces/registry", { query: { limit, cursor } }),
    one: (who, { signal, ...query } = {}) => http.get(at(who), { query, ...(signal ? { signal } : {}) }),
    times: (who, { signal, ...query } = {}) =>
      http.get(`api/people/${encodeURIComponent(who)}/times`, { query, ...(signal ? { signal } : {}) }),
    alike: (who) => http.get(`api/people/${encodeURIComponent(who)}/alike`, { query: { limit: 1_000 } }),
    merge: (from, to) => http.send("POST", "api/faces/registry/merge", { body: { from, to } }),
    rename: (who, name, merge = false) =>
      http.send("PATCH", at(who), { body: { name, ...(merge ? { merge: true } : {}) } }),
    setPortrait: (who, face) => http.send("PATCH", at(who), { body: { portrait: face } }),
    remove: (who, faces) => http.send("DELETE", at(who), { query: { faces } }),
    claim: (who, dryRun) => http.send("POST", at(who, "/claim"), { body: { dry_run: dryRun } }),
    advice: () => http.get("api/advice"),
    async follow({ action: { method, path, body } }) {
      const answer = await http.send<{ readonly change?: number | null }>(method, path, { body });
      return { change: answer.change ?? null };
    },
    exportPath: (who) => at(who, "/export"),
  };
}
