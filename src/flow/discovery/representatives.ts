import { setTimeout as sleep } from "node:timers/promises";
import { orderFaces } from "../../cluster/representatives.ts";
import type { GroupedFace } from "../../domain/cluster.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import { meanOf } from "../../domain/vectors/mean.ts";
import type { Store } from "../../store/port.ts";

/** Thumbnails that come together are looked at together. */
const PAUSE_MS = 500;

export interface RepresentativesDeps {
  readonly store: Pick<Store, "facesById" | "saveClusterView">;
  readonly bus: Bus;
  readonly log: Pick<Log, "error">;
  readonly pauseMs?: number;
}

/** Clusters are represented by faces with pictures: where one is made later, their faces are put in order again. */
export interface Representatives {
  start(): void;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

export function createRepresentatives({ store, bus, log, pauseMs = PAUSE_MS }: RepresentativesDeps): Representatives {
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
        changed = (await store.saveClusterView(cluster, inOrder)) || changed;
        stopping.signal.throwIfAborted();
      }
      if (changed) bus.emit("clusters", {});
    }
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
