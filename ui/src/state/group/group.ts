import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate, ClustersApi } from "../../api/clusters.ts";
import { RequestFailed } from "../../api/problem.ts";
import { createObservable, type Observable } from "../observable.ts";
import { type GroupFace, keepPlaces } from "./photos.ts";

/** How the photos are sorted. */
export type GroupOrder = "least_alike" | "newest";

/** A group and those of its faces that are loaded. */
export interface GroupState {
  /** null: not loaded yet, or gone. */
  readonly cluster: ClusterJson | null;
  readonly faces: readonly GroupFace[];
  /** Shown, but no longer in the group. */
  readonly left: ReadonlySet<number>;
  /** All known people, nearest first; null: not loaded yet. */
  readonly candidates: readonly ClusterCandidate[] | null;
  /** Why it could not be loaded. */
  readonly error: unknown;
}

/** One group, loaded page by page. */
export interface Group {
  readonly state: Observable<GroupState>;
  /** Loads it anew, in this order. */
  load(order: GroupOrder): Promise<void>;
  /** Loads the next page, if there is one. */
  more(): Promise<void>;
  /** What has changed meanwhile, with all photos where they are; nothing, where that cannot be asked now. */
  refresh(): Promise<void>;
  /** Applies `change` to the shown faces. */
  update(change: (faces: readonly GroupFace[]) => readonly GroupFace[]): void;
  /** Ends what is under way. */
  stop(): void;
}

const PAGE = 300;
/** As many as one request gives. */
const MOST = 1_000;
const NOTHING: GroupState = { cluster: null, faces: [], left: new Set(), candidates: null, error: null };

export function createGroup(api: Pick<ClustersApi, "one" | "candidates">, id: string): Group {
  const state = createObservable<GroupState>(NOTHING);
  let order: GroupOrder = "least_alike";
  let cursor: string | null = null;
  let loading = new AbortController();

  const change = (part: Partial<GroupState>): void => state.set({ ...state.get(), ...part });

  /** The first page; null: another one was asked for meanwhile, or it failed. Without `shows` only a group that is gone is said. */
  async function first(limit: number, shows: boolean) {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const { faces, next_cursor, ...cluster } = await api.one(id, { limit, sort: order, signal });
      if (signal.aborted) return null;
      cursor = next_cursor;
      return { faces, cluster };
    } catch (error) {
      const isGone = error instanceof RequestFailed && error.status === 404;
      if (!signal.aborted && (shows || isGone)) change({ error });
      return null;
    }
  }

  async function loadCandidates(): Promise<void> {
    try {
      change({ candidates: await api.candidates(id) });
    } catch {
      // Without them people are suggested by when they were last seen.
      change({ candidates: [] });
    }
  }

  return {
    state,
    async load(wanted) {
      order = wanted;
      const loaded = await first(PAGE, true);
      if (!loaded) return;
      change({ ...loaded, left: new Set(), error: null });
      await loadCandidates();
    },
    async more() {
      if (cursor === null) return;
      const { signal } = loading;
      const from = cursor;
      cursor = null;
      try {
        const { faces, next_cursor } = await api.one(id, { limit: PAGE, cursor: from, sort: order, signal });
        if (signal.aborted) return;
        change({ faces: keepPlaces(state.get().faces, faces) });
        cursor = next_cursor;
      } catch (error) {
        if (signal.aborted) return;
        cursor = from;
        throw error;
      }
    },
    async refresh() {
      const { faces: shown } = state.get();
      const loaded = await first(Math.min(MOST, Math.max(PAGE, shown.length)), false);
      if (!loaded) return;
      const there = new Set(loaded.faces.map((face) => face.face_id));
      const left = cursor === null ? shown.filter(({ face_id }) => !there.has(face_id)) : [];
      change({
        cluster: loaded.cluster,
        faces: keepPlaces(shown, loaded.faces),
        left: new Set(left.map((face) => face.face_id)),
        error: null,
      });
      void loadCandidates();
    },
    update: (update) => change({ faces: update(state.get().faces) }),
    stop: () => loading.abort(),
  };
}
