import type { ClustersApi, Overview } from "../../api/clusters.ts";
import type { Live } from "../../api/live.ts";
import { createObservable, type Observable } from "../observable.ts";

/** How many groups there are, for the badge in the navigation: without loading them. */
export interface OverviewState {
  /** null: not known yet. */
  readonly now: Observable<Overview | null>;
  start(): () => void;
}

const SETTLE_MS = 400;

export function createOverview({
  clusters,
  live,
}: {
  readonly clusters: ClustersApi;
  readonly live: Live;
}): OverviewState {
  const now = createObservable<Overview | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    try {
      now.set((await clusters.list({ state: "waiting", limit: 1 })).overview);
    } catch {
      // The badge keeps what it had; the page that is open says what is wrong.
    }
  }
  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), SETTLE_MS);
  }

  return {
    now,
    start() {
      const stops = [live.on("clusters", soon), live.onConnected(() => void ask())];
      return () => {
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
    },
  };
}

/** The groups that wait for a name and were seen more than once. */
export const waitingOf = (overview: Overview | null): number => (overview ? overview.many + overview.few : 0);
