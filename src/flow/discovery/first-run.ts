import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { Store } from "../../store/port.ts";
import type { Discover } from "./discover.ts";

export interface FirstRunDeps {
  readonly store: Pick<Store, "counts" | "lastDiscovery">;
  readonly discover: Pick<Discover, "start">;
  /** Unassigned faces that it waits for; 0: never. */
  readonly faces: number;
  readonly bus: Bus;
  readonly log: Pick<Log, "info" | "error">;
}

/**
 * The first discovery, which runs by itself when enough faces wait and no one is named yet. Never again once any has
 * succeeded; one that fails or is cancelled is tried again after a restart only.
 */
export interface FirstRun {
  start(): void;
  stop(): void;
}

export function createFirstRun({ store, discover, faces, bus, log }: FirstRunDeps): FirstRun {
  let end: (() => void) | null = null;
  let looking = false;
  let again = false;

  function stop(): void {
    end?.();
    end = null;
  }

  async function look(): Promise<void> {
    if ((await store.lastDiscovery()) !== null) return stop();
    const { people, unassigned } = await store.counts();
    if (people > 0) return stop();
    if (unassigned < faces || !end) return;
    stop();
    log.info({ faces: unassigned }, "the first faces are there: discovery runs by itself, this once");
    discover.start();
  }

  function wake(): void {
    again = true;
    if (looking) return;
    looking = true;
    void (async () => {
      while (again && end) {
        again = false;
        await look();
      }
    })()
      .catch((error: unknown) => log.error({ err: error }, "whether to discover for the first time is not known"))
      .finally(() => {
        looking = false;
      });
  }

  return {
    start() {
      if (faces === 0) return;
      const ends = [
        bus.on("face", wake),
        // One that a user started and cancelled is not wanted.
        bus.on("discovery", ({ state }) => {
          if (state === "cancelled") stop();
        }),
      ];
      end = () => {
        for (const one of ends) one();
      };
      wake();
    },
    stop,
  };
}
