import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { UnknownFilter } from "../../state/router.ts";
import { isFiltered, toWanted } from "../../state/unknown/wanted.ts";

/** What the page shows around its grid, fetched after it. */
export interface Surroundings {
  readonly cameras: readonly string[];
  /** A few of the groups that are more of known people, and of those seen only once. */
  readonly known: readonly ClusterJson[];
  readonly once: readonly ClusterJson[];
  /** Where nothing fits: how many there are without the day, else without all filters; null: not known. */
  readonly otherwise: number | null;
  /** Asks for what is missing with this filter. */
  follow(filter: UnknownFilter): void;
}

const FEW = 3;

/** @param changed Called when there is something else to draw. */
export function createSurroundings(
  app: Pick<App, "clusters" | "system" | "overview" | "unknown">,
  changed: () => void,
): Surroundings {
  let cameras: readonly string[] = [];
  let known: readonly ClusterJson[] = [];
  let once: readonly ClusterJson[] = [];
  let otherwise: number | null = null;
  let asked = "";
  const wanted = new Set<string>();

  // Nothing here is worth a message: without it the lines have no pictures.
  function fetch(what: string, run: () => Promise<void>): void {
    if (wanted.has(what)) return;
    wanted.add(what);
    run().then(changed, () => wanted.delete(what));
  }

  return {
    get cameras() {
      return cameras;
    },
    get known() {
      return known;
    },
    get once() {
      return once;
    },
    get otherwise() {
      return otherwise;
    },
    follow(filter) {
      const { phase, list } = app.unknown.state.get();
      const overview = app.overview.now.get();
      if (phase !== "ready" || !overview) return;
      fetch("cameras", async () => {
        cameras = (await app.system.cameras()).cameras.map(({ camera }) => camera);
      });
      if (overview.known.clusters > 0) {
        fetch("known", async () => {
          known = (await app.clusters.list({ state: "known", limit: FEW })).clusters;
        });
      }
      if (overview.once > 0) {
        fetch("once", async () => {
          once = (await app.clusters.list({ state: "waiting", max_size: 1, limit: FEW })).clusters;
        });
      }
      const key = JSON.stringify(filter);
      if (list.length > 0 || !isFiltered(filter) || key === asked) return;
      asked = key;
      otherwise = null;
      const wider = filter.day ? { ...filter, day: undefined } : {};
      app.clusters.list({ ...toWanted(wider), limit: 1 }).then(
        ({ total }) => {
          if (key !== asked) return;
          otherwise = total;
          changed();
        },
        () => {},
      );
    },
  };
}
