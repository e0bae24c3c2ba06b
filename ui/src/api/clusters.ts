import type {
  AssignAnswer,
  ClusterAnswer,
  ClusterCandidatesAnswer,
  ClustersAnswer,
  IgnoreAnswer,
  RejectAnswer,
  SplitAnswer,
} from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** A known person compared with a group: the two most similar faces and the least similar one. */
export type ClusterCandidate = ClusterCandidatesAnswer["candidates"][number];

interface Paged {
  readonly limit?: number;
  readonly cursor?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Groups of unnamed faces. Everything rejects with `RequestFailed`. */
export interface ClustersApi {
  list(options?: Paged & { readonly state?: "waiting" | "ignored" }): Promise<ClustersAnswer>;
  /** A group with its faces, the newest first, or the one least like the others. */
  one(id: string, options?: Paged & { readonly sort?: "newest" | "least_alike" }): Promise<ClusterAnswer>;
  /** Known people, nearest first: all of them, or the first `limit`. */
  candidates(id: string, limit?: number): Promise<readonly ClusterCandidate[]>;
  /** Refused with `CLUSTER_CHANGED` if the group no longer has this `version`. */
  assign(input: {
    readonly id: string;
    readonly version: string;
    readonly name: string;
    readonly exclude?: readonly number[];
  }): Promise<AssignAnswer>;
  ignore(id: string, version?: string): Promise<IgnoreAnswer>;
  unignore(id: string): Promise<IgnoreAnswer>;
  /** Says that the group is not this person (a person_id); kept until the person is deleted. */
  reject(id: string, person: string): Promise<RejectAnswer>;
  /** Makes two of the group, by these faces or as its `split` proposes; the one that keeps the id comes first. */
  split(id: string, version: string, faces?: readonly number[]): Promise<SplitAnswer>;
  /** Says that the group is one person: its `split` is not proposed again. */
  keepTogether(id: string, version: string): Promise<{ readonly change: number | null }>;
}

const at = (id: string, rest = ""): string => `api/faces/clusters/${encodeURIComponent(id)}${rest}`;

export function createClustersApi(http: Http): ClustersApi {
  return {
    list: ({ limit, cursor, state, signal } = {}) =>
      http.get("api/faces/clusters", { query: { limit, cursor, state }, ...(signal ? { signal } : {}) }),
    one: (id, { limit, cursor, sort, signal } = {}) =>
      http.get(at(id), { query: { limit, cursor, sort }, ...(signal ? { signal } : {}) }),
    async candidates(id, limit = 1000) {
      return (await http.get<ClusterCandidatesAnswer>(at(id, "/candidates"), { query: { limit } })).candidates;
    },
    assign: ({ id, version, name, exclude = [] }) =>
      http.send("POST", at(id, "/assign"), {
        body: { name, version, ...(exclude.length > 0 ? { exclude_faces: exclude } : {}) },
      }),
    ignore: (id, version) => http.send("POST", at(id, "/ignore"), { body: version ? { version } : {} }),
    unignore: (id) => http.send("DELETE", at(id, "/ignore")),
    reject: (id, person) => http.send("POST", at(id, "/reject"), { body: { person } }),
    split: (id, version, faces) =>
      http.send("POST", at(id, "/split"), { body: faces ? { version, faces } : { version } }),
    keepTogether: (id, version) => http.send("POST", at(id, "/keep-together"), { body: { version } }),
  };
}
