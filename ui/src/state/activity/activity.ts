import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { Live } from "../../api/live.ts";
import type { VisitFilter, VisitsApi } from "../../api/visits.ts";
import { createObservable, type Observable } from "../observable.ts";
import { onThumbnails, withThumbnails } from "../thumbnails.ts";
import { newestFirst } from "./activity-lines.ts";
import { isPutRight, type Said } from "./said.ts";
import { isWanted } from "./wanted-visit.ts";

/** The loaded visits, newest first. */
export interface ActivityState {
  readonly phase: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly visits: readonly VisitJson[];
  /** Began while the user was reading; shown on request. */
  readonly waiting: readonly VisitJson[];
  /** Visits that a message brought, rather than the list: for announcing them. */
  readonly live: ReadonlySet<string>;
  /** What was said of visits here, by id. */
  readonly said: ReadonlyMap<string, Said>;
  /** Everything is loaded. */
  readonly complete: boolean;
}

/** The activity list, kept up to date until stopped. */
export interface Activity {
  readonly state: Observable<ActivityState>;
  /** Shows only matching visits from now on. */
  filter(wanted: VisitFilter): void;
  load(): Promise<void>;
  /** Loads older visits; rejects on failure. */
  more(): Promise<void>;
  /** Takes visits as they are now, because of what was said of them here; null: it was not taken. */
  put(visits: readonly VisitJson[], said: Said | null): void;
  takeWaiting(): void;
  stop(): void;
}

const PAGE = 100;
/** Larger than the first page: those who scroll back tend to go on. */
const OLDER_PAGE = 500;
const MOST_AT_ONCE = 1_000;
const SETTLE_MS = 300;

/** What the list asks of its page. */
export interface ActivityHooks {
  /** The user is reading, so nothing may move. */
  busy(): boolean;
  /** Another user put a visit right that is listed. */
  changed(visit: VisitJson, before: VisitJson): void;
}

export function createActivity(api: Pick<VisitsApi, "list">, live: Live, { busy, changed }: ActivityHooks): Activity {
  const state = createObservable<ActivityState>({
    phase: "loading",
    error: null,
    visits: [],
    waiting: [],
    live: new Set(),
    said: new Map(),
    complete: false,
  });
  let wanted: VisitFilter = {};
  let cursor: string | null = null;
  let loading = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<ActivityState>): void => state.set({ ...state.get(), ...part });
  const without = (list: readonly VisitJson[], id: string): VisitJson[] => list.filter((one) => one.visit_id !== id);

  /** Says what another user put right, once. */
  function notice(now: readonly VisitJson[]): void {
    const { visits, said } = state.get();
    const shown = new Map(visits.map((visit) => [visit.visit_id, visit]));
    for (const visit of now) {
      const before = shown.get(visit.visit_id);
      if (!before || said.has(visit.visit_id) || !isPutRight(before, visit)) continue;
      changed(visit, before);
      return;
    }
  }

  /** Its row stays where it is while the user reads; a new one waits then. */
  function take(visit: VisitJson): void {
    const { phase, visits, waiting, live: heard, said } = state.get();
    if (phase !== "ready") return;
    const { visit_id: id } = visit;
    notice([visit]);
    if (visit.faces === 0 || !(isWanted(visit, wanted) || said.has(id))) {
      change({ visits: without(visits, id), waiting: without(waiting, id) });
      return;
    }
    if (visits.some((one) => one.visit_id === id)) {
      const next = visits.map((one) => (one.visit_id === id ? visit : one));
      change({ visits: busy() ? next : next.sort(newestFirst) });
      return;
    }
    const known = new Set([...heard, id]);
    if (busy()) change({ waiting: [visit, ...without(waiting, id)], live: known });
    else change({ visits: [...visits, visit].sort(newestFirst), waiting: without(waiting, id), live: known });
  }

  async function load(): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const before = state.get();
    const limit = Math.min(Math.max(before.visits.length, PAGE), MOST_AT_ONCE);
    try {
      const answer = await api.list(wanted, { limit, signal });
      if (signal.aborted) return;
      const { visits: shownVisits, said } = state.get();
      const shown = new Set(shownVisits.map((visit) => visit.visit_id));
      const holds = before.phase === "ready" && busy();
      const loaded = answer.visits.filter((visit) => visit.state !== "ignored" || said.has(visit.visit_id));
      notice(answer.visits);
      cursor = answer.next_cursor;
      // What was said here and no longer matches the filter stays where it is.
      const there = new Set(loaded.map((visit) => visit.visit_id));
      const kept = shownVisits.filter(({ visit_id: id }) => said.has(id) && !there.has(id));
      const list = [...loaded, ...kept].sort(newestFirst);
      change({
        phase: "ready",
        error: null,
        said: new Map([...said].filter(([id]) => !isUndone(loaded, id))),
        visits: list.filter((visit) => !holds || shown.has(visit.visit_id)),
        waiting: list.filter((visit) => holds && !shown.has(visit.visit_id)),
        complete: answer.next_cursor === null,
      });
    } catch (error) {
      if (!signal.aborted) change({ error, phase: before.phase === "ready" ? "ready" : "failed" });
    }
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), SETTLE_MS);
  }

  // The identical list if none of its pictures was made, so that its lines are not made anew.
  function pictured(list: readonly VisitJson[], made: ReadonlyMap<number, string>): readonly VisitJson[] {
    const faces = list.flatMap(({ representative }) => representative ?? []);
    if (withThumbnails(faces, made) === faces) return list;
    return list.map((visit) => {
      const [representative = null] = withThumbnails(visit.representative ? [visit.representative] : [], made);
      return { ...visit, representative };
    });
  }

  const stops = [
    live.on("visit", take),
    // New names also change past entries.
    live.on("people", soon),
    // One who came again is a stranger on the visits before, too.
    live.on("stranger", soon),
    live.on("clusters", soon),
    live.onConnected(soon),
    onThumbnails(live, (made) => {
      const { visits, waiting } = state.get();
      change({ visits: pictured(visits, made), waiting: pictured(waiting, made) });
    }),
  ];

  return {
    state,
    filter(next) {
      wanted = next;
      change({ phase: "loading", visits: [], waiting: [], said: new Map(), complete: false });
      void load();
    },
    load,
    async more() {
      const from = cursor;
      if (from === null) return;
      cursor = null;
      const { signal } = loading;
      try {
        const answer = await api.list(wanted, { limit: OLDER_PAGE, cursor: from, signal });
        if (signal.aborted) return;
        cursor = answer.next_cursor;
        const { visits } = state.get();
        const there = new Set(visits.map((visit) => visit.visit_id));
        const older = answer.visits.filter((visit) => !there.has(visit.visit_id) && visit.state !== "ignored");
        change({ visits: [...visits, ...older], complete: cursor === null });
      } catch (error) {
        if (signal.aborted) return;
        cursor = from;
        throw error;
      }
    },
    put(visits, said) {
      const next = new Map(state.get().said);
      const now = new Map(visits.map((visit) => [visit.visit_id, visit]));
      for (const id of now.keys()) {
        if (said) next.set(id, said);
        else next.delete(id);
      }
      change({ said: next, visits: state.get().visits.map((visit) => now.get(visit.visit_id) ?? visit) });
    },
    takeWaiting() {
      const { visits, waiting } = state.get();
      change({ visits: [...visits, ...waiting].sort(newestFirst), waiting: [] });
    },
    stop() {
      loading.abort();
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}

/** Whether a visit that was put right here is as before again, because it was undone. */
const isUndone = (visits: readonly VisitJson[], id: string): boolean =>
  visits.some((visit) => visit.visit_id === id && visit.state !== "corrected" && visit.state !== "ignored");
