import type { ClusterJson, ClustersAnswer } from "../../../../src/wire/out/schemas.ts";
import type { ClustersApi, WantedGroups } from "../../api/clusters.ts";
import type { Live } from "../../api/live.ts";
import { createObservable, type Observable } from "../observable.ts";
import { onThumbnails, withThumbnails } from "../thumbnails.ts";
import { type Done, type DoneGroups, settledIds, withDone, withoutDone } from "./done.ts";

/** Groups fetched at a time; more only to catch up with a jump. */
const PAGE = 60;
const MOST = 600;
const SETTLE_MS = 250;

/** The groups that fit a filter, as far as they are loaded. */
export interface GroupsState {
  readonly phase: "loading" | "ready" | "failed";
  readonly error: unknown;
  /** The first ones, in their order; those that are done stay in it. */
  readonly list: readonly ClusterJson[];
  /** How many positions the grid has, loaded or not. */
  readonly count: number;
  readonly done: DoneGroups;
  /** Groups that came in the meantime and are not shown. */
  readonly fresh: number;
  /** Whether there was more of known people when the list was loaded: nothing appears above what is on the screen. */
  readonly known: boolean;
}

/** The groups of a filter, paged by need and kept up to date while they are shown. */
export interface Groups {
  readonly state: Observable<GroupsState>;
  /** Shows a filter's groups. Those of the same filter are there at once, without what is done, and brought up to date. */
  show(wanted: WantedGroups): void;
  /** Loads again from the beginning: with what waits as new, without what is done. */
  load(): Promise<void>;
  /** Loads up to the position `end`, which is not included; `first` is the first on the screen. */
  need(first: number, end: number): void;
  /** Brings what is on the screen up to date, where it stands. */
  refresh(): Promise<void>;
  /** Drops what is done. */
  tidy(): void;
  done(ids: readonly string[], what: Done): void;
  undone(ids: readonly string[]): void;
  /** Puts a group's newer state where it is. */
  put(group: ClusterJson): void;
  /** How to know whether the list may move: new groups wait while it is looked at. */
  holds(busy: () => boolean): void;
  /** Stops keeping it up to date. */
  leave(): void;
  start(): () => void;
}

export function createGroups(deps: {
  readonly clusters: Pick<ClustersApi, "list">;
  readonly live: Live;
  readonly took: (answer: ClustersAnswer) => void;
}): Groups {
  const { clusters, live, took } = deps;
  const state = createObservable<GroupsState>(empty("loading"));
  let wanted: WantedGroups | null = null;
  let busy: () => boolean = () => false;
  let shown = false;
  /** Of the running load: an answer to an earlier one is dropped. */
  let generation = 0;
  /** Where each page begins, and how to ask for it. */
  let starts: { at: number; cursor: string | undefined }[] = [];
  let next: string | null = null;
  let reading = { first: 0, end: 0 };
  let paging = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pictures = new Map<number, string>();

  const change = (part: Partial<GroupsState>): void => state.set({ ...state.get(), ...part });
  const pictured = (group: ClusterJson): ClusterJson => {
    const representatives = withThumbnails(group.representatives, pictures);
    return representatives === group.representatives ? group : { ...group, representatives: [...representatives] };
  };
  const ask = async (options: { limit: number; cursor?: string | undefined }): Promise<ClustersAnswer> => {
    const answer = await clusters.list({ ...wanted, ...options });
    took(answer);
    return answer;
  };

  function replace(answer: ClustersAnswer): void {
    starts = [{ at: 0, cursor: undefined }];
    next = answer.next_cursor;
    const list = answer.clusters.map(pictured);
    const { done } = state.get();
    state.set({
      ...empty("ready"),
      list,
      count: next === null ? list.length : Math.max(answer.total, list.length + 1),
      // What the daemon has not answered yet stays as it is shown.
      done: withoutDone(done, settledIds(done)),
      known: answer.overview.known.clusters > 0,
    });
  }

  /** @param other Of another filter: what is shown is not an answer to it. */
  async function load(other = false): Promise<void> {
    const mine = ++generation;
    if (state.get().phase !== "ready") change({ phase: "loading", error: null });
    try {
      const answer = await ask({ limit: PAGE });
      if (mine !== generation) return;
      replace(answer);
    } catch (error) {
      if (mine !== generation) return;
      // What is there stays; the navigation says that there is no connection.
      if (state.get().phase === "ready" && !other) change({ error });
      else state.set({ ...empty("failed"), error });
      return;
    }
    void more();
  }

  async function more(): Promise<void> {
    if (paging) return;
    paging = true;
    const mine = generation;
    try {
      while (next !== null && mine === generation && state.get().list.length < reading.end) {
        const before = state.get().list;
        const missing = Math.ceil((reading.end - before.length) / PAGE) * PAGE;
        const cursor = next;
        const answer = await ask({ limit: Math.min(missing, MOST), cursor });
        if (mine !== generation) break;
        starts.push({ at: before.length, cursor });
        next = answer.next_cursor;
        const there = new Set(before.map(({ id }) => id));
        const list = [...state.get().list, ...answer.clusters.filter(({ id }) => !there.has(id)).map(pictured)];
        change({ list, count: next === null ? list.length : Math.max(state.get().count, list.length + 1) });
      }
    } catch (error) {
      change({ error });
    } finally {
      paging = false;
    }
    if (mine !== generation) void more();
  }

  /** Asks for what is on the screen: updated where it stands; what is new waits unless nothing is looked at. */
  async function refresh(): Promise<void> {
    if (!wanted || !shown) return;
    if (state.get().phase !== "ready") return load();
    const mine = generation;
    const start = [...starts].reverse().find(({ at }) => at <= reading.first) ?? { at: 0, cursor: undefined };
    const before = settledIds(state.get().done);
    let answer: ClustersAnswer;
    try {
      answer = await ask({ limit: PAGE, cursor: start.cursor });
    } catch (error) {
      change({ error });
      return;
    }
    if (mine !== generation) return;
    const newer = new Map(answer.clusters.map((group) => [group.id, group]));
    const back = before.filter((id) => newer.has(id));
    const now = state.get();
    const done = withoutDone(now.done, back);
    const ids = new Set(now.list.map(({ id }) => id));
    const unseen = answer.clusters.filter(({ id }) => !ids.has(id)).length;
    const fresh = Math.max(answer.total - (now.count - settledIds(done).length), unseen, 0);
    const free = !busy() && done.size === 0;
    if (free && start.at === 0 && moved(now.list, answer.clusters)) return replace(answer);
    const whole = start.at === 0 && answer.next_cursor === null;
    const gone = whole ? now.list.map(({ id }) => id).filter((id) => !newer.has(id) && !done.has(id)) : [];
    change({
      error: null,
      list: now.list.map((group) => pictured(newer.get(group.id) ?? group)),
      done: gone.length > 0 ? withDone(done, gone, { kind: "gone", settled: true }) : done,
      fresh,
    });
  }

  function tidy(): void {
    const { list, done, count } = state.get();
    const settled = new Set(settledIds(done));
    if (settled.size === 0) return;
    const left = list.filter(({ id }) => !settled.has(id));
    const gone = list.length - left.length;
    starts = starts.filter(({ at }) => at === 0);
    change({ list: left, count: count - gone, done: withoutDone(done, [...settled]) });
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), SETTLE_MS);
  }

  return {
    state,
    load: () => load(),
    refresh,
    show(asked) {
      shown = true;
      const same = JSON.stringify(asked) === JSON.stringify(wanted);
      wanted = asked;
      reading = { first: 0, end: 0 };
      if (same && state.get().phase === "ready") {
        tidy();
        void refresh();
        return;
      }
      void load(true);
    },
    need(first, end) {
      reading = { first, end };
      void more();
    },
    tidy,
    done(ids, what) {
      change({ done: withDone(state.get().done, ids, what) });
    },
    undone(ids) {
      change({ done: withoutDone(state.get().done, ids) });
    },
    put(group) {
      change({ list: state.get().list.map((one) => (one.id === group.id ? pictured(group) : one)) });
    },
    holds(ask) {
      busy = ask;
    },
    leave() {
      shown = false;
      busy = () => false;
    },
    start() {
      const stops = [
        live.on("clusters", soon),
        live.onConnected(soon),
        onThumbnails(live, (made) => {
          for (const [face, thumbnail] of made) pictures.set(face, thumbnail);
          const { list } = state.get();
          const newer = list.map(pictured);
          if (newer.some((group, at) => group !== list[at])) change({ list: newer });
        }),
      ];
      return () => {
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
    },
  };
}

function empty(phase: GroupsState["phase"]): GroupsState {
  return { phase, error: null, list: [], count: 0, done: new Map(), fresh: 0, known: false };
}

/** Whether the answer's groups, their order or what is drawn of them differ from the first of the list. */
function moved(list: readonly ClusterJson[], answer: readonly ClusterJson[]): boolean {
  return (
    list.length < answer.length ||
    answer.some((group, at) => list[at]?.id !== group.id) ||
    (answer.length < PAGE && list.length !== answer.length)
  );
}
