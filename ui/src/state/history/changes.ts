import type { ChangesAnswer } from "../../../../src/wire/out/schemas.ts";
import type { Live } from "../../api/live.ts";
import type { SystemApi } from "../../api/system.ts";
import { createObservable, type Observable } from "../observable.ts";

export type ChangeEntry = ChangesAnswer["changes"][number];

export interface ChangesState {
  readonly phase: "loading" | "ready" | "failed";
  /** Newest first. */
  readonly list: readonly ChangeEntry[];
  readonly complete: boolean;
  readonly error: unknown;
  /** Being undone or redone. */
  readonly busy: ReadonlySet<number>;
  /** Why one was not, by id. */
  readonly failures: ReadonlyMap<number, unknown>;
}

/** The history of changes: as much as is looked at, and what others change meanwhile. */
export interface Changes {
  readonly state: Observable<ChangesState>;
  load(): Promise<void>;
  /** Loads older ones. */
  more(): Promise<void>;
  /** Undoes it, or redoes one that is undone; the reason why not is kept in `failures`. True: done. */
  swap(change: ChangeEntry): Promise<boolean>;
  stop(): void;
}

const PAGE = 60;
/** The daemon gives no more at once. */
const MOST = 1_000;
const TOGETHER_MS = 200;

export function createChanges(
  system: Pick<SystemApi, "changes" | "undo" | "redo">,
  live: Pick<Live, "on" | "onConnected">,
): Changes {
  const state = createObservable<ChangesState>({
    phase: "loading",
    list: [],
    complete: false,
    error: null,
    busy: new Set(),
    failures: new Map(),
  });
  const set = (part: Partial<ChangesState>) => state.set({ ...state.get(), ...part });
  let cursor: string | null = null;
  let asked = 0;
  let loadingMore: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const at = ++asked;
    try {
      const limit = Math.min(MOST, Math.max(PAGE, state.get().list.length));
      const { changes, next_cursor } = await system.changes({ limit });
      if (at !== asked) return;
      cursor = next_cursor;
      set({ phase: "ready", list: changes, complete: next_cursor === null, error: null });
    } catch (error) {
      if (at === asked && state.get().phase !== "ready") set({ phase: "failed", error });
    }
  }

  async function loadMore(): Promise<void> {
    if (cursor === null) return;
    const at = asked;
    const { changes, next_cursor } = await system.changes({ limit: PAGE, cursor });
    if (at !== asked) return;
    cursor = next_cursor;
    set({ list: [...state.get().list, ...changes], complete: next_cursor === null });
  }

  // One change may stand in the way of others: all that is shown is asked for again.
  function again(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void load();
    }, TOGETHER_MS);
  }

  const stops = [live.on("change", again), live.onConnected(again)];

  return {
    state,
    load,
    more() {
      loadingMore ??= loadMore().finally(() => {
        loadingMore = null;
      });
      return loadingMore;
    },
    async swap({ id, undone_at }) {
      const { busy, failures } = state.get();
      if (busy.has(id)) return false;
      const without = new Map(failures);
      without.delete(id);
      set({ busy: new Set([...busy, id]), failures: without });
      let done = true;
      try {
        await (undone_at === null ? system.undo(id) : system.redo(id));
        await load();
      } catch (error) {
        done = false;
        set({ failures: new Map([...state.get().failures, [id, error]]) });
      }
      set({ busy: new Set([...state.get().busy].filter((one) => one !== id)) });
      return done;
    },
    stop() {
      for (const stop of stops) stop();
      clearTimeout(timer);
    },
  };
}
