import type { Cluster } from "../domain/cluster.ts";
import { FacesError } from "../domain/errors.ts";
import type { Settings } from "../domain/settings.ts";
import type { Discover } from "../flow/discover.ts";
import type { People } from "../flow/people.ts";
import { suggest } from "../recognize/decide.ts";
import type { Store } from "../store/port.ts";
import type { ClusterJson, ClustersAnswer } from "../wire/out/schemas.ts";
import { thumbnailUrl, toCandidateJson, toClusterJson, toDiscoveryJson, toFaceJson } from "../wire/out/views.ts";
import { toPage } from "./pages.ts";
import type { PageRequest, Requests } from "./port.ts";
import type { FindCandidates } from "./reads/candidates.ts";
import type { Similar } from "./reads/similar.ts";

export interface DiscoveryRequestDeps {
  readonly store: Pick<Store, "clusters" | "cluster" | "faces" | "person">;
  readonly discover: Discover;
  readonly people: People;
  readonly similar: Pick<Similar, "claimable">;
  readonly findCandidates: FindCandidates;
  readonly settings: () => Settings;
  /** Two faces of one frame are two people: assigning both to one person asks. */
  readonly cannotLink: boolean;
}

type DiscoveryRequests = Pick<
  Requests,
  | "discover"
  | "startDiscovery"
  | "discovery"
  | "cancel"
  | "clusters"
  | "cluster"
  | "clusterCandidates"
  | "assign"
  | "ignore"
  | "unignore"
>;

/** Discovery, its clusters, and what becomes of them. */
export function createDiscoveryRequests(deps: DiscoveryRequestDeps): DiscoveryRequests {
  const { store, discover, people, similar, findCandidates, settings } = deps;

  function toJson(cluster: Cluster): ClusterJson {
    const threshold = settings()["recognition.threshold"];
    const suggestion = cluster.ignored ? null : suggest(cluster.mean, people.gallery(), threshold, cluster.notPeople);
    return toClusterJson(cluster, suggestion);
  }

  async function find(id: string): Promise<Cluster> {
    const cluster = await store.cluster(id);
    if (!cluster) throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${id}" does not exist`);
    return cluster;
  }

  async function clusters(input: PageRequest & { state?: "waiting" | "ignored" | undefined }): Promise<ClustersAnswer> {
    const { items, nextCursor } = await store.clusters({ ignored: input.state === "ignored" }, toPage(input));
    return { discovery: toDiscoveryJson(discover.current()), clusters: items.map(toJson), next_cursor: nextCursor };
  }

  return {
    async discover({ limit }) {
      const page = { limit: toPage({ limit }).limit };
      const { done } = discover.start();
      const ended = await done;
      if (ended.state === "failed") {
        throw new FacesError("DISCOVERY_FAILED", `the discovery failed: ${ended.error ?? "for an unknown reason"}`);
      }
      return await clusters(page);
    },

    startDiscovery: async () => toDiscoveryJson(discover.start().discovery),
    discovery: async () => toDiscoveryJson(discover.current()),
    cancel: async () => toDiscoveryJson(await discover.cancel()),
    clusters,

    async cluster({ cluster: id, ...input }) {
      const cluster = await find(id);
      const { items, nextCursor } = await store.faces({ cluster: id }, toPage(input));
      return { ...toJson(cluster), faces: items.map(toFaceJson), next_cursor: nextCursor };
    },

    async clusterCandidates({ cluster: id, limit }) {
      const candidates = await findCandidates(await find(id), toPage({ limit }).limit);
      const answered = candidates.map(async ({ pair, ...candidate }) => {
        const person = await store.person(candidate.personId);
        const thumbnailFace = person?.thumbnailFace ?? null;
        return {
          ...toCandidateJson(candidate),
          faces: person?.faces ?? 0,
          thumbnail: thumbnailFace === null ? null : thumbnailUrl(thumbnailFace),
          closest_face: pair?.closestFace ?? null,
          cluster_face: pair?.clusterFace ?? null,
          closest_distance: pair?.closestDistance ?? null,
          furthest_face: pair?.furthestFace ?? null,
          furthest_distance: pair?.furthestDistance ?? null,
        };
      });
      return { candidates: await Promise.all(answered) };
    },

    async assign({ cluster, name, exclude_faces: excludeFaces = [], version = null, allow_same_frame: allow }) {
      const { person, faceIds, encodingCount } = await people.assign({
        cluster,
        name,
        version,
        excludeFaces,
        allowSameFrame: allow ?? !deps.cannotLink,
      });
      const claimable = await similar.claimable(person.personId);
      return {
        person: person.name,
        person_id: person.personId,
        assigned: faceIds.length,
        encoding_count: encodingCount,
        claimable: claimable.length,
      };
    },

    async ignore({ cluster, version = null }) {
      const ignored = await people.ignore(cluster, version);
      return { cluster: ignored.id, faces: ignored.size };
    },

    async unignore({ cluster }) {
      const { faceIds } = await people.unignore(cluster);
      return { cluster, faces: faceIds.length };
    },
  };
}
