import { setTimeout as sleep } from "node:timers/promises";
import { MOST_REPRESENTATIVES, orderFaces } from "../../cluster/representatives.ts";
import type { GroupedFace } from "../../domain/cluster.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import { meanOf } from "../../domain/vectors/mean.ts";
import type { Store } from "../../store/port.ts";

/** Thumbnails that come together are looked at together. */
const PAUSE_MS = 500;
/** Faces of a group that takes long to put in order: it stays as it is while it shows five pictures. */
const LARGE = 1_000;

export interface RepresentativesDeps {
  readonly store: Pick<Store, "cluster" | "facesById" | "saveClusterView">;
  readonly bus: Bus;
  readonly log: Pick<Log, "error">;
  readonly pauseMs?: number;
  readonly large?: number;
}

/** Clusters are represented by faces with pictures: where one is made later, their faces are put in order again. */
export interface Representatives {
  start(): void;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

export function createRepresentatives(deps: RepresentativesDeps): Representatives {
  const { store, bus, log, pauseMs = PAUSE_MS, large = LARGE } = deps;
  const waiting = new Set<number>();
  /** Discovery may have looked before there was the picture. */
  const duringDiscovery = new Set<number>();
  const ends: (() => void)[] = [];
  const stopping = new AbortController();
  let discovers = false;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      await sleep(pauseMs, undefined, { signal: stopping.signal });
      const faceIds = [...waiting];
      waiting.clear();
      const faces = await store.facesById(faceIds);
      let changed = false;
      for (const cluster of new Set(faces.flatMap((face) => face.cluster ?? []))) {
        if (await isWellShown(cluster)) continue;
        changed = (await store.saveClusterView(cluster, inOrder)) || changed;
        stopping.signal.throwIfAborted();
      }
      if (changed) bus.emit("clusters", {});
    }
  }

  /** To an ignored group a face may come every second: all of a large one must not be read each time. */
  async function isWellShown(clusterId: string): Promise<boolean> {
    const cluster = await store.cluster(clusterId);
    if (!cluster || cluster.size < large) return false;
    const { representatives } = cluster;
    return representatives.length >= MOST_REPRESENTATIVES && representatives.every((face) => face.hasThumbnail);
  }

  function wake(): void {
    if (working || waiting.size === 0 || stopping.signal.aborted) return;
    working = work()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ err: error }, "the faces of a group could not be put in order");
      })
      .finally(() => {
        working = null;
        wake();
      });
  }

  return {
    start() {
      ends.push(
        bus.on("thumbnail", ({ faceId }) => {
          waiting.add(faceId);
          if (discovers) duringDiscovery.add(faceId);
          wake();
        }),
        bus.on("discovery", ({ state }) => {
          discovers = state === "running";
          if (discovers) return;
          for (const faceId of duringDiscovery) waiting.add(faceId);
          duringDiscovery.clear();
          wake();
        }),
      );
    },
    async stop() {
      for (const end of ends.splice(0)) end();
      stopping.abort();
      await working;
    },
  };
}

function inOrder(faces: readonly GroupedFace[], model: string) {
  const mean = meanOf(
    faces.map((face) => face.encoding),
    model,
  );
  return { faceIds: orderFaces(faces, mean).map((index) => faces[index]?.faceId ?? 0) };
}
