import type {
  AssignAnswer,
  ClusterAnswer,
  ClusterCandidatesAnswer,
  ClusterJson,
  ClustersAnswer,
  CompareAnswer,
  IgnoreAllAnswer,
  IgnoreAnswer,
  MapAnswer,
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

/** Which groups are wanted; without `state` all but the ignored ones. */
export interface WantedGroups {
  readonly state?: "waiting" | "known" | "ignored" | undefined;
  readonly q?: string | undefined;
  readonly camera?: string | undefined;
  /** ISO times of one face that the group must have; `to` is not included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly min_size?: number | undefined;
  readonly max_size?: number | undefined;
  /** Of a stranger who came back. */
  readonly came_back?: true | undefined;
  readonly sort?: "size" | "last_seen" | undefined;
}

/** A group as it was shown: another `version` is refused with `CLUSTER_CHANGED`. */
export interface ShownGroup {
  readonly id: string;
  readonly version: string;
}

/** Groups of unnamed faces. Everything rejects with `RequestFailed`. */
export interface ClustersApi {
  list(options?: Paged & WantedGroups): Promise<ClustersAnswer>;
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
  /** One name for all of them, as one change. */
  assignAll(groups: readonly ShownGroup[], name: string): Promise<AssignAnswer>;
  /** Those listed, or all that wait and fit the filter, as one change. */
  ignoreAll(
    which: { readonly clusters: readonly ShownGroup[] } | { readonly filter: WantedGroups },
  ): Promise<IgnoreAllAnswer>;
  /** One group of all of them, without a name; later discoveries keep it together. */
  merge(ids: readonly string[]): Promise<{ readonly cluster: ClusterJson; readonly change: number }>;
  /** One name for all of them as they are by now, as one change. */
  assignEach(ids: readonly string[], name: string): Promise<AssignAnswer>;
  /** Says that they are different people; later discoveries keep them apart. */
  apart(ids: readonly string[]): Promise<{ readonly change: number }>;
  /** People and the largest groups by likeness. */
  map(): Promise<MapAnswer>;
  /** How far each is from the others, and which does not belong. */
  compare(ids: readonly string[]): Promise<CompareAnswer>;
  /** Says that the group is not this person (a person_id); kept until the person is deleted. */
  reject(id: string, person: string): Promise<RejectAnswer>;
  /** Makes two of the group, by these faces or as its `split` proposes; the one that keeps the id comes first. */
  split(id: string, version: string, faces?: readonly number[]): Promise<SplitAnswer>;
  /** Says that the group is one person: its `split` is not proposed again. */
  keepTogether(id: string, version: string): Promise<{ readonly change: number | null }>;
}

/** All groups at a glance; but for `known` and `ignored` those that wait for a name. */
export type Overview = ClustersAnswer["overview"];

const shown = ({ id, version }: ShownGroup): ShownGroup => ({ id, version });

const at = (id: string, rest = ""): string => `api/faces/clusters/${encodeURIComponent(id)}${rest}`;

export function createClustersApi(http: Http): ClustersApi {
  return {
    list: ({ signal, ...query } = {}) =>
      http.get("api/faces/clusters", { query: { ...query }, ...(signal ? { signal } : {}) }),
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
    assignAll: (groups, name) =>
      http.send("POST", "api/faces/clusters/assign", { body: { clusters: groups.map(shown), name } }),
    ignoreAll: (which) =>
      http.send("POST", "api/faces/clusters/ignore", {
        body: "filter" in which ? which : { clusters: which.clusters.map(shown) },
      }),
    merge: (ids) => http.send("POST", "api/faces/clusters/merge", { body: { clusters: ids } }),
    assignEach: (ids, name) =>
      http.send("POST", "api/faces/clusters/assign", { body: { clusters: ids.map((id) => ({ id })), name } }),
    apart: (ids) => http.send("POST", "api/faces/clusters/apart", { body: { clusters: ids } }),
    map: () => http.get("api/map"),
    compare: (ids) => http.send("POST", "api/faces/clusters/compare", { body: { clusters: ids } }),
    unignore: (id) => http.send("DELETE", at(id, "/ignore")),
    reject: (id, person) => http.send("POST", at(id, "/reject"), { body: { person } }),
    split: (id, version, faces) =>
      http.send("POST", at(id, "/split"), { body: faces ? { version, faces } : { version } }),
    keepTogether: (id, version) => http.send("POST", at(id, "/keep-together"), { body: { version } }),
  };
}
