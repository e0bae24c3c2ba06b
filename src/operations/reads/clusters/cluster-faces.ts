import type { Cluster } from "../../../domain/cluster.ts";
import type { Page, PageOf } from "../../../domain/page.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import { buildFit, type FitInGroup } from "../../../recognize/outliers/fit-in-group.ts";
import type { ClusterFace } from "../../../wire/out/clusters/clusters.ts";
import { cutPage } from "../../declare/pages.ts";
import type { StoreReads } from "../store.ts";

/** Clusters whose faces were measured last are kept: a group is read page by page. */
const KEPT = 8;

/** `newest` first, or those first that are least like the others. */
export type ClusterFaceSort = "newest" | "least_alike";

/** A page of a cluster's faces, each with how it fits the others. */
export type ReadClusterFaces = (cluster: Cluster, sort: ClusterFaceSort, page: Page) => Promise<PageOf<ClusterFace>>;

export interface ClusterFacesDeps {
  readonly store: Pick<StoreReads, "clusterEncodings" | "faces" | "facesById">;
  readonly people: Pick<People, "gallery">;
}

/** Ids of a cluster's faces with their fits, least alike first, then by id. */
type Measured = ReadonlyMap<number, FitInGroup>;

export function createReadClusterFaces({ store, people }: ClusterFacesDeps): ReadClusterFaces {
  const kept = new Map<string, Promise<Measured>>();

  async function measure({ id, size, model }: Cluster): Promise<Measured> {
    const faces = await store.clusterEncodings(id, size);
    const encodings = faces.map((face) => face.encoding);
    const fitOf = buildFit(encodings, model, people.gallery(model).spread);
    const pause = createYielder();
    const measured: [number, FitInGroup][] = [];
    for (const { faceId, encoding } of faces) {
      await pause();
      measured.push([faceId, fitOf(encoding)]);
    }
    return new Map(measured.sort(([a, x], [b, y]) => (y.distance ?? 0) - (x.distance ?? 0) || a - b));
  }

  async function measured(cluster: Cluster): Promise<Measured> {
    const key = `${cluster.id} ${cluster.version}`;
    const found = kept.get(key) ?? measure(cluster);
    kept.delete(key);
    kept.set(key, found);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    try {
      return await found;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  }

  return async (cluster, sort, page) => {
    const fits = await measured(cluster);
    const withFit = (face: ClusterFace["face"]): ClusterFace => ({
      face,
      ...(fits.get(face.id) ?? { distance: null, different: false }),
    });
    if (sort === "newest") {
      const { items, nextCursor } = await store.faces({ cluster: cluster.id }, page);
      return { items: items.map(withFit), nextCursor };
    }
    const { items: ids, nextCursor } = cutPage([...fits.keys()], page);
    const faces = new Map((await store.facesById(ids)).map((face) => [face.id, face]));
    return { items: ids.flatMap((id) => faces.get(id) ?? []).map(withFit), nextCursor };
  };
}
