import type { VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { Live } from "../../api/live.ts";
import type { VisitsApi } from "../../api/visits.ts";
import { createObservable, type Observable } from "../observable.ts";
import { onThumbnails, withThumbnails } from "../thumbnails.ts";

/** The photos of visits and whom they are like, fetched for what is on the screen. */
export interface VisitDetails {
  /** By visit; what has changed since is shown until it is fetched anew. */
  readonly state: Observable<ReadonlyMap<string, VisitDetailAnswer>>;
  /** Fetches the details of a visit that is drawn, unless they are there as of now. */
  wanted(visit: VisitJson): void;
  /** Those of one visit, as soon as they are there; rejects with `RequestFailed`. */
  get(visit: string): Promise<VisitDetailAnswer>;
  stop(): void;
}

const AT_ONCE = 3;
/** Rows that were scrolled past are not waited for. */
const MOST_WAITING = 40;
const TOGETHER_MS = 50;

export function createVisitDetails(api: Pick<VisitsApi, "show">, live: Live): VisitDetails {
  const state = createObservable<ReadonlyMap<string, VisitDetailAnswer>>(new Map());
  const asked = new Map<string, string>();
  const ready = new Map<string, VisitDetailAnswer>();
  let queue: VisitJson[] = [];
  let running = 0;
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const versionOf = ({ faces, to, state: kind, person_id }: VisitJson): string =>
    [round, faces, to, kind, person_id].join(" ");

  function put(detail: VisitDetailAnswer): void {
    ready.set(detail.visit_id, detail);
    timer ??= setTimeout(() => {
      timer = undefined;
      state.set(new Map([...state.get(), ...ready]));
      ready.clear();
    }, TOGETHER_MS);
  }

  async function fetchNext(): Promise<void> {
    const visit = running < AT_ONCE ? queue.shift() : undefined;
    if (!visit) return;
    running++;
    try {
      put(await api.show(visit.visit_id));
    } catch {
      // The row does without; opening it says why.
    } finally {
      running--;
      void fetchNext();
    }
  }

  // Other people, or another connection: distances may be others.
  function anew(): void {
    round++;
    state.set(new Map(state.get()));
  }

  const stops = [
    live.on("people", anew),
    live.onConnected(anew),
    onThumbnails(live, (made) => {
      const next = new Map(state.get());
      for (const [id, detail] of next) {
        const seen = withThumbnails(detail.seen, made);
        if (seen !== detail.seen) next.set(id, { ...detail, seen: [...seen] });
      }
      state.set(next);
    }),
  ];

  return {
    state,
    wanted(visit) {
      const version = versionOf(visit);
      if (asked.get(visit.visit_id) === version) return;
      asked.set(visit.visit_id, version);
      queue = [visit, ...queue.filter((one) => one.visit_id !== visit.visit_id)];
      for (const late of queue.splice(MOST_WAITING)) asked.delete(late.visit_id);
      // What else is drawn now comes first.
      queueMicrotask(() => void fetchNext());
    },
    async get(id) {
      const there = state.get().get(id);
      if (there) return there;
      const detail = await api.show(id);
      put(detail);
      return detail;
    },
    stop() {
      queue = [];
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
