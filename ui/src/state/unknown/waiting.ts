import type { ClusterJson, DiscoveryJson } from "../../../../src/wire/out/schemas.ts";
import { allPages } from "../../api/all-pages.ts";
import type { ClustersApi } from "../../api/clusters.ts";
import type { Live } from "../../api/live.ts";
import type { PeopleApi } from "../../api/people.ts";
import { RequestFailed } from "../../api/problem.ts";
import { createObservable, type Observable } from "../observable.ts";
import { onThumbnails, withThumbnails } from "../thumbnails.ts";
import { countNew, keepNamed, keepOrder, type Mark, type Marks, withMark, wouldMove } from "./marks.ts";

/** Groups waiting for a name. */
export interface WaitingState {
  readonly phase: "idle" | "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly list: readonly ClusterJson[];
  readonly marks: Marks;
  /** Groups whose suggestion was declined; the daemon has not answered yet. */
  readonly declined: ReadonlySet<string>;
  /** A newer list, held back while the user touches the old one. */
  readonly pending: readonly ClusterJson[] | null;
  readonly fresh: number;
}

/** The result of naming a group. */
export interface NamedGroup {
  readonly person: string;
  readonly assigned: number;
}

export type Doing = "typing" | "reading" | "nothing";

/** The waiting groups, kept up to date while the panel is open, and their actions. */
export interface Waiting {
  readonly state: Observable<WaitingState>;
  /** Loads them unless they are there already. */
  wanted(): void;
  load(): Promise<void>;
  /**
   * Sets how to ask the page what the user is doing. New groups wait behind "3 new" while the user reads or types; while
   * typing nothing moves at all, or the cursor would be lost.
   */
  holds(doing: () => Doing): void;
  /** Shows the held-back list. */
  takePending(): void;
  /** Optimistic: shown as named at once; if the daemon refuses, it reverts and the mark says why. */
  assign(cluster: ClusterJson, name: string, exclude?: readonly number[]): Promise<NamedGroup>;
  claim(id: string): Promise<number>;
  /** Optimistic: removed at once; rejects and reverts if the daemon refuses. */
  ignore(cluster: ClusterJson): Promise<void>;
  /** The group is not whom it looks like: said to the daemon, which remembers it; rejects and reverts if it refuses. */
  decline(cluster: ClusterJson): Promise<void>;
  /** Removes named groups once the page is left. */
  sweep(): void;
  unmark(id: string): void;
  start(): () => void;
}

const FIRST_PAGE = 100;
const PAGE = 1_000;
const SETTLE_MS = 250;
const BUSY_MS = 1_000;
const REMEMBERED_PICTURES = 5_000;

export function createWaiting(deps: {
  readonly clusters: ClustersApi;
  readonly registry: PeopleApi;
  readonly live: Live;
  readonly discovery: Observable<DiscoveryJson | null>;
}): Waiting {
  const { clusters, registry, live } = deps;
  const state = createObservable<WaitingState>({
    phase: "idle",
    error: null,
    list: [],
    marks: new Map(),
    declined: new Set(),
    pending: null,
    fresh: 0,
  });
  let doing: () => Doing = () => "nothing";
  const recent = new Map<number, string>();
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<WaitingState>): void => state.set({ ...state.get(), ...part });
  const mark = (id: string, value: Mark | null): void => change({ marks: withMark(state.get().marks, id, value) });

  // Includes thumbnails made while the list was loading.
  const pictured = (list: readonly ClusterJson[]): ClusterJson[] =>
    list.map((cluster) => {
      const representatives = withThumbnails(cluster.representatives, recent);
      return representatives === cluster.representatives
        ? cluster
        : { ...cluster, representatives: [...representatives] };
    });

  function show(loaded: readonly ClusterJson[], namedBefore: ReadonlySet<string>): void {
    let { marks } = state.get();
    // A named group that is waiting again was undone.
    for (const cluster of loaded) if (namedBefore.has(cluster.id)) marks = withMark(marks, cluster.id, null);
    change({
      phase: "ready",
      error: null,
      marks,
      list: keepNamed(state.get().list, pictured(loaded), marks),
      pending: null,
      fresh: 0,
    });
  }

  async function load(polite = false): Promise<void> {
    const mine = ++running;
    const first = state.get().phase !== "ready";
    if (first) change({ phase: "loading", error: null });
    const namedBefore = new Set([...state.get().marks].filter(([, { kind }]) => kind === "named").map(([id]) => id));
    const list: ClusterJson[] = [];
    try {
      await allPages(
        (cursor, page) => clusters.list({ limit: page === 0 ? FIRST_PAGE : PAGE, cursor }),
        (page) => {
          list.push(...page.clusters);
          if (mine !== running) return;
          deps.discovery.set(page.discovery);
          if (first) show(list, namedBefore);
        },
      );
    } catch (error) {
      if (mine === running) change(first ? { phase: "failed", error } : { error });
      return;
    }
    if (mine !== running) return;
    const { list: shown, marks } = state.get();
    const fresh = countNew(shown, list);
    const next = pictured(list);
    const now = polite && shown.length > 0 ? doing() : "nothing";
    const typing = now === "typing" && wouldMove(shown, keepNamed(shown, next, marks));
    if (typing || (now !== "nothing" && fresh > 0)) {
      change({ pending: list, fresh, list: typing ? keepOrder(shown, next) : shown });
      settle();
    } else show(list, namedBefore);
  }

  // Without new groups there is no pill to press: reorder as soon as typing ends.
  function settle(): void {
    clearTimeout(settling);
    const { pending, fresh } = state.get();
    if (!pending || fresh > 0) return;
    if (doing() === "typing") settling = setTimeout(settle, BUSY_MS);
    else show(pending, new Set());
  }

  function soon(): void {
    if (state.get().phase === "idle") return;
    clearTimeout(timer);
    timer = setTimeout(() => void load(true), SETTLE_MS);
  }

  async function findClaimable(id: string): Promise<void> {
    const named = state.get().marks.get(id);
    if (named?.kind !== "named") return;
    const { claimed: count, faces } = await registry.claim(named.personId, true);
    const still = state.get().marks.get(id);
    if (still?.kind !== "named" || count === 0) return;
    mark(id, {
      ...still,
      claimable: {
        count,
        farthest: faces.at(-1)?.distance ?? null,
        since: faces.map((face) => face.timestamp).sort()[0] ?? null,
        faces: faces.slice(0, 5),
      },
    });
  }

  return {
    state,
    load: () => load(),
    wanted() {
      if (state.get().phase === "idle" || state.get().phase === "failed") void load();
    },
    holds(ask) {
      doing = ask;
    },
    takePending() {
      const { pending } = state.get();
      if (pending) show(pending, new Set());
    },
    async assign(cluster, name, exclude = []) {
      const faces = cluster.size - exclude.length;
      mark(cluster.id, { kind: "naming", name, faces });
      try {
        const answer = await clusters.assign({ id: cluster.id, version: cluster.version, name, exclude });
        mark(cluster.id, {
          kind: "named",
          name: answer.person,
          personId: answer.person_id,
          faces: answer.assigned,
          claimable: null,
          claiming: false,
        });
        // Optional offer: failing to make it does no harm.
        if (answer.claimable > 0) findClaimable(cluster.id).catch(() => {});
        return { person: answer.person, assigned: answer.assigned };
      } catch (error) {
        const code = error instanceof RequestFailed ? error.code : "";
        mark(cluster.id, { kind: "refused", code, error, sizeThen: cluster.size });
        throw error;
      }
    },
    async claim(id) {
      const named = state.get().marks.get(id);
      if (named?.kind !== "named") return 0;
      mark(id, { ...named, claiming: true });
      try {
        const { claimed } = await registry.claim(named.personId, false);
        mark(id, { ...named, claimable: null, claiming: false });
        return claimed;
      } catch (error) {
        mark(id, named);
        throw error;
      }
    },
    async ignore(cluster) {
      const before = state.get().list;
      change({ list: before.filter((one) => one.id !== cluster.id) });
      try {
        await clusters.ignore(cluster.id, cluster.version);
      } catch (error) {
        if (!state.get().list.some((one) => one.id === cluster.id)) {
          const list = [...state.get().list];
          list.splice(Math.min(before.indexOf(cluster), list.length), 0, cluster);
          change({ list });
        }
        throw error;
      }
    },
    async decline({ id, suggestion }) {
      if (!suggestion || state.get().declined.has(id)) return;
      change({ declined: new Set(state.get().declined).add(id) });
      try {
        await clusters.reject(id, suggestion.person_id);
        change({ list: state.get().list.map((one) => (one.id === id ? { ...one, suggestion: null } : one)) });
      } finally {
        change({ declined: new Set([...state.get().declined].filter((one) => one !== id)) });
      }
    },
    sweep() {
      const { list, marks } = state.get();
      change({
        list: list.filter((cluster) => marks.get(cluster.id)?.kind !== "named"),
        marks: new Map([...marks].filter(([, mark]) => mark.kind !== "named")),
      });
    },
    unmark(id) {
      const { kind } = state.get().marks.get(id) ?? {};
      mark(id, null);
      if (kind === "named") change({ list: state.get().list.filter((cluster) => cluster.id !== id) });
    },
    start() {
      const stops = [
        live.on("clusters", soon),
        live.onConnected(soon),
        onThumbnails(live, (made) => {
          for (const [face, thumbnail] of made) recent.set(face, thumbnail);
          for (const face of recent.keys()) {
            if (recent.size <= REMEMBERED_PICTURES) break;
            recent.delete(face);
          }
          const { list } = state.get();
          const next = pictured(list);
          if (next.some((cluster, at) => cluster !== list[at])) change({ list: next });
        }),
      ];
      return () => {
        clearTimeout(timer);
        clearTimeout(settling);
        for (const stop of stops) stop();
      };
    },
  };
}
