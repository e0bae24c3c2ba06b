import type {
  ClaimAnswer,
  DeleteAnswer,
  PeopleAnswer,
  PersonAnswer,
  RenameAnswer,
} from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** People who have a name; `who` is the name or the `person_id`. Everything rejects with `RequestFailed`. */
export interface PeopleApi {
  list(options?: { readonly limit?: number; readonly cursor?: string | undefined }): Promise<PeopleAnswer>;
  one(
    who: string,
    options?: { readonly limit?: number; readonly cursor?: string | undefined; readonly signal?: AbortSignal },
  ): Promise<PersonAnswer>;
  /** Refused with `PERSON_EXISTS` if the name is another person's, unless `merge` is true. */
  rename(who: string, name: string, merge?: boolean): Promise<RenameAnswer>;
  remove(who: string, faces: "unassign" | "erase"): Promise<DeleteAnswer>;
  claim(who: string, dryRun: boolean): Promise<ClaimAnswer>;
  /** Download path of the person in the registry's format. */
  exportPath(who: string): string;
}

const at = (who: string, rest = ""): string => `api/faces/registry/${encodeURIComponent(who)}${rest}`;

export function createPeopleApi(http: Http): PeopleApi {
  return {
    list: ({ limit, cursor } = {}) => http.get("api/faces/registry", { query: { limit, cursor } }),
    one: (who, { limit, cursor, signal } = {}) =>
      http.get(at(who), { query: { limit, cursor }, ...(signal ? { signal } : {}) }),
    rename: (who, name, merge = false) =>
      http.send("PATCH", at(who), { body: { name, ...(merge ? { merge: true } : {}) } }),
    remove: (who, faces) => http.send("DELETE", at(who), { query: { faces } }),
    claim: (who, dryRun) => http.send("POST", at(who, "/claim"), { body: { dry_run: dryRun } }),
    exportPath: (who) => at(who, "/export"),
  };
}
